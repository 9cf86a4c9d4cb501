#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a server sends, as libcurl passes it on: first the headers, then the bytes of the file.
///
/// When the first byte comes, the status is known. Only then it is decided whether the bytes are appended to the part,
/// replace it, or are refused.
final class TransferResponse {
  private let descriptor: Int32
  private let part: PartFile
  private let address: String
  private let resumption: PartFile.Resumption?
  private let limit: Int
  private let magic: [UInt8]
  private let progress: (_ received: Int, _ total: Int?) -> Bool

  /// The status of the last response.
  private(set) var status = 0
  /// The number of bytes in the part file.
  private(set) var received: Int
  /// True if the server continued at the end of the part.
  private(set) var isResumed = false
  /// Why the rest of the response is refused.
  private(set) var failure: TransferFailure?
  /// The error that occurred while bytes were written.
  private(set) var fault: FetchError?
  /// True if the caller asked to stop.
  private(set) var isStopped = false

  private var tag: String?
  private var changed: String?
  private var length: Int?
  private var rangeStart: Int?
  private var kind: String?
  private var hasBody = false
  private var head: [UInt8] = []

  /// Creates a response that writes to an open part file.
  init(
    descriptor: Int32, part: PartFile, address: String, resumption: PartFile.Resumption?, limit: Int, magic: [UInt8],
    progress: @escaping (_ received: Int, _ total: Int?) -> Bool
  ) {
    self.descriptor = descriptor
    self.part = part
    self.address = address
    self.resumption = resumption
    self.limit = limit
    self.magic = magic
    self.progress = progress
    received = resumption?.length ?? 0
  }

  /// Returns the response behind libcurl's closure pointer.
  static func at(_ closure: UnsafeMutableRawPointer?) -> TransferResponse? {
    closure.map { Unmanaged<TransferResponse>.fromOpaque($0).takeUnretainedValue() }
  }

  /// True if the response is neither the file, nor a part of it, nor a redirect.
  var isRefusal: Bool { status != 0 && !isSuccess && !isRedirect }

  /// Closes the part file.
  func close() { _ = systemClose(descriptor) }

  /// Receives one line of a header. With redirects there are several responses; the last one counts.
  func receiveHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
    let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
    if line.hasPrefix("HTTP/") {
      status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
      (tag, changed, length, rangeStart, kind) = (nil, nil, nil, nil, nil)
      return count
    }
    let parts = line.split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else { return count }
    let value = String(parts[1].drop { $0 == " " }.prefix { $0 != "\r" && $0 != "\n" && $0 != "\r\n" })
    switch parts[0].lowercased() {
    // A weak tag marks equivalent versions. Their bytes may differ.
    case "etag": tag = value.hasPrefix("W/") ? nil : value
    case "last-modified": changed = value
    case "content-length": length = Int(value)
    case "content-type": kind = value
    case "content-range":
      rangeStart = value.hasPrefix("bytes ") ? Int(value.dropFirst(6).prefix { $0.isNumber }) : nil
    default: break
    }
    return count
  }

  /// Receives bytes of the body. A return value smaller than `count` ends the transfer.
  func receive(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
    guard let bytes, isSuccess else { return isRedirect ? count : 0 }
    if !hasBody {
      guard begin() else { return 0 }
    }
    let new = UnsafeRawBufferPointer(start: bytes, count: count)
    if head.count < magic.count, !isResumed {
      head += new.prefix(magic.count - head.count)
      guard magic.starts(with: head) else {
        failure = .notTheFile(found: TransferResponse.guess(Array(new.prefix(64)), kind: kind))
        return 0
      }
    }
    guard received + count <= limit else {
      failure = .tooLarge(limit: limit)
      return 0
    }
    var written = 0
    while written < count {
      let result = write(descriptor, new.baseAddress?.advanced(by: written), count - written)
      if result < 0, errno == EINTR { continue }
      guard result >= 0 else {
        fault = .cannotWrite(path: part.path, reason: String(cString: strerror(errno)))
        return 0
      }
      written += result
      received += result
    }
    return count
  }

  /// Reports the progress to the caller. Returns false if the caller asks to stop.
  func goesOn() -> Bool {
    let total = length.map { $0 + (isResumed ? resumption?.length ?? 0 : 0) }
    if progress(received, hasBody && isSuccess ? total : nil) { return true }
    isStopped = true
    return false
  }

  private var isSuccess: Bool { status == 200 || status == 206 && resumption != nil }

  private var isRedirect: Bool { (300..<400).contains(status) }

  /// Decides where the body goes. The note next to the part is right at every moment, even if the program is killed.
  private func begin() -> Bool {
    hasBody = true
    let mark = tag ?? changed
    if let resumption, status == 206 {
      // Some servers ignore the condition that the file must be unchanged.
      guard rangeStart == resumption.length, mark == nil || mark == resumption.mark else {
        failure = .content("the file on the server has changed since the first part was received")
        return false
      }
      isResumed = true
      return true
    }
    received = 0
    do throws(FetchError) {
      try part.note(address: address, mark: nil)
      guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
        throw .cannotWrite(path: part.path, reason: String(cString: strerror(errno)))
      }
      try part.note(address: address, mark: mark)
      return true
    } catch {
      fault = error
      return false
    }
  }

  /// Describes a response that is not the file.
  private static func guess(_ start: [UInt8], kind: String?) -> String {
    let text = String(decoding: start, as: UTF8.self).lowercased()
    let trimmed = text.drop { $0 == " " || $0 == "\n" || $0 == "\r\n" || $0 == "\t" || $0 == "\u{FEFF}" }
    if trimmed.hasPrefix("<!doctype html") || trimmed.hasPrefix("<html") { return "a web page" }
    if trimmed.hasPrefix("<?xml") { return "an XML text" }
    if trimmed.hasPrefix("version https://git-lfs") { return "a pointer of Git LFS" }
    if let kind, kind.hasPrefix("text/") { return "a text" }
    return "something else"
  }
}

/// The system's `close`. Inside the class its name would be hidden by the method of the same name.
private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
