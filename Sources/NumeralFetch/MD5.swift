import CCrypto
import Numeral

/// The checksum that some publishers state. It detects damage, but gives no protection against a forged file.
enum MD5 {
  /// Returns the MD5 of bytes as 32 lower-case hexadecimal digits; nil if libcrypto was built without MD5.
  ///
  /// Source: R. Rivest, 1992, RFC 1321.
  static func hash(of bytes: Buffer<UInt8>) -> String? {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    let outcome = bytes.withElements { EVP_Digest($0.baseAddress, $0.count, &digest, &length, EVP_md5(), nil) }
    guard outcome == 1 else { return nil }
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.prefix(Int(length)).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
