public import Foundation
import NumeralFiles

/// The folder of a run while it is being filled: hidden until everything is in it.
///
/// A crash at any moment leaves either no run or a whole one.
public struct RunFolder {
  /// The default folder of runs.
  public static let standardParent = "runs"

  private let output: AtomicOutput

  /// Makes sure that a run can be saved, before any work is done for it.
  ///
  /// - Parameters:
  ///   - parent: The folder of runs; made if it is not there.
  ///   - name: What the run will be called; `-2`, `-3`, … are added if taken.
  /// - Throws: ``RunError`` if the folder cannot be made.
  public init(in parent: String, name: String) throws(RunError) {
    do {
      output = try AtomicOutput(parent + "/" + name, kind: .numberedFolder)
    } catch {
      throw .cannotCreate(path: parent, reason: error.reason)
    }
  }

  /// Writes the files and gives the folder its name.
  ///
  /// - Returns: The path of the run.
  /// - Throws: ``RunError``; nothing is left then.
  public func save(_ files: [(name: String, bytes: [UInt8])]) throws(RunError) -> String {
    do {
      for file in files { try output.write(file.bytes, to: file.name) }
      return try output.finish()
    } catch {
      throw .cannotWrite(path: error.path, reason: error.reason)
    }
  }

  /// Removes what was prepared, the folder of runs too if it was made for this run and holds no other.
  public func discard() { output.discard() }

  /// The name of a run: when, what, which seed.
  public static func name(recipe: String, seed: UInt64, date: Date) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
    func digits(_ value: Int?, _ width: Int) -> String {
      let text = String(value ?? 0)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let day = digits(parts.year, 4) + digits(parts.month, 2) + digits(parts.day, 2)
    let time = digits(parts.hour, 2) + digits(parts.minute, 2) + digits(parts.second, 2)
    return "\(day)-\(time)-\(recipe)-\(seed)"
  }
}
