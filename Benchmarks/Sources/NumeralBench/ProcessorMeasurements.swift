import Numeral
import PeakBaseline

#if arch(x86_64)
  import PeakAVX2
  import PeakAVX512
#endif

/// The highest rates of one core.
final class ProcessorMeasurements {
  /// The highest rate of multiply-adds in registers, in operations a second, two for each multiply-add.
  ///
  /// Key: `set`, the instruction set; by default that of the kernels in use.
  func multiplyAdd(_ command: Command) -> [String: Double] {
    let set = command.text("set", default: KernelSet.preferred.name)
    // A fixed point far from overflow: 1 · 0.5 + 0.5.
    let factors: [Float] = [0.5, 0.5]
    var result: Float = 0
    return [
      "rate": best {
        switch set {
        #if arch(x86_64)
          case "avx512": PeakAVX512.multiplyAddPeak(repeats: 200_000, factors: factors, result: &result)
          case "avx2": PeakAVX2.multiplyAddPeak(repeats: 200_000, factors: factors, result: &result)
        #endif
        default: PeakBaseline.multiplyAddPeak(repeats: 200_000, factors: factors, result: &result)
        }
      }
    ]
  }

  /// The clock rate in cycles a second, from a chain of integer operations of one cycle each.
  func clock() -> [String: Double] {
    let operands: [UInt64] = [0x9E37_79B9_7F4A_7C15, 0x2545_F491_4F6C_DD1D]
    var result: UInt64 = 1
    return ["rate": best { PeakBaseline.dependentChain(repeats: 200_000, operands: operands, result: &result) }]
  }

  /// The highest of sixty rates: a disturbance can only lower a rate. Each measurement takes less than a millisecond,
  /// so some fall between two time slices of other programs.
  private func best(_ body: () -> Int) -> Double {
    var best = 0.0
    for _ in 0..<60 {
      let start = Stopwatch.seconds
      let done = body()
      best = max(best, Double(done) / (Stopwatch.seconds - start))
    }
    return best
  }
}
