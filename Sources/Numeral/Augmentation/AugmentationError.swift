/// Why images cannot be distorted as requested.
public enum AugmentationError: Error, Equatable {
  /// A setting out of its range.
  case setting(name: String, found: String, expected: String)
  /// Samples that are lists of numbers: these have no neighbouring pixels.
  case notImages(Shape)
}

extension AugmentationError: CustomStringConvertible {
  /// One sentence: what is wrong and what was expected.
  public var description: String {
    switch self {
    case .setting(let name, let found, let expected):
      "the augmentation's \(name) is \(found), expected \(expected)"
    case .notImages(let shape):
      "the samples are lists of \(shape) numbers, expected images with height and width; turn augmentation off"
    }
  }
}

extension Augmentation {
  /// Throws the first setting that is out of its range.
  public func check() throws(AugmentationError) {
    try check("shift", shift, 0...100, "pixels")
    try check("rotation", rotation, 0...180, "degrees")
    try check("smallest scale", scale.lowerBound, 0.1...10)
    try check("largest scale", scale.upperBound, 0.1...10)
    try check("shear", shear, 0...2)
    if let elastic {
      try check("elastic alpha", elastic.alpha, 0...1000, "pixels")
      try check("elastic sigma", elastic.sigma, 0.5...20, "pixels")
    }
    try check("stroke", stroke, 0...1)
    try check("noise", noise, 0...1)
    guard (0...1000).contains(cutout) else {
      throw .setting(name: "cutout", found: "\(cutout)", expected: "0 to 1000 pixels")
    }
  }

  /// Throws if samples of a shape cannot be distorted.
  func check(_ shape: Shape) throws(AugmentationError) {
    if case .features = shape, self != .none { throw .notImages(shape) }
  }

  private func check(
    _ name: String, _ value: Double, _ range: ClosedRange<Double>, _ unit: String? = nil
  ) throws(AugmentationError) {
    // NaN lies in no range.
    guard range.contains(value) else {
      throw .setting(
        name: name, found: "\(value)",
        expected: "\(AugmentationError.short(range.lowerBound)) to \(AugmentationError.short(range.upperBound))"
          + (unit.map { " \($0)" } ?? ""))
    }
  }
}

extension AugmentationError {
  /// A number without a needless `.0`.
  fileprivate static func short(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : "\(value)"
  }
}
