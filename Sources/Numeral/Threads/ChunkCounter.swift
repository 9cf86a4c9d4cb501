#if canImport(Glibc) || canImport(Darwin)
  internal import Synchronization
#endif

/// Gives numbers in turn to the threads that ask. Threads that take chunks of work this way end at about the same time,
/// even if one of them is delayed.
///
/// For work whose result does not depend on which thread does it. Training divides its work in advance instead, so that
/// each thread finds its earlier results in its own cache.
final class ChunkCounter: Sendable {
  #if canImport(Glibc) || canImport(Darwin)
    private let next = Atomic<Int>(0)

    /// Starts again at 0; no thread may take numbers at the same time.
    func restart() { next.store(0, ordering: .relaxed) }

    /// The next number.
    func take() -> Int { next.add(1, ordering: .relaxed).oldValue }
  #else
    // There is only one thread.
    private nonisolated(unsafe) var next = 0

    /// Starts again at 0.
    func restart() { unsafe next = 0 }

    /// The next number.
    func take() -> Int {
      let number = unsafe next
      unsafe next = number + 1
      return number
    }
  #endif
}
