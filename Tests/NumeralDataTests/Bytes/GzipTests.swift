import Numeral
import NumeralData
import Testing

@Suite struct GzipTests {
  let text = Array(String(repeating: "0,0,16,5,12,", count: 40).utf8)

  @Test("What was packed unpacks to itself, at every level", arguments: 1...12)
  func roundTrip(level: Int) throws {
    let packed = Buffer(Gzip.compress(text, level: level))
    #expect(Gzip.isCompressed(packed))
    #expect(packed.count < text.count)
    #expect(try Gzip.decompress(packed, file: "a.gz").array() == text)
  }

  @Test("The first two bytes decide whether data is packed", arguments: [[], [0x1F], [0x1F, 0x8C], [0x1E, 0x8B]])
  func detection(start: [UInt8]) {
    #expect(!Gzip.isCompressed(Buffer(start)))
  }

  @Test("Empty data is packed and unpacked")
  func empty() throws {
    #expect(try Gzip.decompress(Buffer(Gzip.compress([])), file: "a.gz").count == 0)
  }

  @Test("Members follow one another, even if the last is small or empty", arguments: [0, 1, 5000])
  func members(lastLength: Int) throws {
    let last = [UInt8](repeating: 7, count: lastLength)
    let packed = Gzip.compress(text) + Gzip.compress([]) + Gzip.compress(text) + Gzip.compress(last)
    #expect(try Gzip.decompress(Buffer(packed), file: "a.gz").array() == text + text + last)
  }

  @Test("A file that is cut short after any byte, or has further bytes, is refused")
  func truncation() {
    let packed = Gzip.compress(text)
    let expected = "a.gz: the gzip data that starts at byte 0 is cut short or damaged; get the file again"
    for length in 0..<packed.count {
      let cut = Buffer(Array(packed[..<length]))
      #expect(
        sentence { () throws(DataError) in try Gzip.decompress(cut, file: "a.gz") } == expected, "\(length) bytes")
    }
    #expect(
      sentence { () throws(DataError) in try Gzip.decompress(Buffer(packed + [0]), file: "a.gz") }
        == "a.gz: the gzip data that starts at byte \(packed.count) is cut short or damaged; get the file again")
  }

  @Test("A flipped bit at any place is detected, unless it is in an unused part of the header")
  func damage() {
    let packed = Gzip.compress(text)
    var found = 0
    for place in packed.indices {
      var damaged = packed
      damaged[place] ^= 0x10
      do {
        #expect(try Gzip.decompress(Buffer(damaged), file: "a.gz").array() == text, "byte \(place)")
        #expect((3..<10).contains(place), "byte \(place)")
      } catch {
        found += 1
      }
    }
    #expect(found >= packed.count - 7)
  }

  @Test("A wrong size is detected, too small or far too large", arguments: [[0, 0, 0, 0], [255, 255, 255, 255]])
  func falseSize(size: [UInt8]) {
    let packed = Gzip.compress(text).dropLast(4) + size
    #expect(
      sentence { () throws(DataError) in try Gzip.decompress(Buffer(Array(packed)), file: "a.gz") }
        == "a.gz: the gzip data that starts at byte 0 is cut short or damaged; get the file again")
  }

  @Test("Data that unpacks to the limit is read; with one byte more it is refused, in one member or in two")
  func limit() throws {
    let zeros = [UInt8](repeating: 0, count: 100_000)
    for packed in [Gzip.compress(zeros + zeros), Gzip.compress(zeros) + Gzip.compress(zeros)] {
      #expect(try Gzip.decompress(Buffer(packed), file: "a.gz", limit: 200_000).count == 200_000)
      #expect(
        sentence { () throws(DataError) in try Gzip.decompress(Buffer(packed), file: "a.gz", limit: 199_999) }
          == "a.gz: unpacks to more than the limit of 199999 bytes; check that it is a dataset")
    }
  }
}
