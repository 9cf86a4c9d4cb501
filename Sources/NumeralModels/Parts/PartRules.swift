public import Numeral
public import NumeralData

/// How a dataset is divided into training, validation and test part.
///
/// The order is fixed: the test part is set aside first (the official one, or a stratified share drawn by the seed),
/// then so many rows are drawn from the rest, then the validation part is held out, then classes are balanced. A model
/// file records the rules and the seed, so the same parts can be made again.
public struct PartRules: Sendable, Hashable {
  /// Where the test part comes from.
  public enum Test: Sendable, Hashable {
    /// The official part; where there is none, a stratified share of the whole.
    case officialOr(fraction: Double)
    /// The official part or none.
    case official
  }

  /// Where the test part comes from.
  public var test: Test
  /// How many rows are drawn from those outside the test part; nil, or a number above their count, takes all.
  public var drawing: Int?
  /// How much is held out for validation, stratified; nil trains on everything.
  public var validation: PartSize?
  /// How many images of each class are trained on; nil takes all.
  public var perClass: Int?

  /// Creates rules.
  public init(
    test: Test = .officialOr(fraction: 0.2), drawing: Int? = nil, validation: PartSize? = .fraction(0.1),
    perClass: Int? = nil
  ) {
    self.test = test
    self.drawing = drawing
    self.validation = validation
    self.perClass = perClass
  }

  /// Divides a dataset.
  ///
  /// - Throws: `DatasetError` if a part cannot be made.
  public func parts(of dataset: Dataset, seed: UInt64) throws(DatasetError) -> DataParts {
    var training = dataset.training
    guard training.isLabeled else { throw .unlabeled }
    var test = dataset.test
    if test == nil, case .officialOr(let fraction) = self.test {
      (training, test) = try training.split(holdingOut: .fraction(fraction), seed: seed, for: .testPart)
    }
    if let drawing, drawing < training.count { training = try training.drawing(drawing, seed: seed) }
    var validation: LabeledImages?
    if let size = self.validation {
      let (kept, heldOut) = try training.split(holdingOut: size, seed: seed)
      (training, validation) = (kept, heldOut)
    }
    if let perClass { training = try training.balanced(perClass: perClass, seed: seed) }
    return DataParts(training: training, validation: validation, test: test)
  }

  /// The rules as JSON, with fixed keys.
  package var json: JSONValue {
    let testRule: JSONValue
    switch test {
    case .officialOr(let fraction): testRule = .object([("official", true), ("otherwise", .number(fraction))])
    case .official: testRule = .object([("official", true), ("otherwise", nil)])
    }
    let validationRule: JSONValue
    switch validation {
    case .count(let count): validationRule = .object([("count", .integer(count))])
    case .fraction(let fraction): validationRule = .object([("fraction", .number(fraction))])
    case nil: validationRule = nil
    }
    return .object([
      ("test", testRule), ("drawing", JSONValue(drawing)), ("validation", validationRule),
      ("perClass", JSONValue(perClass)),
    ])
  }

  /// The rules of a JSON value as ``json`` writes it; nil for any other value.
  package init?(json: JSONValue) {
    guard let test = json["test"], let drawing = json["drawing"], let validation = json["validation"],
      let perClass = json["perClass"]
    else { return nil }
    self.test = test["otherwise"]?.asDouble.map { .officialOr(fraction: $0) } ?? .official
    self.drawing = drawing.asInt
    self.perClass = perClass.asInt
    if let count = validation["count"]?.asInt {
      self.validation = .count(count)
    } else if let fraction = validation["fraction"]?.asDouble {
      self.validation = .fraction(fraction)
    } else {
      self.validation = nil
    }
  }
}

/// A dataset divided.
public struct DataParts: Sendable {
  /// The images to train on.
  public let training: LabeledImages
  /// The images to validate on, never trained on.
  public let validation: LabeledImages?
  /// The images to test on, once, after training.
  public let test: LabeledImages?

  /// The number of images of each part.
  public var counts: PartCounts {
    PartCounts(train: training.count, validation: validation?.count, test: test?.count)
  }
}
