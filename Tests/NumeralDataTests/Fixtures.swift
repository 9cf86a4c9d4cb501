import Foundation
import Numeral
import NumeralData

/// A folder of one test, removed with the last reference to it.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("numeral-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, in folders that are made as needed, and returns its path.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  /// Links a name to where `target` says, and returns the link's path.
  func link(_ name: String, to target: String) throws -> String {
    try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
    return path + "/" + name
  }
}

/// The sentence of the error that `body` throws, or what it returned instead.
func sentence<Result>(_ body: () throws(DataError) -> Result) -> String {
  do {
    return "no error: \(try body())"
  } catch {
    return error.description
  }
}

/// IDX files in memory.
enum IDXBytes {
  static func number(_ value: Int) -> [UInt8] {
    [UInt8(value >> 24 & 255), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
  }

  /// A file of pictures whose pixels count up from 0.
  static func images(count: Int, height: Int = 3, width: Int = 5) -> [UInt8] {
    number(2051) + number(count) + number(height) + number(width)
      + (0..<count * height * width).map { UInt8($0 % 256) }
  }

  static func labels(_ labels: [UInt8]) -> [UInt8] {
    number(2049) + number(labels.count) + labels
  }
}
