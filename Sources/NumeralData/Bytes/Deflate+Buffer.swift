import Numeral
import NumeralFiles

extension Deflate {
  /// Unpacks bytes whose unpacked length is known. Allocates `length` bytes and no more.
  ///
  /// - Returns: nil if the bytes are damaged, or if they unpack to more or less than `length`.
  static func decompress(_ packed: Buffer<UInt8>, container: Container, length: Int) -> Buffer<UInt8>? {
    var outcome = Outcome.damaged
    let block = Buffer<UInt8>(count: length) { target in
      outcome = packed.withElements { decompress($0, into: target, container: container) }
    }
    if case .unpacked(_, length) = outcome { return block }
    return nil
  }
}
