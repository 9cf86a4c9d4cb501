#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a server sends, as libcurl hands it over: headers first, then the bytes of the file.
///
/// Whether the bytes belong behind those that are there, replace them or are of no use is decided when the first one
/// comes: by then the status is known.
final class TransferResponse {
  private let descriptor: Int32
  private let part: PartFile
  private let address: String
  private let resumption: PartFile.Resumption?
  private let limit: Int
  private let magic: [UInt8]
  private let progress: (_ received: Int, _ total: Int?) -> Bool

  /// The status of the last answer.
  private(set) var status = 0
  /// The bytes in the part file.
  private(set) var received: Int
  /// True if the server went on where the part ended.
  private(set) var isResumed = false
  /// Why the rest is not wanted.
  private(set) var failure: TransferFailure?
  /// What went wrong when bytes were written.
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

  /// Creates a response that is written to an open part file.
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

  /// The response that libcurl's closure stands for.
  static func at(_ closure: UnsafeMutableRawPointer?) -> TransferResponse? {
    closure.map { Unmanaged<TransferResponse>.fromOpaque($0).takeUnretainedValue() }
  }

  /// True if the server answered with something other than the file, the rest of it, or another address.
  var isRefusal: Bool { status != 0 && !isSuccess && !isRedirect }

  /// Closes the part file.
  func close() { _ = systemClose(descriptor) }

  /// Takes one line of a header. Several answers come if there are redirects; the last one counts.
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
    // A weak tag says that two states are worth the same, not that they have the same bytes.
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

  /// Takes bytes of the body; fewer than came ends the transfer.
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

  /// Tells the caller how far it is; false if it asks to stop.
  func goesOn() -> Bool {
    let total = length.map { $0 + (isResumed ? resumption?.length ?? 0 : 0) }
    if progress(received, hasBody && isSuccess ? total : nil) { return true }
    isStopped = true
    return false
  }

  private var isSuccess: Bool { status == 200 || status == 206 && resumption != nil }

  private var isRedirect: Bool { (300..<400).contains(status) }

  /// Decides where the body goes. The note beside the part is right at every moment, so that a program that is killed
  /// leaves nothing wrong behind.
  private func begin() -> Bool {
    hasBody = true
    let mark = tag ?? changed
    if let resumption, status == 206 {
      // Some servers pass over the question whether the file is still the same.
      guard rangeStart == resumption.length, mark == nil || mark == resumption.mark else {
        failure = .content("the file on the server has changed since its first part came")
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

  /// What an answer that is not the file seems to be.
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

/// The system's `close`, whose name the method above would hide.
private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
