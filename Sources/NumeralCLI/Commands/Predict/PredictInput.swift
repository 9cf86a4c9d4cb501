import Foundation
import Numeral
import NumeralData
import NumeralReading

/// What an argument of `numeral predict` means.
enum PredictInput {
  /// An image, under the name it was given.
  case image(String)
  /// Rows of a dataset.
  case rows(String)

  /// What is read from standard input.
  static let standardInput = "-"

  /// The inputs that arguments mean; a folder of images means each image in it, in the order of their names.
  ///
  /// An image is recognised by its first bytes or by the ending of its name, so a text called `a.png` is refused as an
  /// image.
  static func list(_ arguments: [String]) -> [PredictInput] {
    arguments.flatMap { argument -> [PredictInput] in
      if argument == standardInput { return [.image(argument)] }
      if KnownNames.datasets.contains(argument) { return [.rows(argument)] }
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
        return [hasImageEnding(argument) ? .image(argument) : .rows(argument)]
      }
      if !isFolder.boolValue { return [isImage(argument) ? .image(argument) : .rows(argument)] }
      let names = (try? FileManager.default.contentsOfDirectory(atPath: argument)) ?? []
      if names.contains(where: { $0.contains("-images") && $0.contains("idx3-ubyte") }) { return [.rows(argument)] }
      let images = names.filter { !$0.hasPrefix(".") && hasImageEnding($0) }.sorted()
      if images.isEmpty { return [.rows(argument)] }
      let folder = argument.hasSuffix("/") ? argument : argument + "/"
      return images.map { .image(folder + $0) }
    }
  }

  /// Reads and decodes an image.
  static func decode(_ name: String) throws -> Bitmap {
    let isStandardInput = name == standardInput
    let bytes = try FileBytes.read(isStandardInput ? "/dev/stdin" : name, limit: ImageDecoder.fileLimit).array()
    do {
      return try ImageDecoder.decode(bytes)
    } catch {
      throw ImageFailure(name: isStandardInput ? "standard input" : name, fault: error)
    }
  }

  private static func hasImageEnding(_ name: String) -> Bool {
    ImageFormat.endings.contains((name as NSString).pathExtension.lowercased())
  }

  private static func isImage(_ path: String) -> Bool {
    if hasImageEnding(path) { return true }
    guard let file = FileHandle(forReadingAtPath: path), let start = try? file.read(upToCount: 12) else { return false }
    return ImageFormat(of: start) != nil
  }
}
