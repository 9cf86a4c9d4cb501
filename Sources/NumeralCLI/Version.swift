private import CNumeralVersion
import Numeral

/// Which build this is.
enum Version {
  /// The version, as in the change log.
  static let number = Release.version
  /// The day of this version, for the manual page: the page must not change from build to build.
  static let date = "2026-11-20"

  /// The commit that was built, as SwiftPM found it; see Package.swift.
  static var commit: String {
    String(cString: numeral_commit())
  }

  /// `numeral 0.1.0 (commit 0123456789ab, kernels avx512)`.
  static func line(kernels: String) -> String {
    "numeral \(number) (\(commit), kernels \(kernels))"
  }
}
