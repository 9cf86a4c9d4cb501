import Foundation
import Numeral
import NumeralData
import NumeralReading

/// What an argument of `numeral predict` means.
enum PredictInput {
  /// A picture, under the name it was given.
  case picture(String)
  /// Rows of a dataset.
  case rows(String)

  /// What is read from standard input.
  static let standardInput = "-"

  /// The inputs that arguments mean; a folder of pictures means each picture in it, in the order of their names.
  ///
  /// A picture is known by its first bytes or by the ending of its name, so that a text called `a.png` is refused as a picture.
  static func list(_ arguments: [String]) -> [PredictInput] {
    arguments.flatMap { argument -> [PredictInput] in
      if argument == standardInput { return [.picture(argument)] }
      if KnownNames.datasets.contains(argument) { return [.rows(argument)] }
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
        return [hasPictureEnding(argument) ? .picture(argument) : .rows(argument)]
      }
      if !isFolder.boolValue { return [isPicture(argument) ? .picture(argument) : .rows(argument)] }
      let names = (try? FileManager.default.contentsOfDirectory(atPath: argument)) ?? []
      if names.contains(where: { $0.contains("-images") && $0.contains("idx3-ubyte") }) { return [.rows(argument)] }
      let pictures = names.filter { !$0.hasPrefix(".") && hasPictureEnding($0) }.sorted()
      if pictures.isEmpty { return [.rows(argument)] }
      let folder = argument.hasSuffix("/") ? argument : argument + "/"
      return pictures.map { .picture(folder + $0) }
    }
  }

  /// Reads and decodes a picture.
  static func decode(_ name: String) throws -> Bitmap {
    let isStandardInput = name == standardInput
    let bytes = try FileBytes.read(isStandardInput ? "/dev/stdin" : name, limit: ImageDecoder.fileLimit).array()
    do {
      return try ImageDecoder.decode(bytes)
    } catch {
      throw PictureFailure(name: isStandardInput ? "standard input" : name, fault: error)
    }
  }

  private static func hasPictureEnding(_ name: String) -> Bool {
    ImageFormat.endings.contains((name as NSString).pathExtension.lowercased())
  }

  private static func isPicture(_ path: String) -> Bool {
    if hasPictureEnding(path) { return true }
    guard let file = FileHandle(forReadingAtPath: path), let start = try? file.read(upToCount: 12) else { return false }
    return ImageFormat(of: start) != nil
  }
}

/// A picture that cannot be read, by name.
struct PictureFailure: Error, Equatable, CustomStringConvertible {
  let name: String
  let fault: ImageFault

  /// One sentence that begins with the name.
  var description: String { "\(name): \(fault)" }
}

extension PictureFailure: ExitCoded {
  var exitCode: ExitCode {
    if case .library = fault { return .unavailable }
    return .data
  }
}
