public import Numeral

// How accuracies and scores are written everywhere; `–` for what is undefined.

extension Quantity {
  /// An accuracy: `97.63 %`.
  public static func accuracy(_ share: Double?) -> String { percent(share ?? .nan, digits: 2) }

  /// A loss or a score: `0.0851`.
  public static func score(_ value: Double?) -> String { fixed(value ?? .nan, digits: 4) }

  /// Where an accuracy lies: `97.31 to 97.91 %`.
  public static func interval(_ interval: WilsonInterval?) -> String {
    interval.map { "\(fixed($0.low * 100, digits: 2)) to \(fixed($0.high * 100, digits: 2)) %" } ?? undefined
  }
}
