import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct UpdateTests {
  @Test("A step of gradient descent has the bits of the plain loop", arguments: KernelSet.available)
  func descend(_ kernels: KernelSet) {
    var stream = RandomStream.test(11)
    for count in [0, 16, 32, 48, 160, 1008] {
      for rate: Float in [0.1, 1e-5, 3, 1e-30] {
        let parameters = stream.awkwardFloats(count)
        let gradient = stream.awkwardFloats(count)
        let out = GuardedMatrix(parameters, rows: 1, columns: count, offset: 5)
        let along = GuardedMatrix(gradient, rows: 1, columns: count, offset: 3)
        kernels.table.descend(out.base, along.base, count, rate)
        let expected = ReferenceKernels.descend(
          parameters, along: gradient, rate: rate, rounding: kernels.rounding)
        #expect(out.bits == bits(expected), "\(count) parameters, rate \(rate)")
        #expect(out.surroundingsAreUntouched)
      }
    }
  }
}
