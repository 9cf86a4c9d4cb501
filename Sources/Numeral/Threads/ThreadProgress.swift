#if canImport(Glibc) || canImport(Darwin)
  internal import Synchronization
#endif
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How far a thread has come, for one that follows it within a stage.
///
/// Within a stage a share may wait for one of a lower number: a ``ThreadPool`` performs a thread's shares in their
/// order.
final class ThreadProgress: Sendable {
  #if canImport(Glibc) || canImport(Darwin)
    /// Looks before the core is offered to others: the one that is waited for may have none.
    private static let spins = 10_000
    /// A number that only grows.
    private let count = Atomic<Int>(0)
    /// Nothing else lies in the cache lines of the number.
    private let room: (SIMD16<UInt64>, SIMD16<UInt64>) = (.zero, .zero)

    func reach(_ count: Int) { self.count.store(count, ordering: .releasing) }

    /// Waits until so many have been reached; what was written before is then seen.
    func wait(for count: Int) {
      var spin = 0
      while self.count.load(ordering: .acquiring) < count {
        spin += 1
        if spin > ThreadProgress.spins { sched_yield() }
      }
    }
  #else
    // Where there are no threads, shares are done in turn.
    func reach(_ count: Int) {}
    func wait(for count: Int) {}
  #endif
}
