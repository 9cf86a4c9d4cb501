#if canImport(Glibc) || canImport(Darwin)
  internal import Synchronization
#endif
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The progress of a thread, for another thread that follows it within a stage.
///
/// Within a stage a share may wait for a share with a lower number: a ``ThreadPool`` performs a thread's shares in
/// order.
final class ThreadProgress: Sendable {
  #if canImport(Glibc) || canImport(Darwin)
    /// The number of polls before the thread yields its core; the awaited thread may have no core.
    private static let spins = 10_000
    /// A number that only grows.
    private let count = Atomic<Int>(0)
    /// The cache lines of the number hold nothing else, which avoids false sharing.
    private let room: (SIMD16<UInt64>, SIMD16<UInt64>) = (.zero, .zero)

    func reach(_ count: Int) { self.count.store(count, ordering: .releasing) }

    /// Waits until the number is reached; then everything written before it is visible.
    func wait(for count: Int) {
      var spin = 0
      while self.count.load(ordering: .acquiring) < count {
        spin += 1
        if spin > ThreadProgress.spins { sched_yield() }
      }
    }
  #else
    // On systems without threads, shares are done in turn.
    func reach(_ count: Int) {}
    func wait(for count: Int) {}
  #endif
}
