import NumeralWorkbench
import Synchronization
import Testing

@testable import NumeralCLI

@Suite struct QuantityTests {
  @Test(
    arguments: [
      (0, "0.0"), (7.25, "7.3"), (12.3, "12"), (999, "999"), (999.6, "1.00k"), (12_345, "12.3k"), (123_456, "123k"),
      (1_500_000, "1.50M"), (2e13, "20.0T"), (.nan, "–"), (-1, "–"),
    ] as [(Double, String)])
  func amountsAreShort(value: Double, text: String) {
    #expect(Quantity.short(value) == text)
  }

  @Test(
    arguments: [
      (0.4249, "0.42 s"), (9.999, "10.0 s"), (59.94, "59.9 s"), (59.96, "1 min 00 s"), (245, "4 min 05 s"),
      (3599.6, "1 h 00 min"), (7380, "2 h 03 min"), (.infinity, "–"),
    ] as [(Double, String)])
  func durationsAreForPeople(seconds: Double, text: String) {
    #expect(Quantity.duration(seconds) == text)
  }

  @Test(
    arguments: [
      (0, "0.0 %"), (1, "100.0 %"), (0.9999, ">99.9 %"), (0.9994, "99.9 %"), (0.00001, "<0.1 %"), (0.0006, "0.1 %"),
      (0.97625, "97.6 %"), (.nan, "–"),
    ] as [(Double, String)])
  func sharesNeverLookMoreCertainThanTheyAre(share: Double, text: String) {
    #expect(Quantity.percent(share) == text)
  }

  @Test(
    arguments: [
      (0.3125, 3, "0.313"), (-0.04, 1, "0.0"), (-1.25, 1, "-1.3"), (2, 0, "2"), (0.05, 2, "0.05"), (1e300, 2, "1e+300"),
      (.nan, 2, "–"),
    ] as [(Double, Int, String)])
  func decimalsAreFixed(value: Double, digits: Int, text: String) {
    #expect(Quantity.fixed(value, digits: digits) == text)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (60_000, "60,000"), (-1_234_567, "-1,234,567"), (.min, "-9,223,372,036,854,775,808"),
  ])
  func thousandsAreGrouped(value: Int, text: String) {
    #expect(Quantity.grouped(value) == text)
  }
}
