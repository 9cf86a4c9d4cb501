import Numeral
import NumeralWorkbench

/// One image with what a model read in it.
struct Reading {
  let source: String
  let index: Int
  let images: LabeledImages
  let place: Int
  let predictions: Predictions
  let classNames: [String]

  private var label: Int { predictions.classes[place] }
  private var confidence: Double { Double(predictions.confidence(at: place)) }
  private var expected: Int? { images.isLabeled ? Int(images.labels[place]) : nil }

  /// The reading as the formats for programs print it.
  var record: PredictionRecord {
    PredictionRecord(input: source, index: index, predictions: predictions, place: place, expected: expected)
  }

  /// One line, for many images.
  func line(_ style: TerminalStyle) -> String {
    "\(source)[\(index)]  \(verdict(style))"
  }

  /// The image beside its probabilities.
  func drawing(_ style: TerminalStyle) -> [String] {
    let digit = TerminalImage(images, at: place)
    let image = digit.lines(style)
    let imageWidth = digit.cellWidth
    let bars = BarChart(
      zip(classNames, predictions.probabilities(at: place)).map { BarChart.Bar($0, Double($1)) })
    var narrow = style
    narrow.width = max(20, style.width - imageWidth - 2)
    let texts = ["\(source)[\(index)]", verdict(style), ""] + bars.lines(narrow)
    // Too narrow for two columns: one below the other.
    if style.width < imageWidth + 22 { return image + texts }
    let blank = String(repeating: " ", count: imageWidth)
    let offset = max(0, (image.count - texts.count) / 2)
    return (0..<max(image.count, texts.count)).map { row in
      let left = row < image.count ? image[row] : blank
      let text = row >= offset && row - offset < texts.count ? texts[row - offset] : ""
      return text.isEmpty ? left : left + "  " + text
    }
  }

  private func verdict(_ style: TerminalStyle) -> String {
    let reading = style.paint("reads \(classNames[label])", .bold) + ", \(Quantity.percent(confidence))"
    guard let expected else { return reading }
    return expected == label
      ? reading + ", right"
      : reading + ", " + style.paint("wrong: it is \(classNames[expected])", TextStyle(foreground: .vermilion))
  }
}
