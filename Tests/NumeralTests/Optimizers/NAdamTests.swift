import Foundation
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct NAdamTests {
  static let settings: [(beta1: Double, decay: Double)] = [
    (0.9, 0.004), (0.5, 0.5), (0, 0.004), (0.999_999, 0), (0.999_999, 1), (0.999_999, 0.35), (0.999, 0.01),
  ]

  @Test(
    "The product of momenta is that of the steps one by one, up to where 1 − product no longer changes",
    arguments: settings)
  func product(beta1: Double, decay: Double) {
    var expected = 1.0
    for step in 1...6_000 {
      let momentum = beta1 * (1 - 0.5 * pow(0.96, Double(step) * decay))
      expected *= momentum
      #expect(
        Tolerance(absolute: 0, relative: 1e-14).accepts(
          NAdam.momentum(beta1: beta1, decay: decay, step: step), reference: momentum))
      // Each factor rounds.
      let found = NAdam.product(beta1: beta1, decay: decay, steps: step)
      #expect(
        Tolerance(absolute: 0x1p-60, relative: 1e-11).accepts(found, reference: expected), "\(step)")
    }
  }

  @Test("Momentum begins at half of beta1 and ends at beta1")
  func momentum() {
    #expect(NAdam.momentum(beta1: 0.9, decay: 0, step: 1_000_000) == 0.45)
    #expect(NAdam.momentum(beta1: 0.9, decay: 1, step: 1_000_000) == 0.9)
    #expect(NAdam.product(beta1: 0.9, decay: 0.004, steps: .max / 2) == 0)
  }
}
