import Numeral
import NumeralPlots
import NumeralModels

/// The images of a part as entries of lists on a page, with label, prediction and confidence.
struct ImageCaptions {
  let reading: PartReading
  let classNames: [String]

  /// The lines below an image.
  enum Style {
    /// Only confidence and runner-up: the heading above names label and prediction.
    case cell
    /// Label and prediction.
    case answer
    /// Everything.
    case full
  }

  var choice: ImageChoice { ImageChoice(reading) }

  func list(_ places: some Sequence<Int>, _ style: Style) -> HTML {
    let choice = choice
    return ImageList(places.map { entry($0, choice, style) }).html
  }

  private func entry(_ place: Int, _ choice: ImageChoice, _ style: Style) -> ImageList.Entry {
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
    return ImageList.Entry(
      GrayImage(of: reading.part.images, at: place),
      words: isRight ? "\(truth), read right, \(confidence)" : "\(truth), taken for \(read), \(confidence)",
      lines: lines,
      isRight: style == .cell ? nil : isRight)
  }
}
