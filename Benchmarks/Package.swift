// swift-tools-version: 6.2
import PackageDescription

// What the benchmarks need of the engine, and its peak and OpenBLAS beside it. A package of its own, so that nobody who
// builds the program meets OpenBLAS.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// The measured loops of one instruction set, compiled as the kernels are.
func peak(_ name: String, march: String?, define: String) -> Target {
  let machine = march.map { ["-Xcc", "-march=\($0)"] } ?? []
  return .target(
    name: name, swiftSettings: settings + [.unsafeFlags(["-Ounchecked"] + machine), .define(define)])
}

#if arch(x86_64)
  let peaks = [
    peak("PeakBaseline", march: "x86-64", define: "PEAK_BASELINE"),
    peak("PeakAVX2", march: "x86-64-v3", define: "PEAK_AVX2"),
    peak("PeakAVX512", march: "x86-64-v4", define: "PEAK_AVX512"),
  ]
#else
  let peaks = [peak("PeakBaseline", march: nil, define: "PEAK_BASELINE")]
#endif

let package = Package(
  name: "NumeralBenchmarks",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "numeral-bench", targets: ["NumeralBench"])],
  dependencies: [.package(name: "Numeral", path: "..")],
  targets: [
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .executableTarget(
      name: "NumeralBench",
      dependencies: [
        "COpenBLAS",
        .product(name: "Numeral", package: "Numeral"),
        .product(name: "NumeralData", package: "Numeral"),
        .product(name: "NumeralKernels", package: "Numeral"),
      ] + peaks.map { .target(name: $0.name) },
      swiftSettings: settings),
  ] + peaks,
  swiftLanguageModes: [.v6]
)
