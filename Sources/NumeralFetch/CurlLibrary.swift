import CCurl

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// libcurl. It is loaded at the first download and stays loaded.
enum CurlLibrary {
  #if canImport(Darwin)
    private static let names = ["/usr/lib/libcurl.4.dylib", "libcurl.4.dylib"]
  #else
    private static let names = ["libcurl.so.4", "libcurl-gnutls.so.4"]
  #endif

  private static let loaded: Result<numeral_curl_functions, FetchError> = {
    for name in names {
      guard let library = dlopen(name, RTLD_NOW) else { continue }
      let place = UnsafeMutablePointer<numeral_curl_functions>.allocate(capacity: 1)
      defer { place.deallocate() }
      if let missing = numeral_curl_find(library, place) {
        return .failure(.library(reason: "\(name) lacks the function \(String(cString: missing))"))
      }
      // The flag 3 initializes TLS, and sockets on Windows.
      guard place.pointee.curl_global_init(3) == Int32(numeral_curl_ok) else {
        return .failure(.library(reason: "\(name) cannot be initialized"))
      }
      return .success(place.pointee)
    }
    return .failure(.library(reason: dlerror().map { String(cString: $0) } ?? "\(names[0]) was not found"))
  }()

  /// Returns the functions.
  ///
  /// - Throws: ``FetchError/library(reason:)`` if the library is missing or too old.
  static func functions() throws(FetchError) -> numeral_curl_functions {
    try loaded.get()
  }
}

extension DatasetFetcher {
  /// Checks that the library for downloads can be loaded.
  ///
  /// - Throws: ``FetchError`` that says what is missing.
  public static func checkLibrary() throws(FetchError) {
    _ = try CurlLibrary.functions()
  }
}
