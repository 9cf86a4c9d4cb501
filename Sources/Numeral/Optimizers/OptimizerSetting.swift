/// A setting of an optimizer other than the learning rate.
public struct OptimizerSetting: Sendable, Hashable {
  /// The name that files record.
  public let name: String
  /// Its value.
  public internal(set) var value: Double
  /// The range of its value.
  public let range: Range

  /// Creates a setting.
  init(_ name: String, _ value: Double, _ range: Range) {
    self.name = name
    self.value = value
    self.range = range
  }

  /// Ranges of settings.
  public enum Range: Sendable, Hashable {
    /// A share that is kept, as in momentum or smoothing: 0 to 0.999999.
    case share
    /// A number added to a root: 1e-30 to 1. The root of a mean square may be 0, and a float does not reliably separate
    /// anything smaller from 0.
    case epsilon
    /// A share of the rate by which parameters shrink: 0 or more, and less than 1 / rate.
    case weightDecay
    /// Another learning rate: a positive finite number.
    case rate
    /// 0 to 1.
    case fraction

    /// The expected range, as the end of a sentence.
    public var expected: String {
      switch self {
      case .share: "0 to 0.999999"
      case .epsilon: "1e-30 to 1"
      case .weightDecay: "0 or more, and less than 1 / learning rate"
      case .rate: "a positive finite number"
      case .fraction: "0 to 1"
      }
    }

    /// Whether a value is in the range; NaN never is.
    func contains(_ value: Double, largestRate: Double) -> Bool {
      switch self {
      case .share: value >= 0 && value <= 0.999_999
      case .epsilon: value >= 1e-30 && value <= 1
      case .weightDecay: value >= 0 && value * largestRate < 1
      case .rate: Float(value).isFinite && Float(value) > 0
      case .fraction: value >= 0 && value <= 1
      }
    }
  }
}
