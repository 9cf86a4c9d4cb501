import CCrypto
public import Numeral

/// The SHA-256 of bytes that come in parts. libcrypto uses the processor's own instructions for it.
///
/// Source: FIPS 180-4, doi:10.6028/NIST.FIPS.180-4.
///
/// ```swift
/// var hash = SHA256()
/// hash.update([0x61, 0x62, 0x63])
/// let digest = hash.finish()  // "ba7816bf 8f01cfea …" without spaces
/// ```
public struct SHA256: ~Copyable {
  private let context: OpaquePointer

  /// Starts a hash without any bytes.
  public init() {
    // Both calls fail only if memory is exhausted or libcrypto lacks SHA-256. The program cannot continue then.
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("libcrypto cannot start SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    let outcome = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    precondition(outcome == 1, "libcrypto cannot go on with SHA-256")
  }

  /// Adds bytes.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Adds the elements of a buffer as they lie in memory. All supported machines are little-endian.
  public mutating func update<Element>(_ elements: Buffer<Element>) {
    elements.withElements { update(UnsafeRawBufferPointer($0)) }
  }

  /// Returns the hash of all added bytes as 64 lower-case hexadecimal digits.
  public consuming func finish() -> String {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    let outcome = EVP_DigestFinal_ex(context, &digest, &length)
    precondition(outcome == 1, "libcrypto cannot finish SHA-256")
    let digits = Array("0123456789abcdef".utf8)
    let text = digest.prefix(Int(length)).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }

  /// Returns the hash of a buffer's elements as they lie in memory.
  public static func hash<Element>(of elements: Buffer<Element>) -> String {
    var hash = SHA256()
    hash.update(elements)
    return hash.finish()
  }
}
