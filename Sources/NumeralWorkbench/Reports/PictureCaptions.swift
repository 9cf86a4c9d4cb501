import Numeral
import NumeralPlots

/// The pictures of a part as entries of a page's lists: what each is, what was read in it, and how confidently.
struct PictureCaptions {
  let reading: PartReading
  let classNames: [String]

  /// What stands below a picture.
  enum Style {
    /// Confidence and runner-up alone: the heading above says what is taken for what.
    case cell
    /// What it is and what was read.
    case answer
    /// All of it.
    case full
  }

  var choice: PictureChoice { PictureChoice(reading) }

  func list(_ places: some Sequence<Int>, _ style: Style) -> HTML {
    let choice = choice
    return PictureList(places.map { entry($0, choice, style) }).html
  }

  private func entry(_ place: Int, _ choice: PictureChoice, _ style: Style) -> PictureList.Entry {
    let truth = classNames[Int(reading.part.images.labels[place])]
    let read = classNames[reading.predictions.classes[place]]
    let confidence = Quantity.percent(Double(choice.confidence(place)))
    let second = choice.runnerUp(place)
    let runnerUp = "then \(classNames[second.label]), \(Quantity.percent(Double(second.probability)))"
    let isRight = choice.isRight(place)
    let answer = isRight ? "\(read), \(confidence)" : "\(truth) read as \(read)"
    let number = "#\(place)"
    let lines =
      switch style {
      case .cell: [confidence, runnerUp, number]
      case .answer: isRight ? [answer, number] : [answer, confidence, number]
      case .full: isRight ? [answer, runnerUp, number] : [answer, confidence, runnerUp, number]
      }
    return PictureList.Entry(
      GrayImage(of: reading.part.images, at: place),
      words: isRight ? "\(truth), read right, \(confidence)" : "\(truth), taken for \(read), \(confidence)",
      lines: lines,
      isRight: style == .cell ? nil : isRight)
  }
}
