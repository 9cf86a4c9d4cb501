package import NumeralData

/// What is missing or damaged in the folder of a run.
package enum RunFault: Error, Equatable {
  /// A file cannot be read.
  case file(DataError)
  /// The record is no JSON.
  case json(path: String, JSONError)
  /// The record is of another kind, or of a later version of this one.
  case format(path: String, found: String?)
  /// A value of the record is missing or not of its kind.
  case value(path: String, key: String)
  /// The first line of the history is not its header.
  case header(path: String, expected: String)
  /// A line of the history is not an epoch.
  case row(path: String, line: Int, kept: Int)
  /// The history has another number of epochs than the record.
  case epochs(folder: String, expected: Int, found: Int)
  /// The weights are not those of the record.
  case weights(folder: String)
}

extension RunFault: CustomStringConvertible {
  /// One sentence: where, what, expected.
  package var description: String {
    switch self {
    case .file(let error): error.description
    case .json(let path, let error): "\(path): \(error)"
    case .format(let path, let found):
      "\(path): \"format\" is \(found.map { "\"\($0)\"" } ?? "missing"), expected \"\(SavedRecord.format)\"; "
        + "was this file written by numeral?"
    case .value(let path, let key):
      "\(path): \"\(key)\" is missing or not as numeral writes it; the file was changed or is cut short"
    case .header(let path, let expected):
      "\(path): line 1 is not the header, expected \(expected); the file was changed or is cut short"
    case .row(let path, let line, let kept):
      "\(path): line \(line) is not an epoch; the \(kept) epoch\(kept == 1 ? "" : "s") before it "
        + (kept == 1 ? "is" : "are") + " used"
    case .epochs(let folder, let expected, let found):
      "\(folder)/\(RunHistory.fileName): there are \(found) epochs, expected \(expected) as "
        + "\(SavedRecord.fileName) says; lines are missing"
    case .weights(let folder):
      "\(folder)/\(Model.fileName): the weights are not those that \(SavedRecord.fileName) records; "
        + "one of the two files is from another run"
    }
  }
}
