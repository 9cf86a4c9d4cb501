import Foundation
import NumeralData
import NumeralFiles
import NumeralReading
import NumeralWorkbench

/// The stages of an image's normalization, as files or as measures.
struct ImageSteps {
  let name: String
  let bitmap: Bitmap
  let reading: ImageReading
  let frame: DigitFrame

  /// The stages by the names of their files, in order.
  var files: [(name: String, bytes: [UInt8])] {
    let image = reading.image
    var files = [("1-decoded.png", bitmap.png)]
    guard let levelling = image.levelling else { return files }
    files.append(("2-gray.png", png(levelling.gray, from: 0, to: 255)))
    files.append(("3-paper.png", png(levelling.paper, from: 0, to: 255)))
    files.append(("4-ink.png", png(levelling.ink, from: 1, to: 0)))
    for (place, digit) in reading.digits.enumerated() {
      let number = place + 1
      files.append(("5-digit-\(number)-cut.png", png(digit.digit.cut, from: 1, to: 0)))
      files.append(("6-digit-\(number)-strokes.png", png(digit.digit.adjusted, from: 1, to: 0)))
      let pixels = digit.digit.pixels.map { UInt8(255 - Int($0) * 255 / Int(frame.pixelMaximum)) }
      files.append(
        ("7-digit-\(number)-seen.png", PNGEncoder().encode(pixels, width: frame.side, height: frame.side)))
    }
    return files
  }

  /// What was measured at each stage, one line each.
  var lines: [String] {
    let image = reading.image
    var lines = ["\(name): \(image.width)×\(image.height) pixels"]
    if image.factor > 1 { lines.append("  made smaller   by \(image.factor)") }
    guard let levelling = image.levelling else { return lines + ["  ink            none"] }
    lines.append("  ink            \(levelling.isLightOnDark ? "light on dark" : "dark on light")")
    lines.append(
      "  paper          \(levelling.isEven ? "even" : "uneven, levelled"), spread "
        + Quantity.percent(Double(levelling.noise)))
    lines.append("  contrast       \(Quantity.fixed(Double(levelling.contrast), digits: 0)) levels")
    lines.append("  dust           \(Quantity.count(image.dust, "patch"))".replacing("patchs", with: "patches"))
    for (place, digit) in reading.digits.enumerated() {
      let box = digit.digit.box
      lines.append(
        "  digit \(place + 1)".padding(toLength: 17, withPad: " ", startingAt: 0)
          + "at \(box.x),\(box.y), \(box.width)×\(box.height), strokes "
          + "\(Quantity.percent(Double(digit.digit.strokeShare))) of its longer side, "
          + Quantity.count(digit.digit.holes, "hole"))
    }
    return lines
  }

  /// Writes the files into a folder of the image's name below a folder.
  ///
  /// - Throws: `CommandFailure`.
  func save(below folder: String) throws -> String {
    let stem = name == PredictInput.standardInput ? "stdin" : URL(fileURLWithPath: name).lastPathComponent
    let path = (folder.hasSuffix("/") ? folder : folder + "/") + stem
    do {
      try FileSystem.makeFolders(path)
    } catch {
      throw CommandFailure(.cannotCreate, "\(error); choose another with --show-steps")
    }
    for file in files { try OutputFile(path: path + "/" + file.name, option: "--show-steps").write(file.bytes) }
    return path
  }

  private func png(_ plane: Plane, from black: Float, to white: Float) -> [UInt8] {
    PNGEncoder().encode(plane.bytes(from: black, to: white), width: plane.width, height: plane.height)
  }
}
