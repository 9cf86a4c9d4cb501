public import Numeral
import NumeralFiles

/// A ZIP archive. Its members are read one at a time; they are stored or deflated.
///
/// Only the directory at the end of the file counts, as the specification demands. The headers before the members may
/// lack sizes. The length and the CRC-32 of each member are checked.
///
/// Source: PKWARE, *APPNOTE.TXT, .ZIP File Format Specification*, version 6.3.10.
public struct ZipArchive {
  /// An entry of the directory.
  public struct Member: Equatable, Sendable {
    /// The path in the archive.
    public let name: String
    /// The number of bytes, unpacked.
    public let length: Int
    let packedLength: Int
    let method: Int
    let crc: UInt32
    let isEncrypted: Bool
    let offset: Int
  }

  /// The members, in the order of the directory.
  public let members: [Member]
  private let file: RandomAccessFile
  private let directoryOffset: Int

  /// True if the bytes start as an archive with at least one member does.
  static func isArchive(_ start: [UInt8]) -> Bool { start.starts(with: [0x50, 0x4B, 3, 4]) }

  /// Opens an archive and reads its directory.
  ///
  /// - Throws: ``DataError/zip(path:_:)``, or an error of the file system.
  public init(_ path: String) throws(DataError) {
    file = try RandomAccessFile(path)
    do throws(ZipFailure) {
      let end = try ZipArchive.end(of: file)
      directoryOffset = end.offset
      members = try ZipArchive.members(of: file, end)
    } catch {
      switch error {
      case .unreadable(let error): throw error
      case .fault(let fault): throw .zip(path: path, fault)
      }
    }
  }

  /// Returns the unpacked bytes of a member.
  ///
  /// - Parameters:
  ///   - name: The path in the archive.
  ///   - limit: The largest number of bytes to unpack; no more memory is allocated.
  /// - Throws: ``DataError/zip(path:_:)`` if the member is missing, cannot be read, or is damaged.
  public func read(_ name: String, limit: Int = FileBytes.standardLimit) throws(DataError) -> Buffer<UInt8> {
    guard let member = members.first(where: { $0.name == name }) else {
      throw fault(.noMember(name, found: members.map(\.name)))
    }
    if member.isEncrypted { throw fault(.encrypted(member: name)) }
    guard member.method == 0 || member.method == 8 else { throw fault(.method(member: name, member.method)) }
    guard member.length <= limit else { throw fault(.tooLarge(member: name, limit: limit)) }
    // Refuse a stated length that deflate cannot reach, before memory is allocated for it.
    guard member.length <= Deflate.greatestExpansion * (member.packedLength + 1) else {
      throw fault(.damaged(member: name))
    }

    guard member.offset + 30 <= directoryOffset else { throw fault(.damaged(member: name)) }
    let header = try file.read(member.offset..<member.offset + 30).array()
    let start =
      member.offset + 30 + LittleEndian.number(header, at: 26, width: 2) + LittleEndian.number(header, at: 28, width: 2)
    guard ZipArchive.isArchive(header), start + member.packedLength <= directoryOffset else {
      throw fault(.damaged(member: name))
    }
    let packed = try file.read(start..<start + member.packedLength)
    let bytes =
      member.method == 0 ? packed : Deflate.decompress(packed, container: .none, length: member.length)
    guard let bytes, bytes.count == member.length, bytes.withElements({ Deflate.crc32($0) }) == member.crc else {
      throw fault(.damaged(member: name))
    }
    return bytes
  }

  private func fault(_ fault: ZipFault) -> DataError { .zip(path: file.path, fault) }
}

extension ZipArchive {
  private struct End {
    let offset: Int
    let length: Int
    let count: Int
  }

  /// Finds the last record of the file. A comment of up to 65,535 bytes may follow it.
  private static func end(of file: RandomAccessFile) throws(ZipFailure) -> End {
    let tailStart = max(0, file.length - 22 - 65_535)
    let tail = try part(tailStart..<file.length, of: file)
    guard tail.count >= 22 else { throw .fault(.noDirectory) }
    for place in (0...tail.count - 22).reversed() where tail[place...].starts(with: [0x50, 0x4B, 5, 6]) {
      // The same four bytes may occur in a comment. A true record states the length of the comment up to the end of the
      // file.
      guard place + 22 + LittleEndian.number(tail, at: place + 20, width: 2) == tail.count else { continue }
      let count = LittleEndian.number(tail, at: place + 10, width: 2)
      let length = LittleEndian.number(tail, at: place + 12, width: 4)
      let offset = LittleEndian.number(tail, at: place + 16, width: 4)
      guard count < 0xFFFF, offset < 0xFFFF_FFFF else { throw .fault(.large) }
      guard offset + length <= tailStart + place else { throw .fault(.directory(offset: offset)) }
      return End(offset: offset, length: length, count: count)
    }
    throw .fault(.noDirectory)
  }

  private static func members(of file: RandomAccessFile, _ end: End) throws(ZipFailure) -> [Member] {
    let list = try part(end.offset..<end.offset + end.length, of: file)
    var members: [Member] = []
    var place = 0
    for _ in 0..<end.count {
      guard place + 46 <= list.count, list[place...].starts(with: [0x50, 0x4B, 1, 2]) else {
        throw .fault(.directory(offset: end.offset + place))
      }
      let field = { (offset: Int, width: Int) in LittleEndian.number(list, at: place + offset, width: width) }
      let next = place + 46 + field(28, 2) + field(30, 2) + field(32, 2)
      guard next <= list.count else { throw .fault(.directory(offset: end.offset + place)) }
      let member = Member(
        name: String(decoding: list[place + 46..<place + 46 + field(28, 2)], as: UTF8.self), length: field(24, 4),
        packedLength: field(20, 4), method: field(10, 2), crc: UInt32(field(16, 4)),
        isEncrypted: field(8, 2) & 1 != 0, offset: field(42, 4))
      guard ![member.length, member.packedLength, member.offset].contains(0xFFFF_FFFF) else { throw .fault(.large) }
      members.append(member)
      place = next
    }
    return members
  }

  private static func part(_ range: Range<Int>, of file: RandomAccessFile) throws(ZipFailure) -> [UInt8] {
    do {
      return try file.read(range).array()
    } catch {
      throw .unreadable(error)
    }
  }
}
