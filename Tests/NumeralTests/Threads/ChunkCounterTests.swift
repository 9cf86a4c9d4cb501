import Testing

@testable import Numeral

@Suite struct ChunkCounterTests {
  /// Takes numbers until there are no more, and notes who took each.
  private final class Taker: ParallelWork, @unchecked Sendable {
    let counter = ChunkCounter()
    let takers: Buffer<Int32>

    init(count: Int) { takers = Buffer(repeating: 0, count: count) }

    override func perform(_ stage: Stage, thread: Int) {
      var number = counter.take()
      while number < takers.count {
        takers[number] += 1
        number = counter.take()
      }
    }
  }

  @Test("Threads together take every number once, and from 0 again after a restart", arguments: [1, 2, 3, 8])
  func numbers(threads: Int) {
    let pool = ThreadPool(threadCount: threads)
    let taker = Taker(count: 10_000)
    for round in 1...3 {
      taker.counter.restart()
      pool.run(taker, stage: 0)
      #expect(taker.takers.array() == [Int32](repeating: Int32(round), count: 10_000))
    }
  }
}
