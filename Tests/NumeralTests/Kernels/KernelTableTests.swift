import CNumeralCPU
import Testing

@testable import Numeral

@Suite struct KernelTableTests {
  @Test("Every set has every kernel", arguments: KernelSet.available)
  func complete(_ kernels: KernelSet) {
    // A table is nothing but addresses.
    withUnsafeBytes(of: kernels.table) { bytes in
      let addresses = bytes.bindMemory(to: UInt.self)
      #expect(addresses.count > 70 && bytes.count % MemoryLayout<UInt>.size == 0)
      let missing = addresses.indices.filter { addresses[$0] == 0 }
      #expect(missing.isEmpty, "entry 0 is the name, the others are kernels in the order of the headers")
    }
  }
}
