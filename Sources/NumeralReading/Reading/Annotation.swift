import Foundation
import NumeralFiles

/// Draws an image with the digits found in it: a box around each, with its reading and its confidence.
public enum Annotation {
  /// The longest side of the drawing. Larger images are reduced.
  static let longestSide = 1600

  /// A box with a text above it.
  public struct Mark: Sendable, Equatable {
    /// The box of the digit, in pixels of the image.
    public var box: PixelBox
    /// The reading.
    public var text: String
    /// False if the digit was refused.
    public var isRead: Bool

    /// Creates a mark.
    public init(box: PixelBox, text: String, isRead: Bool) {
      self.box = box
      self.text = text
      self.isRead = isRead
    }
  }

  /// Returns the image as SVG. Its pixels are embedded.
  public static func svg(_ bitmap: Bitmap, _ marks: [Mark]) -> String {
    let factor = max(1, (max(bitmap.width, bitmap.height) + longestSide - 1) / longestSide)
    let small = bitmap.reduced(by: factor)
    // Small images are enlarged so that the text can be read.
    let scale = Double(max(1, 320 / max(small.width, small.height)))
    let (width, height) = (Double(small.width) * scale, Double(small.height) * scale)
    let line = max(1.5, max(width, height) / 300)
    let letter = max(12, min(width, height) / 18)
    // Space for the text above a digit at the upper border.
    let band = (letter * 1.4).rounded(.up)
    var text =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
      + "viewBox=\"0 0 \(number(width)) \(number(height + band))\">"
    text += "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
    text +=
      "<image y=\"\(number(band))\" width=\"\(number(width))\" height=\"\(number(height))\" "
      + "xlink:href=\"data:image/png;base64,\(Data(small.png).base64EncodedString())\"/>"
    for mark in marks {
      let unit = scale / Double(factor)
      let (x, y) = (Double(mark.box.x) * unit, Double(mark.box.y) * unit + band)
      // The colours also differ in brightness. A light edge makes them visible on any image.
      let color = mark.isRead ? "#0072b2" : "#d55e00"
      let (boxWidth, boxHeight) = (Double(mark.box.width) * unit + 2 * line, Double(mark.box.height) * unit + 2 * line)
      let rect =
        "x=\"\(number(x - line))\" y=\"\(number(y - line))\" width=\"\(number(boxWidth))\" "
        + "height=\"\(number(boxHeight))\" fill=\"none\""
      text += "<rect \(rect) stroke=\"#fff\" stroke-width=\"\(number(2.4 * line))\"/>"
      text += "<rect \(rect) stroke=\"\(color)\" stroke-width=\"\(number(line))\""
      text += mark.isRead ? "/>" : " stroke-dasharray=\"\(number(4 * line)) \(number(3 * line))\"/>"
      // A text near the right border is moved left, so that it stays inside the image.
      let start = max(2, min(x, width - letter * 0.62 * Double(mark.text.count)))
      text +=
        "<text x=\"\(number(start))\" y=\"\(number(y - 2.5 * line))\" font-family=\"DejaVu Sans, sans-serif\" "
        + "font-size=\"\(number(letter))\" font-weight=\"bold\" fill=\"\(color)\" stroke=\"#fff\" "
        + "stroke-width=\"\(number(letter / 5))\" paint-order=\"stroke\">\(Escaping.markup(mark.text))</text>"
    }
    return text + "</svg>"
  }

  /// Returns a number with one decimal, as SVG expects it.
  private static func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}

extension Bitmap {
  /// Returns a smaller image whose pixels are means of blocks.
  func reduced(by factor: Int) -> Bitmap {
    if factor == 1 { return self }
    let channels = (0..<3).map { channel in
      Plane(
        width: width, height: height, values: stride(from: channel, to: pixels.count, by: 3).map { Float(pixels[$0]) }
      ).reduced(by: factor)
    }
    let count = channels[0].values.count
    return Bitmap(
      width: channels[0].width, height: channels[0].height,
      pixels: (0..<3 * count).map { UInt8(channels[$0 % 3].values[$0 / 3].rounded()) })
  }
}
