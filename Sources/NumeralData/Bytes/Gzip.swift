public import Numeral
import NumeralFiles

/// Packs and unpacks the gzip format (RFC 1952) with libdeflate.
///
/// libdeflate unpacks MNIST in half the time of zlib. It works on whole buffers, so the unpacked size has to be guessed
/// first. The last four bytes of a file state this size. They are nearly always right, but the code never relies on
/// them.
public enum Gzip {
  /// True if the bytes start as a gzip member does.
  public static func isCompressed(_ bytes: Buffer<UInt8>) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
  }

  /// Unpacks all members of a gzip file. Checks the checksum and the size that each member states.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - file: The name of the file in an error message.
  ///   - limit: The largest number of bytes to unpack; no more memory is allocated.
  /// - Throws: ``DataError/gzip(path:offset:)`` if the data is cut short, damaged or followed by other bytes, and
  ///   ``DataError/unpackedTooLarge(path:limit:)``.
  /// - Complexity: Time and memory are at most 1,032 times the packed size, whatever size the file states.
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
  /// - Parameter level: From 1 (fast) to 12 (small).
  /// - Precondition: `1 ≤ level ≤ 12`.
  public static func compress(_ bytes: [UInt8], level: Int = 6) -> [UInt8] {
    Deflate.compress(bytes, container: .gzip, level: level)
  }

  /// Unpacks one member. Tries again with more memory until the member fits.
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
