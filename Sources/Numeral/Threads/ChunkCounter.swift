#if canImport(Glibc) || canImport(Darwin)
  internal import Synchronization
#endif

/// Hands out numbers in turn to whoever asks: threads that take chunks of work from it end at the same time, even where
/// one of them is held up.
///
/// For work whose result does not depend on who does it. Training divides its work beforehand instead, so that a thread
/// finds what it wrote in its own cache.
final class ChunkCounter: Sendable {
  #if canImport(Glibc) || canImport(Darwin)
    private let next = Atomic<Int>(0)

    /// Begins with 0 again; while no thread takes.
    func restart() { next.store(0, ordering: .relaxed) }

    /// The next number.
    func take() -> Int { next.add(1, ordering: .relaxed).oldValue }
  #else
    // There is one thread.
    private nonisolated(unsafe) var next = 0

    /// Begins with 0 again.
    func restart() { unsafe next = 0 }

    /// The next number.
    func take() -> Int {
      let number = unsafe next
      unsafe next = number + 1
      return number
    }
  #endif
}
