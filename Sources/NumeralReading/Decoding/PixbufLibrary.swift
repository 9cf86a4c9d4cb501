import CPixbuf

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// gdk-pixbuf and the libraries that come with it. They are loaded when an image is first read, and stay loaded.
enum PixbufLibrary {
  #if canImport(Darwin)
    private static let names = [
      "libgdk_pixbuf-2.0.0.dylib", "/opt/homebrew/lib/libgdk_pixbuf-2.0.0.dylib",
      "/usr/local/lib/libgdk_pixbuf-2.0.0.dylib",
    ]
  #else
    private static let names = ["libgdk_pixbuf-2.0.so.0"]
  #endif

  private static let loaded: Result<numeral_pixbuf_functions, ImageFault> = {
    for name in names {
      guard let library = dlopen(name, RTLD_NOW) else { continue }
      let place = UnsafeMutablePointer<numeral_pixbuf_functions>.allocate(capacity: 1)
      defer { place.deallocate() }
      if let missing = numeral_pixbuf_find(library, place) {
        return .failure(.library(reason: "\(name) lacks the function \(String(cString: missing))"))
      }
      return .success(place.pointee)
    }
    return .failure(.library(reason: dlerror().map { String(cString: $0) } ?? "\(names[0]) was not found"))
  }()

  /// Returns the functions.
  ///
  /// - Throws: ``ImageFault/library(reason:)`` if the library is missing or too old.
  static func functions() throws(ImageFault) -> numeral_pixbuf_functions { try loaded.get() }
}
