// swift-tools-version: 6.2
import PackageDescription

// One settings array for all Swift code of ours.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// Unsafe constructs must be spelled `unsafe` where they do not belong to everyday work.
let safeSettings = settings + [.strictMemorySafety()]

/// The settings of one instruction set's twin of the kernels: same source, other machine.
func kernelSettings(march: String?, define: String) -> [SwiftSetting] {
  let machine = march.map { ["-Xcc", "-march=\($0)"] } ?? []
  return settings + [.unsafeFlags(["-Ounchecked"] + machine), .define(define)]
}

// The twins exist on x86-64 only; elsewhere the baseline is the only set.
#if arch(x86_64)
  let kernelTwins: [Target] = [
    .target(
      name: "NumeralKernelsAVX2", dependencies: ["CNumeralCPU"],
      swiftSettings: kernelSettings(march: "x86-64-v3", define: "KERNELS_AVX2")),
    .target(
      name: "NumeralKernelsAVX512", dependencies: ["CNumeralCPU"],
      swiftSettings: kernelSettings(march: "x86-64-v4", define: "KERNELS_AVX512")),
  ]
  let baselineMarch: String? = "x86-64"
#else
  let kernelTwins: [Target] = []
  let baselineMarch: String? = nil
#endif

/// The commit that `make build` names. Not `Context.gitInformation`: SwiftPM caches the manifest without regard to it, and
/// a plain `swift build` would go on naming the commit of the first build.
let commit = Context.environment["NUMERAL_COMMIT"]

let package = Package(
  name: "Numeral",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Numeral", targets: ["Numeral"]),
    .library(name: "NumeralPlain", targets: ["NumeralPlain"]),
    .library(name: "NumeralData", targets: ["NumeralData"]),
    .library(name: "NumeralFetch", targets: ["NumeralFetch"]),
    .library(name: "NumeralPlots", targets: ["NumeralPlots"]),
    .library(name: "NumeralModels", targets: ["NumeralModels"]),
    .library(name: "NumeralReading", targets: ["NumeralReading"]),
    .library(name: "NumeralRendering", targets: ["NumeralRendering"]),
    .executable(name: "numeral", targets: ["NumeralCLI"]),
    // For Benchmarks/ only: it measures the kernels themselves.
    .library(
      name: "NumeralKernels", targets: ["CNumeralCPU", "NumeralKernels"] + kernelTwins.map { $0.name }),
  ],
  targets: [
    // MARK: Floor 0: arithmetic, one source, one twin per instruction set
    .target(name: "CNumeralCPU"),
    .target(
      name: "NumeralKernels", dependencies: ["CNumeralCPU"],
      swiftSettings: kernelSettings(march: baselineMarch, define: "KERNELS_BASELINE")),

    // MARK: Floor 0: files: atomic writing, PNG, deflate, escaping, edit distance
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"]), .brew(["libdeflate"])]),
    .target(name: "NumeralFiles", dependencies: ["CDeflate"], swiftSettings: settings),

    // MARK: Floor 1: the library
    .target(
      name: "Numeral",
      dependencies: ["CNumeralCPU", "NumeralKernels"]
        + kernelTwins.map { .target(name: $0.name) },
      swiftSettings: safeSettings,
      // `rounded()` and `squareRoot()` call the C library's `round` and `sqrt` where the machine has no instruction.
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),

    // MARK: Floor 1: the same mathematics in plain loops, and the two held to each other
    .target(
      name: "NumeralPlain", swiftSettings: safeSettings,
      // `exp`, `log`, `tanh` and `pow`.
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    .target(name: "NumeralCheckup", dependencies: ["Numeral", "NumeralPlain"], swiftSettings: safeSettings),

    // MARK: Floor 1: pictures as SVG
    .target(name: "NumeralPlots", dependencies: ["NumeralFiles"], swiftSettings: settings),

    // MARK: Floor 2: bytes to datasets
    .target(name: "CNumeralAssets", exclude: ["files"]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
    .target(
      name: "NumeralData", dependencies: ["Numeral", "NumeralFiles", "CNumeralAssets", "CCrypto"],
      swiftSettings: settings),

    // MARK: Floor 2: datasets over the network
    // Loaded when something is fetched, as librsvg is when something is drawn: see its shim.h.
    .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4"]), .brew(["curl"])]),
    .target(
      name: "NumeralFetch", dependencies: ["Numeral", "NumeralData", "NumeralFiles", "CCurl", "CCrypto"],
      swiftSettings: settings),

    // MARK: Floor 2: model files, built-in models, runs
    .target(
      name: "NumeralModels", dependencies: ["CNumeralAssets", "Numeral", "NumeralData", "NumeralFiles"],
      swiftSettings: settings),

    // MARK: Floor 2: users' images to digits
    // Loaded when the first image is read.
    .systemLibrary(name: "CPixbuf", providers: [.apt(["libgdk-pixbuf-2.0-0"]), .brew(["gdk-pixbuf"])]),
    .target(
      name: "NumeralReading", dependencies: ["CPixbuf", "Numeral", "NumeralData", "NumeralFiles"],
      swiftSettings: settings),

    // MARK: Floor 2: plots to pixels
    // Loaded when the first plot is drawn, and therefore neither linked nor looked for by pkg-config: see its shim.h.
    .systemLibrary(name: "CRsvg", providers: [.apt(["librsvg2-2"]), .brew(["librsvg"])]),
    .target(name: "NumeralRendering", dependencies: ["CRsvg", "NumeralFiles"], swiftSettings: settings),

    // MARK: Floor 3: recipes, runs and their folders, model files
    .target(
      name: "NumeralWorkbench",
      dependencies: [
        "Numeral", "NumeralCheckup", "NumeralData", "NumeralFiles", "NumeralModels", "NumeralPlain", "NumeralPlots",
      ],
      swiftSettings: settings),

    // MARK: Floor 4: the command
    .target(
      name: "CNumeralVersion", cSettings: commit.map { [.define("NUMERAL_COMMIT", to: "\"commit \($0)\"")] } ?? []),
    .executableTarget(
      name: "NumeralCLI",
      dependencies: [
        "CNumeralVersion", "Numeral", "NumeralData", "NumeralFetch", "NumeralFiles", "NumeralModels", "NumeralPlots",
        "NumeralReading", "NumeralRendering", "NumeralWorkbench",
      ],
      swiftSettings: settings),

    // MARK: Tests
    .target(
      name: "NumeralTestSupport", dependencies: ["Numeral", "NumeralCheckup", "NumeralPlain"],
      path: "Tests/NumeralTestSupport", swiftSettings: settings),
    .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
    .testTarget(
      name: "NumeralTests",
      dependencies: [
        "Numeral", "NumeralCheckup", "NumeralPlain", "CNumeralCPU", "CAllocationCounter", "NumeralTestSupport",
      ],
      resources: [
        .copy("Golden/augmentation.json"), .copy("Golden/layers.json"), .copy("Golden/metrics.json"),
        .copy("Golden/networks.json"), .copy("Golden/optimizers.json"), .copy("Golden/schedules.json"),
        .copy("Golden/statistics.json"), .copy("Golden/updates.json"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "NumeralPlainTests", dependencies: ["NumeralPlain", "NumeralTestSupport"], swiftSettings: settings),
    .testTarget(
      name: "NumeralPlotsTests", dependencies: ["NumeralFiles", "NumeralPlots", "NumeralTestSupport"],
      resources: [.copy("Golden")], swiftSettings: settings),
    .testTarget(
      name: "NumeralFilesTests", dependencies: ["NumeralFiles", "NumeralTestSupport"], swiftSettings: settings),
    .testTarget(
      name: "NumeralReadingTests",
      dependencies: ["Numeral", "NumeralData", "NumeralFiles", "NumeralReading", "NumeralTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "NumeralRenderingTests",
      dependencies: ["NumeralFiles", "NumeralPlots", "NumeralRendering", "NumeralTestSupport"], swiftSettings: settings),
    .testTarget(
      name: "NumeralDataTests", dependencies: ["Numeral", "NumeralData", "NumeralFiles", "NumeralTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "NumeralFetchTests",
      dependencies: ["Numeral", "NumeralData", "NumeralFetch", "NumeralTestSupport"],
      exclude: ["misbehaving_server.py"], swiftSettings: settings),
    .testTarget(
      name: "NumeralModelsTests",
      dependencies: ["Numeral", "NumeralData", "NumeralModels", "NumeralTestSupport"], swiftSettings: settings),
    .testTarget(
      name: "NumeralWorkbenchTests",
      dependencies: [
        "Numeral", "NumeralCheckup", "NumeralData", "NumeralModels", "NumeralPlots", "NumeralWorkbench",
        "NumeralTestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "NumeralCLITests",
      dependencies: [
        "Numeral", "NumeralData", "NumeralFiles", "NumeralReading", "NumeralRendering", "NumeralWorkbench",
        "NumeralCLI",
        "NumeralTestSupport",
      ],
      swiftSettings: settings),
  ] + kernelTwins,
  swiftLanguageModes: [.v6]
)
