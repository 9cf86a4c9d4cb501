internal import CNumeralCPU

/// Makes subnormal numbers (those below the smallest normal number) count as zero on this thread until ``restore()``.
///
/// On Intel processors an operation with a subnormal number takes some hundred more cycles. Saturated units produce
/// millions of such numbers: without flushing, an epoch of the recipe `sigmoid` took three to four times as long. So
/// every thread that computes sets the processor's own switch: the workers of a ``ThreadPool`` for their whole life, a
/// calling thread during a stage or a prediction.
///
/// **Promised**: in every set of kernels a result below the smallest normal number is zero with the same sign, and a
/// subnormal input counts as zero with the same sign. A number that is only copied keeps its bits. A caller's control
/// word is restored. WebAssembly has no such control word, so an underflowing value may differ there.
struct FlushedSubnormals {
  private let previous: UInt64

  init() { previous = numeral_flush_subnormals() }

  /// Restores the thread's control word.
  func restore() { numeral_restore_control_word(previous) }
}
