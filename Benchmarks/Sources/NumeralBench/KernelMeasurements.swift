import COpenBLAS
import CNumeralCPU
import Numeral
import NumeralKernels

#if arch(x86_64)
  import NumeralKernelsAVX2
  import NumeralKernelsAVX512
#endif

/// Dense products on one thread: our kernels and OpenBLAS on the same numbers.
final class KernelMeasurements {
  /// The configuration of OpenBLAS: version, options and the processor it was tuned for.
  let libraryName: String
  let table: numeral_kernel_table
  private var products: [String: any MeasuredProduct] = [:]

  init() {
    openblas_set_num_threads(1)
    libraryName = openblas_get_config().map { String(cString: $0) } ?? "OpenBLAS"
    table = KernelMeasurements.table(of: KernelSet.preferred.name)
  }

  private static func table(of name: String) -> numeral_kernel_table {
    #if arch(x86_64)
      if name == "avx512" { return NumeralKernelsAVX512.kernelTable() }
      if name == "avx2" { return NumeralKernelsAVX2.kernelTable() }
    #endif
    return NumeralKernels.kernelTable()
  }

  /// The mean time of a call over some 10 ms.
  ///
  /// Keys: `kind` (`forward`, `backward` or `gradient`), `m`, `n`, `k` as in BLAS, `side` (`ours`, `blas`, or `pack`:
  /// the preparation of the weights for `ours`). The first call of a shape compares the results of both sides.
  func measure(_ command: Command) throws -> [String: Double] {
    let kind = command.text("kind", default: "forward")
    let m = try command.integer("m", default: 128)
    let n = try command.integer("n", default: 128)
    let k = try command.integer("k", default: 784)
    let product = try product(kind, m, n, k)
    switch command.text("side", default: "ours") {
    case "ours": return ["seconds": KernelMeasurements.time { product.runOurs() }]
    case "blas": return ["seconds": KernelMeasurements.time { product.runLibrary() }]
    case "pack": return ["seconds": KernelMeasurements.time { product.prepare() }]
    case let other: throw CommandError("there is no side \"\(other)\"")
    }
  }

  private func product(_ kind: String, _ m: Int, _ n: Int, _ k: Int) throws -> any MeasuredProduct {
    let key = "\(kind) \(m) \(n) \(k)"
    if let product = products[key] { return product }
    let product: any MeasuredProduct
    switch kind {
    case "forward": product = ForwardProduct(table, m: m, n: n, k: k)
    case "backward": product = BackwardProduct(table, m: m, n: n, k: k)
    case "gradient": product = GradientProduct(table, m: m, n: n, k: k)
    default: throw CommandError("there is no kind \"\(kind)\"")
    }
    product.prepare()
    product.runOurs()
    product.runLibrary()
    let difference = product.largestDifference()
    guard difference <= 1e-3 else { throw CommandError("\(key): the two sides differ by \(difference)") }
    products[key] = product
    return product
  }

  private static func time(_ body: () -> Void) -> Double {
    body()
    var calls = 1
    while true {
      let start = Stopwatch.seconds
      for _ in 0..<calls { body() }
      let seconds = Stopwatch.seconds - start
      if seconds >= 0.01 { return seconds / Double(calls) }
      calls = max(calls * 2, Int(Double(calls) * 0.011 / max(seconds, 1e-7)))
    }
  }
}
