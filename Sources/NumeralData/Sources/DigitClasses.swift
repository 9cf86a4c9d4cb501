/// The ten classes of every set that is read here.
enum DigitClasses {
  /// The names, in label order.
  static let names = (0...9).map { String($0) }
}
