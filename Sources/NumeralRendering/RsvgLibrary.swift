import CRsvg

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// librsvg with what it brings along, loaded when a picture is first drawn and kept.
///
/// Loaded, not linked: a program that only may draw pictures should not pay for it at every start.
enum RsvgLibrary {
  #if canImport(Darwin)
    private static let names = [
      "librsvg-2.2.dylib", "/opt/homebrew/lib/librsvg-2.2.dylib", "/usr/local/lib/librsvg-2.2.dylib",
    ]
  #else
    private static let names = ["librsvg-2.so.2"]
  #endif

  private static let loaded: Result<numeral_rsvg_functions, RasterizerError> = {
    for name in names {
      guard let library = dlopen(name, RTLD_NOW) else { continue }
      // All are found through librsvg's handle, which covers the libraries it depends on.
      let place = UnsafeMutablePointer<numeral_rsvg_functions>.allocate(capacity: 1)
      defer { place.deallocate() }
      if let missing = numeral_rsvg_find(library, place) {
        return .failure(.library(reason: "\(name) has no function \(String(cString: missing))"))
      }
      return .success(place.pointee)
    }
    return .failure(.library(reason: dlerror().map { String(cString: $0) } ?? "\(names[0]) is not there"))
  }()

  /// The functions.
  ///
  /// - Throws: ``RasterizerError/library(reason:)`` where the library is missing or too old.
  static func functions() throws(RasterizerError) -> numeral_rsvg_functions {
    try loaded.get()
  }
}
