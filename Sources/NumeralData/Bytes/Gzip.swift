public import Numeral
import NumeralFiles

/// Packing and unpacking of the gzip format (RFC 1952), over libdeflate.
///
/// libdeflate, because it unpacks MNIST in half the time that zlib takes. It works on whole buffers, so the size has
/// to be guessed first: the last four bytes of a file state it, are nearly always right, and are never trusted.
public enum Gzip {
  /// True if the bytes start as a gzip member does.
  public static func isCompressed(_ bytes: Buffer<UInt8>) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
  }

  /// Unpacks all members of a gzip file, checking the sum and the size that each states.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - file: What to call it in an error.
  ///   - limit: The most bytes to unpack; memory beyond it is never allocated.
  /// - Throws: ``DataError/gzip(path:offset:)`` for what is cut short, damaged or followed by something else, and
  ///   ``DataError/unpackedTooLarge(path:limit:)``.
  /// - Complexity: Time and memory are at most 1,032 times the packed size, whatever the file states.
  public static func decompress(
    _ bytes: Buffer<UInt8>, file: String, limit: Int = FileBytes.standardLimit
  ) throws(DataError) -> Buffer<UInt8> {
    var members: [Buffer<UInt8>] = []
    var start = 0
    var room = limit
    repeat {
      let (member, length) = try decompressMember(of: bytes, at: start, room: room, file: file, limit: limit)
      if member.count > 0 { members.append(member) }
      start += length
      room -= member.count
    } while start < bytes.count
    return Buffer.joining(members)
  }

  /// Packs bytes into one gzip member.
  ///
  /// - Parameter level: From 1, fast, to 12, small.
  /// - Precondition: `1 ≤ level ≤ 12`.
  public static func compress(_ bytes: [UInt8], level: Int = 6) -> [UInt8] {
    Deflate.compress(bytes, container: .gzip, level: level)
  }

  /// Unpacks the member at a place, with more and more memory until it fits.
  private static func decompressMember(
    of bytes: Buffer<UInt8>, at start: Int, room: Int, file: String, limit: Int
  ) throws(DataError) -> (member: Buffer<UInt8>, length: Int) {
    let largest = min(room, Deflate.greatestExpansion * (bytes.count - start))
    var capacity = min(statedSize(bytes), largest)
    while true {
      var outcome = Deflate.Outcome.damaged
      let block = Buffer<UInt8>(count: capacity) { target in
        outcome = bytes.withElements { source in
          Deflate.decompress(UnsafeBufferPointer(rebasing: source[start...]), into: target, container: .gzip)
        }
      }
      switch outcome {
      case .unpacked(let read, let written):
        return (block.prefix(written), read)
      case .needsRoom where capacity < largest:
        capacity = min(max(1 << 16, 4 * capacity), largest)
      case .needsRoom where largest == room:
        throw .unpackedTooLarge(path: file, limit: limit)
      case .needsRoom, .damaged:
        throw .gzip(path: file, offset: start)
      }
    }
  }

  /// The size that the last four bytes of a file state.
  private static func statedSize(_ bytes: Buffer<UInt8>) -> Int {
    guard bytes.count >= 4 else { return 0 }
    return bytes.array(bytes.count - 4..<bytes.count).reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
