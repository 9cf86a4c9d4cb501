import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct ThreadPoolTests {
  /// Counts how often each thread took part, and how often one began before all had ended the stage before.
  private final class Counter: ParallelWork, @unchecked Sendable {
    let threads: Int
    let counts: Buffer<Int>
    let early: Buffer<Int>
    /// The last even and the last odd stage of each thread: what one stage writes, the next only reads.
    let marks: [Buffer<Int>]
    var finished = 0

    init(threads: Int) {
      self.threads = threads
      counts = Buffer(repeating: 0, count: threads)
      early = Buffer(repeating: 0, count: threads)
      marks = [Buffer(repeating: -1, count: threads), Buffer(repeating: -1, count: threads)]
    }

    override func perform(_ stage: Stage, thread: Int) {
      let stage = stage.number
      if finished != stage { early[thread] += 1 }
      if stage > 0 {
        for other in 0..<threads where marks[(stage - 1) % 2][other] != stage - 1 { early[thread] += 1 }
      }
      counts[thread] += 1
      marks[stage % 2][thread] = stage
    }
  }

  @Test(
    "Every thread does every stage once, and none begins before the last stage has ended",
    arguments: [1, 2, 3, 5, 8, 16, 64])
  func stages(threads: Int) {
    let pool = ThreadPool(threadCount: threads)
    let counter = Counter(threads: threads)
    let stages = threads > 8 ? 200 : 2000
    for stage in 0..<stages {
      pool.run(counter, stage: stage)
      counter.finished += 1
      if !counter.counts.array().allSatisfy({ $0 == stage + 1 }) {
        Issue.record("stage \(stage) returned before all threads were done")
        return
      }
    }
    #expect(counter.early.array().allSatisfy { $0 == 0 })
  }

  @Test("Parked threads wake for the next stage", arguments: [2, 3, 16])
  func parking(threads: Int) {
    // Pools with more threads than cores park at once; others when the calling thread has been busy long enough.
    let pool = ThreadPool(threadCount: threads)
    let counter = Counter(threads: threads)
    var busy = 1.0
    for stage in 0..<10 {
      pool.run(counter, stage: stage)
      counter.finished += 1
      for _ in 0..<3_000_000 { busy = (busy + 2 / busy) / 2 }
    }
    #expect(busy > 1 && counter.counts.array() == [Int](repeating: 10, count: threads))
  }

  @Test("Many pools come and go, some without ever having worked")
  func lifetimes() {
    for threads in 1...20 {
      for runs in 0..<3 {
        let pool = ThreadPool(threadCount: threads)
        let counter = Counter(threads: threads)
        for stage in 0..<runs {
          pool.run(counter, stage: stage)
          counter.finished += 1
        }
        #expect(counter.counts.array() == [Int](repeating: runs, count: threads))
      }
    }
  }

  @Test(
    "Within a stage shares follow each other block by block, with a thread each or not", arguments: [1, 2, 3, 5, 64])
  func following(threads: Int) {
    let pool = ThreadPool(threadCount: threads)
    let relay = Relay(threads: threads)
    for stage in 0..<50 { pool.run(relay, stage: stage) }
    var expected = 0
    for stage in 0..<50 { for thread in 0..<threads { expected = expected &* 3 &+ stage &+ thread } }
    #expect(relay.values.array() == [Int](repeating: expected, count: Relay.blocks))
  }

  @Test("A pool does the work of different owners in turn")
  func owners() {
    let pool = ThreadPool(threadCount: 3)
    let counters = (0..<4).map { _ in Counter(threads: 3) }
    for stage in 0..<100 {
      for counter in counters {
        pool.run(counter, stage: stage)
        counter.finished += 1
      }
    }
    for counter in counters { #expect(counter.counts.array() == [100, 100, 100]) }
  }
}

/// Each share changes the values of all blocks, after the share before it.
private final class Relay: ParallelWork, @unchecked Sendable {
  static let blocks = 20
  let values = Buffer<Int>(repeating: 0, count: blocks)
  private let progress: [ThreadProgress]

  init(threads: Int) { progress = (0..<threads).map { _ in ThreadProgress() } }

  override func perform(_ stage: Stage, thread: Int) {
    for block in 0..<Relay.blocks {
      let count = stage.number * Relay.blocks + block + 1
      if thread > 0 { progress[thread - 1].wait(for: count) }
      values[block] = values[block] &* 3 &+ stage.number &+ thread
      progress[thread].reach(count)
    }
  }
}
