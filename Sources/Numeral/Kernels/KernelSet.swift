internal import CNumeralCPU
internal import NumeralKernels

#if arch(x86_64) && !hasFeature(Embedded)
  internal import NumeralKernelsAVX2
  internal import NumeralKernelsAVX512
#endif

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The arithmetic of one instruction set, chosen once for a training or an inference.
///
/// ``available`` lists the sets. ``preferred`` is the fastest of them unless the environment variable `NUMERAL_KERNELS`
/// names another. AVX2 and AVX-512 give the same bits; the baseline has no fused multiply-add and differs in the last
/// bits.
@safe public struct KernelSet: @unchecked Sendable {
  /// `baseline`, `avx2` or `avx512`.
  public let name: String
  let table: numeral_kernel_table

  private init(_ table: numeral_kernel_table) {
    unsafe self.table = unsafe table
    name = unsafe String(cString: table.name)
  }

  /// The sets this machine can run, slowest first.
  public static let available: [KernelSet] = {
    var sets = [unsafe KernelSet(NumeralKernels.kernelTable())]
    #if arch(x86_64) && !hasFeature(Embedded)
      let level = numeral_cpu_level()
      if level >= 3 { sets.append(unsafe KernelSet(NumeralKernelsAVX2.kernelTable())) }
      if level >= 4 { sets.append(unsafe KernelSet(NumeralKernelsAVX512.kernelTable())) }
    #endif
    return sets
  }()

  /// The names of all sets, whether or not this machine can run them.
  public static let names = ["baseline", "avx2", "avx512"]

  /// The set with a given name.
  ///
  /// - Throws: ``KernelError`` if there is no such set or this machine cannot run it.
  public static func named(_ name: String) throws(KernelError) -> KernelSet {
    if let set = available.first(where: { $0.name == name }) { return set }
    if names.contains(name) { throw .notOnThisMachine(name, available: available.map { $0.name }) }
    throw .unknown(name)
  }

  /// The set that `NUMERAL_KERNELS` names, or the fastest if it names none.
  ///
  /// - Throws: ``KernelError`` if the variable names a set that is not available.
  public static func fromEnvironment() throws(KernelError) -> KernelSet {
    #if canImport(Glibc) || canImport(Darwin)
      if let value = unsafe getenv("NUMERAL_KERNELS"), unsafe value.pointee != 0 {
        return try named(unsafe String(cString: value))
      }
    #endif
    return fastest
  }

  /// The set that a network uses if none is given: the one named in the environment if it is available, else the
  /// fastest.
  public static let preferred: KernelSet = {
    do throws(KernelError) { return try fromEnvironment() } catch { return fastest }
  }()

  private static var fastest: KernelSet { available[available.count - 1] }
}
