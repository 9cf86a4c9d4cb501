import NumeralReading

/// An image that cannot be read, by name.
struct ImageFailure: Error, Equatable, CustomStringConvertible {
  let name: String
  let fault: ImageFault

  /// One sentence that begins with the name.
  var description: String { "\(name): \(fault)" }
}

extension ImageFailure: ExitCoded {
  var exitCode: ExitCode {
    if case .library = fault { return .unavailable }
    return .data
  }
}
