import Numeral
import NumeralReading
import NumeralWorkbench

/// An image in the terminal: what the network saw of each digit, beside what was read.
struct ImageView {
  let name: String
  let reading: ImageReading
  let frame: DigitFrame
  let classNames: [String]
  let style: TerminalStyle

  /// One line: the digits read, the least of their confidences, and what was refused.
  func line() -> String {
    if let refusal = reading.refusal { return "\(name)  \(notSure): \(refusal)" }
    let read = reading.digits.filter { $0.refusal == nil }
    let text = reading.digits.map { $0.refusal == nil ? classNames[$0.label] : "?" }.joined()
    guard let least = read.map(\.confidence).min() else {
      return "\(name)  \(notSure): \(reading.digits.first?.refusal?.description ?? "")"
    }
    if reading.digits.count > 1 {
      return "\(name)  reads \(text), lowest confidence \(Quantity.percent(Double(least)))"
    }
    return "\(name)  reads \(text), \(Quantity.percent(Double(least)))" + second(read[0])
  }

  /// Every digit drawn.
  func drawing() -> [String] {
    if reading.refusal != nil || reading.digits.isEmpty { return [line()] }
    var lines: [String] = []
    if reading.digits.count > 1 { lines += [style.paint(line(), .bold), ""] }
    for (place, digit) in reading.digits.enumerated() {
      if place > 0 { lines.append("") }
      lines += beside(digit, texts(digit, place))
    }
    return lines
  }

  private var notSure: String { style.paint("not sure", TextStyle(foreground: .vermilion)) }

  private func second(_ digit: DigitReading) -> String {
    guard let other = digit.runnerUp else { return "" }
    return ", then \(classNames[other]), \(Quantity.percent(Double(digit.probabilities[other])))"
  }

  private func texts(_ digit: DigitReading, _ place: Int) -> [String] {
    let box = digit.digit.box
    let title = reading.digits.count > 1 ? "digit \(place + 1) of \(reading.digits.count)" : name
    let best = "\(classNames[digit.label]), \(Quantity.percent(Double(digit.confidence)))" + second(digit)
    let where_ =
      "at \(box.x),\(box.y), \(box.width)×\(box.height) pixels of \(reading.image.width)×\(reading.image.height)"
    guard let refusal = digit.refusal else { return [title, style.paint("reads " + best, .bold), where_] }
    return [title, notSure + ": \(refusal)", "nearest is " + best, where_]
  }

  private func beside(_ digit: DigitReading, _ texts: [String]) -> [String] {
    let drawn = TerminalImage(
      pixels: digit.digit.pixels, height: frame.side, width: frame.side, maximum: frame.pixelMaximum)
    let image = drawn.lines(style)
    if style.width < drawn.cellWidth + 30 { return image + texts }
    let blank = String(repeating: " ", count: drawn.cellWidth)
    let offset = max(0, (image.count - texts.count) / 2)
    return (0..<max(image.count, texts.count)).map { row in
      let left = row < image.count ? image[row] : blank
      let text = row >= offset && row - offset < texts.count ? texts[row - offset] : ""
      return text.isEmpty ? left : left + "  " + text
    }
  }
}
