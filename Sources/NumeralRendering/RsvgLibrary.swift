import CRsvg

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// librsvg and the libraries that come with it. They are loaded when an image is first drawn, and stay loaded.
///
/// The library is not linked, because then every start of the program would take longer, even if it draws nothing.
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
      // All functions are found through librsvg's handle, which covers the libraries it depends on.
      let place = UnsafeMutablePointer<numeral_rsvg_functions>.allocate(capacity: 1)
      defer { place.deallocate() }
      if let missing = numeral_rsvg_find(library, place) {
        return .failure(.library(reason: "\(name) lacks the function \(String(cString: missing))"))
      }
      return .success(place.pointee)
    }
    return .failure(.library(reason: dlerror().map { String(cString: $0) } ?? "\(names[0]) was not found"))
  }()

  /// Returns the functions.
  ///
  /// - Throws: ``RasterizerError/library(reason:)`` if the library is missing or too old.
  static func functions() throws(RasterizerError) -> numeral_rsvg_functions {
    try loaded.get()
  }
}
