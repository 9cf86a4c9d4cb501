import Foundation
import Numeral
import NumeralTestSupport
import Testing

@testable import NumeralData

@Suite struct ZipArchiveTests {
  private let folder: TemporaryFolder
  /// Two members: one of a thousand zeros, one of three letters.
  private let archive: [UInt8]

  init() throws {
    folder = try TemporaryFolder()
    var writer = ZipWriter()
    writer.add("zeros", [UInt8](repeating: 0, count: 1000))
    writer.add("folder/abc", Array("abc".utf8))
    archive = writer.finish()
  }

  private func open(_ bytes: [UInt8]) throws(DataError) -> ZipArchive {
    guard let path = try? folder.write(bytes, to: "a.zip") else { throw .missing(path: "a.zip") }
    return try ZipArchive(path)
  }

  /// Opens and reads everything. Returns the error without the path.
  private func fault(_ bytes: [UInt8], limit: Int = 1 << 20) -> ZipFault? {
    do throws(DataError) {
      let archive = try open(bytes)
      for member in archive.members { _ = try archive.read(member.name, limit: limit) }
      return nil
    } catch {
      guard case .zip(_, let fault) = error else {
        Issue.record("\(error)")
        return nil
      }
      return fault
    }
  }

  @Test("Members are listed and read back, and equal contents give equal archives")
  func whole() throws {
    let zip = try open(archive)
    #expect(zip.members.map(\.name) == ["zeros", "folder/abc"] && zip.members.map(\.length) == [1000, 3])
    #expect(try zip.read("zeros").array() == [UInt8](repeating: 0, count: 1000))
    #expect(try zip.read("folder/abc").array() == Array("abc".utf8))
    var again = ZipWriter()
    again.add("zeros", [UInt8](repeating: 0, count: 1000))
    again.add("folder/abc", Array("abc".utf8))
    #expect(again.finish() == archive)
  }

  @Test("Another program reads our archives, and we read its archives: stored, deflated and with a comment")
  func python() throws {
    try folder.write(archive, to: "ours.zip")
    let script = """
      import zipfile
      ours = zipfile.ZipFile("ours.zip")
      assert ours.testzip() is None and ours.read("folder/abc") == b"abc" and ours.read("zeros") == bytes(1000)
      with zipfile.ZipFile("theirs.zip", "w") as file:
          file.writestr("stored", b"stored bytes", zipfile.ZIP_STORED)
          with file.open(zipfile.ZipInfo("forced"), "w", force_zip64=True) as member:
              member.write(bytes(5000))
          file.writestr("deflated", bytes(5000), zipfile.ZIP_DEFLATED)
          file.comment = b"PK\\x05\\x06 is no end of an archive"
      with zipfile.ZipFile("packed.zip", "w") as file:
          file.writestr("lzma", bytes(5000), zipfile.ZIP_LZMA)
      """
    let program = CommandRunner(program: URL(fileURLWithPath: "/usr/bin/env"))
    let result = try program.run(["python3", "-c", script], folder: folder.url)
    #expect(result == .init())
    let theirs = try ZipArchive(folder.path + "/theirs.zip")
    #expect(try theirs.read("stored").array() == Array("stored bytes".utf8))
    #expect(try theirs.read("forced").array() == [UInt8](repeating: 0, count: 5000))
    #expect(try theirs.read("deflated").array() == [UInt8](repeating: 0, count: 5000))
    let packed = try ZipArchive(folder.path + "/packed.zip")
    #expect(
      sentence { () throws(DataError) in try packed.read("lzma").count }
        == "\(folder.path)/packed.zip: lzma in the ZIP archive is packed by method 14, expected 0 (stored) or 8 (deflate); "
        + "pack it again with one of these")
  }

  @Test("An archive that is cut short at any byte is refused")
  func cut() throws {
    for length in 0..<archive.count {
      let fault = fault(Array(archive[..<length]))
      #expect(fault != nil, "cut at \(length)")
    }
  }

  @Test("No byte can be changed so that other contents are read")
  func changed() throws {
    for place in archive.indices {
      var bytes = archive
      bytes[place] ^= 0x55
      guard let zip = try? open(bytes) else { continue }
      for (name, contents) in [("zeros", [UInt8](repeating: 0, count: 1000)), ("folder/abc", Array("abc".utf8))] {
        guard let read = try? zip.read(name) else { continue }
        #expect(read.array() == contents, "byte \(place) was changed")
      }
    }
  }

  @Test("A member beyond the limit is not unpacked, and the error for a missing member lists the existing ones")
  func limits() throws {
    #expect(fault(archive, limit: 999) == .tooLarge(member: "zeros", limit: 999))
    let zip = try open(archive)
    #expect(
      sentence { () throws(DataError) in try zip.read("images.npy").count }
        == "\(folder.path)/a.zip: the ZIP archive holds no images.npy, found zeros, folder/abc; "
        + "check that this is the right file")
  }

  @Test("A stated length that deflate cannot reach allocates no memory")
  func lie() throws {
    var bytes = archive
    // The length of the first member, in the directory.
    let list = try #require(bytes.indices.first { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
    bytes.replaceSubrange(list + 24..<list + 28, with: [0, 0, 0, 0x70])
    #expect(fault(bytes, limit: 1 << 31) == .damaged(member: "zeros"))
  }

  @Test("Every fault is one sentence that says what to do")
  func sentences() {
    let faults: [ZipFault] = [
      .noDirectory, .directory(offset: 5), .large, .encrypted(member: "a"), .method(member: "a", 14),
      .damaged(member: "a"), .tooLarge(member: "a", limit: 5), .noMember("a", found: []),
    ]
    let expected = [
      "the list of members at the end of the ZIP archive is missing; it is cut short, get it again",
      "the list of members at byte 5 of the ZIP archive is damaged; get the file again",
      "this is a ZIP64 archive of more than 4 GiB or 65,535 members, which cannot be read; pack less into one archive",
      "a in the ZIP archive is encrypted, expected plain members; unpack it and pack it without a password",
      "a in the ZIP archive is packed by method 14, expected 0 (stored) or 8 (deflate); pack it again with one of these",
      "a in the ZIP archive is cut short or damaged; get the file again",
      "a in the ZIP archive unpacks to more than the limit of 5 bytes; check that it is a dataset",
      "the ZIP archive holds no a, found nothing; check that this is the right file",
    ]
    #expect(faults.map(\.description) == expected)
  }
}
