internal import CNumeralCPU

/// Subnormal numbers, the ones below the smallest normal number, count as zero on this thread until ``restore()``.
///
/// On Intel's processors an operation with a subnormal number takes some hundred cycles more. Saturated units make such
/// numbers by the million: without this an epoch of the recipe `sigmoid` grew to three to four times its time. So every
/// thread that computes for us has the processor's own switch set: the workers of a ``ThreadPool`` for as long as they
/// live, a calling thread while a stage or a prediction runs on it.
///
/// **Promised**: in every set of kernels a result below the smallest normal number is zero of its sign, and a subnormal
/// input counts as zero of its sign; what is only moved keeps its bits. A caller finds its control word as it was.
/// WebAssembly has no such control word, so there a value that underflows may differ.
struct FlushedSubnormals {
  private let previous: UInt64

  init() { previous = numeral_flush_subnormals() }

  /// Gives the thread its control word back.
  func restore() { numeral_restore_control_word(previous) }
}
