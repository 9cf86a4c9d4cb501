/// The ten classes of a set of digits.
enum DigitClasses {
  /// The names, in label order.
  static let names = (0...9).map { String($0) }
}
