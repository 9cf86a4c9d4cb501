#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The lines of a text file from some position on.
struct TableLines: Sequence, IteratorProtocol {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position: Int
  private var number = 0

  /// Creates the lines of a whole file, without the byte order mark that some programs write before UTF-8.
  init(of bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The number of bytes that were not read yet.
  var remaining: Int { bytes.count - position }

  /// Returns the next line. The last line may lack a line feed.
  mutating func next() -> TableLine? {
    guard position < bytes.count, let base = bytes.baseAddress else { return nil }
    let start = base + position
    let length = memchr(start, Int32(ASCII.lineFeed), remaining).map { UnsafeRawPointer($0) - UnsafeRawPointer(start) }
    position += length.map { $0 + 1 } ?? remaining
    number += 1
    var line = UnsafeBufferPointer(start: start, count: length ?? (base + bytes.count - start))
    if line.last == ASCII.carriageReturn { line = UnsafeBufferPointer(rebasing: line.dropLast()) }
    return TableLine(number: number, bytes: line)
  }
}
