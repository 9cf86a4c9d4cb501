import Foundation
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct KernelSetTests {
  @Test("The sets that NUMERAL_REQUIRE_KERNELS names are there, so that no run skips them unseen")
  func required() {
    let names = ProcessInfo.processInfo.environment["NUMERAL_REQUIRE_KERNELS"] ?? ""
    let available = KernelSet.available.map { $0.name }
    for name in names.split(separator: ",") {
      #expect(available.contains(String(name)), "this machine has \(available)")
    }
  }

  @Test("The baseline is always there, names are known, and each set is found by its own")
  func names() throws {
    #expect(KernelSet.available.first?.name == "baseline")
    for kernels in KernelSet.available {
      #expect(KernelSet.names.contains(kernels.name))
      #expect(try KernelSet.named(kernels.name).name == kernels.name)
    }
  }

  @Test("A set that cannot be had is a sentence, not another set")
  func errors() {
    #expect(throws: KernelError.unknown("sse9")) { try KernelSet.named("sse9") }
    let table: [(KernelError, String)] = [
      (.unknown("sse9"), "there is no kernel set \"sse9\", expected one of baseline, avx2, avx512"),
      (
        .notOnThisMachine("avx512", available: ["baseline", "avx2"]),
        "this machine cannot run the kernel set \"avx512\", it can run baseline, avx2"
      ),
    ]
    for (error, text) in table { #expect(error.description == text) }
  }
}
