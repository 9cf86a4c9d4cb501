import Foundation
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// What tests of whole trainings need: an optimised program, and the real data.
enum Optimised {
  /// True if the program under test was built for release: the tests were, or `NUMERAL_PROGRAM` names another.
  static var program: Bool {
    #if DEBUG
      ProcessInfo.processInfo.environment["NUMERAL_PROGRAM"] != nil
    #else
      true
    #endif
  }

  /// The folder of datasets, if MNIST is in it.
  static let data: String? = ProcessInfo.processInfo.environment["NUMERAL_DATA"].flatMap {
    FileManager.default.fileExists(atPath: $0 + "/mnist") ? $0 : nil
  }
}

/// The recipe on the built-in digits; it needs no data.
@Suite struct DigitsRecipeTests {
  @Test("digits reads 96 % of its test part, as a mean of seeds 1 to 5")
  func accuracy() throws {
    let result = try Workplace().run(
      "train", "digits", "--seeds", "5", "--json", "-q", "--no-save", timeout: 300)
    let mean = try #require(try result.objects().last?["testAccuracy"]?["mean"]?.asDouble)
    #expect(mean >= 0.96)
  }
}
