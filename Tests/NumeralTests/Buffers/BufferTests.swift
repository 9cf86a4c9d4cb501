import Testing

@testable import Numeral

@Suite struct BufferTests {
  private struct Failure: Error {}

  @Test("A buffer holds what it was given, in order", arguments: [0, 1, 15, 16, 1000])
  func contents(count: Int) {
    let numbers = (0..<count).map { Float($0) }
    let buffer = Buffer(numbers)
    #expect(buffer.count == count && buffer.array() == numbers)
    #expect(Buffer<Float>(repeating: 7, count: count).array() == [Float](repeating: 7, count: count))
    #expect(buffer.withElements { $0.count } == count)
    if count > 2 { #expect(buffer.array(1..<3) == [1, 2]) }
  }

  @Test("A buffer starts on a 64-byte boundary", arguments: [0, 1, 3, 17, 4096])
  func alignment(count: Int) {
    #expect(UInt(bitPattern: Buffer<UInt8>(repeating: 0, count: count).base) % 64 == 0)
    #expect(UInt(bitPattern: Buffer<Float>(repeating: 0, count: count).base) % 64 == 0)
  }

  @Test("A copy is another block")
  func copy() {
    let buffer = Buffer<Int32>([1, 2, 3])
    let copy = buffer.copy()
    copy[1] = 9
    #expect(buffer.array() == [1, 2, 3] && copy.array() == [1, 9, 3])
  }

  @Test("A filling that fails is passed on")
  func failure() {
    #expect(throws: Failure.self) {
      _ = try Buffer<UInt8>(count: 8) { (_: UnsafeMutableBufferPointer<UInt8>) throws(Failure) in throw Failure() }
    }
  }
}
