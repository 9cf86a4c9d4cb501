import Foundation
import Numeral
import NumeralData
import NumeralTestSupport
import Testing

@Suite struct FileBytesTests {
  @Test("A file's bytes are read unchanged, for any number of bytes", arguments: [1, 63, 65_536, 300_001])
  func bytes(count: Int) throws {
    let folder = try TemporaryFolder()
    let bytes = (0..<count).map { UInt8($0 * 7 % 256) }
    let path = try folder.write(bytes, to: "a")
    #expect(try FileBytes.read(path).array() == bytes)
    #expect(try FileBytes.readUnpacked(path).array() == bytes)
  }

  @Test("A packed file is recognized by its contents, not by its name")
  func unpacked() throws {
    let folder = try TemporaryFolder()
    #expect(try FileBytes.readUnpacked(folder.write(Gzip.compress([1, 2, 3]), to: "a")).array() == [1, 2, 3])
    #expect(try FileBytes.readUnpacked(folder.write([1, 2, 3], to: "b.gz")).array() == [1, 2, 3])
  }

  @Test("A pipe is read to its end")
  func pipe() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    let bytes = (0..<200_000).map { UInt8($0 % 253) }
    let writer = Thread { try? Data(bytes).write(to: URL(fileURLWithPath: path)) }
    writer.start()
    #expect(try FileBytes.read(path).array() == bytes)
  }

  @Test("A missing file, a path below a file, and a link to nothing are missing")
  func missing() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write([1], to: "a")
    for path in [folder.path + "/b", file + "/c", try folder.link("d", to: "nowhere")] {
      #expect(
        sentence { () throws(DataError) in try FileBytes.read(path) }
          == "\(path): no such file or folder; check the path")
    }
  }

  @Test("A loop of links cannot be read, and the system's words say so")
  func loop() throws {
    let folder = try TemporaryFolder()
    let path = try folder.link("a", to: "a")
    let reason = String(cString: strerror(ELOOP))
    #expect(
      sentence { () throws(DataError) in try FileBytes.read(path) }
        == "\(path): cannot be read: \(reason); check the path and its permissions")
  }

  // The superuser may read every file, so the test would fail for this user.
  @Test("A file without permission cannot be read", .enabled(if: geteuid() != 0))
  func permission() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1], to: "a")
    #expect(chmod(path, 0) == 0)
    #expect(
      sentence { () throws(DataError) in try FileBytes.read(path) }
        == "\(path): cannot be read: Permission denied; check the path and its permissions")
  }

  @Test("A folder is not read as a file")
  func directory() throws {
    let folder = try TemporaryFolder()
    #expect(
      sentence { () throws(DataError) in try FileBytes.read(folder.path) }
        == "\(folder.path): this is a folder, expected a file; pass the path of a file")
  }

  @Test("A file without bytes is reported as empty, packed or not")
  func empty() throws {
    let folder = try TemporaryFolder()
    for path in [try folder.write([], to: "a"), try folder.write(Gzip.compress([]), to: "a.gz")] {
      #expect(
        sentence { () throws(DataError) in try FileBytes.readUnpacked(path) }
          == "\(path): the file is empty; get it again")
    }
  }

  @Test("A file as large as the limit is read; with one byte more it is refused")
  func limit() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([UInt8](repeating: 1, count: 100), to: "a")
    #expect(try FileBytes.read(path, limit: 100).count == 100)
    #expect(
      sentence { () throws(DataError) in try FileBytes.read(path, limit: 99) }
        == "\(path): the file is larger than the limit of 99 bytes; check that it is a dataset")
  }

  @Test("A device that never ends is refused at the limit", .enabled(if: access("/dev/zero", R_OK) == 0))
  func endless() {
    #expect(
      sentence { () throws(DataError) in try FileBytes.read("/dev/zero", limit: 1_000_000) }
        == "/dev/zero: the file is larger than the limit of 1000000 bytes; check that it is a dataset")
  }
}
