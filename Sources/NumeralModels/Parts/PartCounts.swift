/// The number of images in each part of a divided dataset.
public struct PartCounts: Sendable, Hashable {
  /// The images that were learnt from.
  public var train: Int
  /// Those that were watched; nil if there were none.
  public var validation: Int?
  /// Those that were measured at the end; nil if there were none.
  public var test: Int?

  /// Counts.
  public init(train: Int, validation: Int?, test: Int?) {
    (self.train, self.validation, self.test) = (train, validation, test)
  }

  /// As JSON with fixed keys.
  package var json: JSONValue {
    .object([("train", .integer(train)), ("validation", JSONValue(validation)), ("test", JSONValue(test))])
  }

  /// The counts of a JSON value as ``json`` writes it; nil if it is none.
  package init?(json: JSONValue) {
    guard let train = json["train"]?.asInt, let validation = json["validation"], let test = json["test"] else {
      return nil
    }
    self.init(train: train, validation: validation.asInt, test: test.asInt)
  }

  /// The counts that there are, by the name of their part.
  package var named: [(part: PartName, count: Int)] {
    [(PartName.train, train)] + (validation.map { [(PartName.validation, $0)] } ?? [])
      + (test.map { [(PartName.test, $0)] } ?? [])
  }
}
