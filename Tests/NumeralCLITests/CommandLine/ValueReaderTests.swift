import Numeral
import NumeralWorkbench
import Testing

@testable import NumeralCLI

@Suite struct ValueReaderTests {
  /// What no number may be, whatever its type.
  static let noNumbers = [
    "", " ", "nan", "NaN", "inf", "-inf", "infinity", "1e400", "-1e400", "٣", "１", "1,5", "0x10", "1 ", " 1", "+1",
    "--1",
    "1e", "1e+", ".", "-", "-.", "1.2.3", "1_000", "1\u{0}", "½", "e5",
  ]

  @Test(arguments: noNumbers)
  func whatIsNoNumberIsRefused(text: String) {
    #expect(ValueReader<Double>.positiveNumber(placeholder: "X").read(text) == nil)
    #expect(ValueReader<Int>.wholeNumber(in: Int.min...Int.max).read(text) == nil)
    #expect(ValueReader<UInt64>.seed.read(text) == nil)
    #expect(ValueReader<TrainingOptions.BatchSize>.batchSize.read(text) == nil)
    #expect(ValueReader<ValidationChoice>.validation.read(text) == nil)
    #expect(ValueReader<Initializer>.initializer.read("normal:" + text) == nil)
    if text == "1,5" { return }
    #expect(ValueReader<LayerSizes>.layers.read(text) == nil)
    #expect(ValueReader<IndexSelection>.indices.read(text) == nil)
  }

  @Test(arguments: [("1", 1), ("0.5", 0.5), (".5", 0.5), ("5.", 5), ("1e-3", 0.001), ("2E+2", 200), ("1e-300", 1e-300)])
  func decimalNumbersAreRead(text: String, value: Double) {
    #expect(Number.decimal(text) == value)
    #expect(Number.decimal("-" + text) == -value)
    #expect(ValueReader<Double>.positiveNumber(placeholder: "X").read(text) == value)
    #expect(ValueReader<Double>.positiveNumber(placeholder: "X").read("-" + text) == nil)
  }

  @Test(arguments: ["0", "-0", "0.0", "1e-400"])
  func zeroIsNotPositive(text: String) {
    #expect(ValueReader<Double>.positiveNumber(placeholder: "X").read(text) == nil)
  }

  @Test func wholeNumbersStayInRange() {
    let reader = ValueReader<Int>.wholeNumber(in: 1...1024)
    #expect(reader.read("1") == 1)
    #expect(reader.read("1024") == 1024)
    #expect(reader.read("0") == nil)
    #expect(reader.read("1025") == nil)
    #expect(reader.read("99999999999999999999") == nil)
    #expect(reader.expected == "a whole number from 1 to 1024")
    #expect(ValueReader<Int>.wholeNumber(in: 0...Int.max).expected == "a whole number from 0")
  }

  @Test func seedsUseAllSixtyFourBits() {
    #expect(ValueReader<UInt64>.seed.read("18446744073709551615") == .max)
    #expect(ValueReader<UInt64>.seed.read("18446744073709551616") == nil)
    #expect(ValueReader<UInt64>.seed.read("-1") == nil)
  }

  @Test func recipesAreNamesInTheOrderOfTheListEachOnce() {
    let reader = ValueReader<RecipeSelection>.recipes
    #expect(reader.read("digits,tiny,digits")?.recipes.map(\.name) == ["tiny", "digits"])
    for text in ["", "tiny,", ",tiny", "tiny, digits", "Tiny", "tiny;digits"] { #expect(reader.read(text) == nil) }
  }

  @Test func batchSizesAreCountsOrFull() {
    #expect(ValueReader<TrainingOptions.BatchSize>.batchSize.read("128") == .count(128))
    #expect(ValueReader<TrainingOptions.BatchSize>.batchSize.read("full") == .full)
    #expect(ValueReader<TrainingOptions.BatchSize>.batchSize.read("0") == nil)
    #expect(ValueReader<TrainingOptions.BatchSize>.batchSize.read("-5") == nil)
  }

  @Test func validationIsACountOrAFraction() {
    let reader = ValueReader<ValidationChoice>.validation
    #expect(reader.read("0") == ValidationChoice(size: nil))
    #expect(reader.read("6000")?.size == .count(6000))
    #expect(reader.read("1")?.size == .count(1))
    #expect(reader.read("0.1")?.size == .fraction(0.1))
    for text in ["-1", "1.0", "0.0", "1.5", "-0.1"] { #expect(reader.read(text) == nil) }
  }

  @Test func layersAreAListOfSizes() {
    let reader = ValueReader<LayerSizes>.layers
    #expect(reader.read("256,64") == LayerSizes(sizes: [256, 64]))
    #expect(reader.read("10") == LayerSizes(sizes: [10]))
    #expect(reader.read("none") == LayerSizes(sizes: []))
    #expect(reader.read(Array(repeating: "1", count: 64).joined(separator: ",")) != nil)
    for text in [
      "0", "10,", ",10", "10,,10", "10;10", "65537", "-1", Array(repeating: "1", count: 65).joined(separator: ","),
    ] {
      #expect(reader.read(text) == nil)
    }
  }

  @Test func initializationsMayHaveANumber() {
    let reader = ValueReader<Initializer>.initializer
    #expect(reader.read("he") == .he)
    #expect(reader.read("normal:0.01") == .normal(standardDeviation: 0.01))
    #expect(reader.read("uniform:0.5") == .uniform(-0.5...0.5))
    for text in ["He", "normal", "normal:", "normal:-1", "uniform:-1", "he:1", "xavier"] {
      #expect(reader.read(text) == nil)
    }
  }

  @Test(arguments: [
    ("3", [3]), ("0-9", Array(0...9)), ("1,5,7-9", [1, 5, 7, 8, 9]), ("5,1,5", [5, 1, 5]), ("4-4", [4]),
    ("2147483647", [2_147_483_647]),
  ])
  func indicesKeepTheirOrder(text: String, indices: [Int]) throws {
    let selection = try #require(ValueReader<IndexSelection>.indices.read(text))
    #expect(Array(selection.indices) == indices)
    #expect(selection.count == indices.count)
    #expect(selection.upperBound == indices.max())
  }

  @Test(arguments: ["", ",", "1,", "-", "-1", "1-", "3-1", "1-2-3", "a", "0--1", "2147483648", "0-99999999999"])
  func whatIsNoIndexIsRefused(text: String) {
    #expect(ValueReader<IndexSelection>.indices.read(text) == nil)
  }
}
