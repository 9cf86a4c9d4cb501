public import Numeral

/// What digits look like, apart from any network: a network only tells digits from each other, and is as sure of an A.
///
/// For each digit it knows how often each count of ``ShapeFeatures`` occurs, and the flat space that its pictures lie near (mean
/// and first principal axes of blurred 14×14 pictures). A shape is as likely a digit c as
///
/// ```
/// likeness = Σ_f max(−8, ln(n_cf(value) / max n_cf)) − 100 · |x − projection on c|² / |x|²
/// ```
///
/// which is 0 for a perfect one and falls from there. Learnt from the first pictures of each digit in MNIST's training part.
/// Sources: for the residual, M. Turk, A. Pentland, 1991, *Eigenfaces for recognition*, doi:10.1162/jocn.1991.3.1.71; for the
/// counts, naive Bayes, M. Maron, 1961, *Automatic indexing*, doi:10.1145/321075.321084.
public struct ShapeModel: Sendable, Equatable {
  /// The principal axes of each digit.
  static let axisCount = 12
  /// The numbers of a blurred picture.
  static let pixelCount = 196
  /// The pictures of each digit that are learnt from.
  static let learntPictures = 600

  /// One digit's looks.
  struct Digit: Sendable, Equatable {
    /// `[features, values]`: how often each count has each value.
    var counts: [UInt16]
    /// `[196]`, 0 ... 1 in steps of 1/255.
    var mean: [UInt8]
    /// `[axes, 196]`: orthonormal axes in steps of ``step``.
    var axes: [Int8]
  }

  /// The step in which the numbers of an axis are kept.
  static let step: Float = 1.0 / 254

  let digits: [Digit]

  init(digits: [Digit]) {
    self.digits = digits
  }

  /// Learns from labelled pictures of 28×28, the first ones of each digit.
  ///
  /// - Returns: nil if a digit has too few pictures.
  public init?(learning images: LabeledImages) {
    guard images.shape == .image(height: 28, width: 28), images.isLabeled, images.classCount == 10 else { return nil }
    var digits: [Digit] = []
    for label in 0..<10 {
      let places = images.labels.indices.filter { images.labels[$0] == label }.prefix(Self.learntPictures)
      guard places.count == Self.learntPictures else { return nil }
      digits.append(Digit(learning: places.map { images.pixels(at: $0) }))
    }
    self.digits = digits
  }

  /// How much a picture looks like a digit, 0 or less; nil without ink.
  ///
  /// - Parameters:
  ///   - pixels: `[28, 28]`, 0 paper ... 255 ink.
  ///   - label: The digit that it was read as.
  public func likeness(of pixels: [UInt8], as label: Int) -> Float? {
    guard digits.indices.contains(label), let counts = ShapeFeatures.counts(pixels) else { return nil }
    return digits[label].likelihood(counts) - 100 * digits[label].residual(ShapeModel.blurred(pixels))
  }

  /// The picture blurred and halved: `[14, 14]`, 0 ... 1.
  static func blurred(_ pixels: [UInt8]) -> [Float] {
    // A margin, so that what is blurred over the border is lost there as it would be in the middle of paper.
    var plane = Plane(width: 30, height: 30, repeating: 0)
    for y in 0..<28 {
      for x in 0..<28 { plane[x + 1, y + 1] = Float(pixels[y * 28 + x]) / 255 }
    }
    return plane.blurred().cropped(PixelBox(x: 1, y: 1, width: 28, height: 28)).reduced(by: 2).values
  }
}

extension ShapeModel.Digit {
  /// Learns from pictures of 28×28.
  fileprivate init(learning pictures: [[UInt8]]) {
    counts = [UInt16](repeating: 0, count: ShapeFeatures.count * ShapeFeatures.limit)
    for picture in pictures {
      for (feature, value) in (ShapeFeatures.counts(picture) ?? []).enumerated() {
        counts[feature * ShapeFeatures.limit + value] += 1
      }
    }
    let n = ShapeModel.pixelCount
    let blurred = pictures.map { ShapeModel.blurred($0) }
    var sums = [Float](repeating: 0, count: n)
    for picture in blurred { for place in 0..<n { sums[place] += picture[place] } }
    let mean = sums.map { UInt8(($0 / Float(pictures.count) * 255).rounded()) }
    self.mean = mean
    let centred = blurred.map { picture in (0..<n).map { picture[$0] - Float(mean[$0]) / 255 } }
    var covariance = [Float](repeating: 0, count: n * n)
    for picture in centred {
      for row in 0..<n {
        let factor = picture[row]
        if factor == 0 { continue }
        for column in 0..<n { covariance[row * n + column] += factor * picture[column] }
      }
    }
    axes = PrincipalAxes.find(covariance, size: n, count: ShapeModel.axisCount).flatMap { axis in
      axis.map { Int8(max(-127, min(127, ($0 / ShapeModel.step).rounded()))) }
    }
  }

  /// `Σ_f max(−8, ln(n(value) / max n))`, half a picture added to each count.
  func likelihood(_ values: [Int]) -> Float {
    values.enumerated().reduce(0) { sum, feature in
      let start = feature.offset * ShapeFeatures.limit
      let row = counts[start..<start + ShapeFeatures.limit]
      let share = (Float(row[start + feature.element]) + 0.5) / (Float(row.max() ?? 0) + 0.5)
      return sum + max(-8, Temperature.logarithm(share))
    }
  }

  /// The share of a blurred picture's square that the digit's flat space leaves out, 0 ... 1 and slightly more.
  func residual(_ picture: [Float]) -> Float {
    let n = ShapeModel.pixelCount
    let centred = (0..<n).map { picture[$0] - Float(mean[$0]) / 255 }
    var rest = centred
    for axis in 0..<ShapeModel.axisCount {
      let numbers = (0..<n).map { Float(axes[axis * n + $0]) * ShapeModel.step }
      let share = (0..<n).reduce(Float(0)) { $0 + numbers[$1] * centred[$1] }
      for place in 0..<n { rest[place] -= share * numbers[place] }
    }
    let whole = picture.reduce(0) { $0 + $1 * $1 }
    return whole > 0 ? rest.reduce(0) { $0 + $1 * $1 } / whole : 1
  }
}

/// The axes along which numbers spread most.
enum PrincipalAxes {
  /// The first eigenvectors of a symmetric matrix, by orthogonal iteration.
  ///
  /// Source: H. Rutishauser, 1969, *Computational aspects of F. L. Bauer's simultaneous iteration method*,
  /// doi:10.1007/BF02165269.
  /// - Parameter matrix: `[size, size]`.
  /// - Returns: `[count][size]`, orthonormal.
  static func find(_ matrix: [Float], size: Int, count: Int) -> [[Float]] {
    // Any start with a part along every axis will do.
    var axes = (0..<count).map { axis in
      var random = RandomStream(seed: UInt64(axis), purpose: .draw, epoch: 0)
      return (0..<size).map { _ in Float(2 * random.uniform() - 1) }
    }
    orthonormalise(&axes)
    for _ in 0..<30 {
      for axis in axes.indices {
        var product = [Float](repeating: 0, count: size)
        for row in 0..<size {
          let factor = axes[axis][row]
          for column in 0..<size { product[column] += factor * matrix[row * size + column] }
        }
        axes[axis] = product
      }
      orthonormalise(&axes)
    }
    return axes
  }

  private static func orthonormalise(_ axes: inout [[Float]]) {
    for axis in axes.indices {
      // Twice, since once leaves rounding errors between vectors that are nearly parallel.
      for _ in 0..<2 {
        for other in 0..<axis {
          let share = zip(axes[axis], axes[other]).reduce(Float(0)) { $0 + $1.0 * $1.1 }
          for place in axes[axis].indices { axes[axis][place] -= share * axes[other][place] }
        }
      }
      let length = axes[axis].reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
      if length > 0 { axes[axis] = axes[axis].map { $0 / length } }
    }
  }
}
