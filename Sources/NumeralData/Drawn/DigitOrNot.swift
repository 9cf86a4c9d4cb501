import Numeral

/// Images of digits and of other things. The built-in detector learns from them when to answer "not sure".
///
/// A network that only saw digits is as sure of an A as of a 4. A network that also saw letters is not.
///
/// Both classes hold images from MNIST and drawn images. Without drawn digits the network would take every drawn image
/// for class "other". Without spoilt MNIST digits it would take every image in MNIST's style for a digit. Class "other"
/// holds letters and signs, scribbles, words, blots, and MNIST's digits that are turned on their side or lie over each
/// other.
///
/// | class | images for every 6 images of MNIST |
/// |---|---|
/// | digit | MNIST's six, and two drawn |
/// | other | two letters, a sign, two scribbles, a word, a blot, and one spoilt digit of MNIST |
public enum DigitOrNot {
  /// The name of this dataset as a source.
  public static let name = "digit-or-not"
  /// The classes, in label order.
  public static let classNames = ["digit", "other"]

  /// Creates the whole set from MNIST.
  ///
  /// - Throws: ``DataError`` if the images in MNIST's folder are not labelled digits of 28×28.
  static func dataset(_ digits: Dataset, folder: String) throws(DataError) -> Dataset {
    let parts = [digits.training] + [digits.test].compactMap { $0 }
    var whole: [LabeledImages] = []
    for (part, images) in parts.enumerated() {
      guard images.shape == .image(height: 28, width: 28), images.isLabeled, images.classCount == 10 else {
        throw .notDigits(folder: folder, found: images.shape)
      }
      do {
        whole.append(try DigitOrNot.images(beside: images, part: part))
      } catch {
        throw .images(path: folder, error)
      }
    }
    return Dataset(
      name: name, training: whole[0], test: whole.count > 1 ? whole[1] : nil,
      attribution: digits.attribution.map { "\($0); drawings: Numeral" })
  }

  /// Puts drawn images beside the digits of a dataset.
  ///
  /// - Parameters:
  ///   - digits: Labelled images of 28×28 with ten classes.
  ///   - part: 0 for the training part, 1 for the test part. The drawn images of the two differ.
  /// - Throws: `DatasetError` for images of another shape.
  static func images(beside digits: LabeledImages, part: Int) throws(DatasetError) -> LabeledImages {
    let groups = digits.count / 6
    var pixels: [UInt8] = []
    pixels.reserveCapacity(784 * (digits.count + 10 * groups))
    var labels = [UInt8](repeating: 0, count: digits.count)
    for place in 0..<digits.count { pixels += digits.pixels(at: place) }
    for group in 0..<groups {
      var pen = Pen(RandomStream(seed: 0, purpose: .drawing, epoch: part, sample: group))
      for _ in 0..<2 {
        pixels += pen.digit()
        labels.append(0)
      }
      let others = [
        pen.one(of: Figure.letters), pen.one(of: Figure.letters), pen.one(of: Figure.signs), pen.scribble(),
        pen.scribble(), pen.word(), pen.blot(), pen.spoilt(digits, at: 6 * group),
      ]
      for other in others {
        pixels += other
        labels.append(1)
      }
    }
    return try LabeledImages(
      pixels: pixels, shape: digits.shape, pixelMaximum: 255, labels: labels, classNames: classNames)
  }
}

extension Pen {
  /// Draws a digit in one of its forms. Its points move only so far that it stays this digit.
  mutating func digit() -> [UInt8] {
    let forms = Figure.digits[integer(below: 10)]
    return draw(forms[integer(below: forms.count)], unrest: 0.04, slant: 0.3, turn: 0.12)
  }

  /// Draws a figure of a list, upright or nearly upright.
  mutating func one(of figures: [Figure]) -> [UInt8] {
    draw(figures[integer(below: figures.count)], unrest: 0.05)
  }

  /// Draws a wandering line, with corners or smooth.
  mutating func scribble() -> [UInt8] {
    let count = 7 + integer(below: 14)
    let isSmooth = integer(below: 3) > 0
    // Some lines go back and forth while they advance, as when somebody crosses out a word.
    let isZigzag = integer(below: 3) == 0
    let points = (0..<count).map { place in
      isZigzag
        ? Figure.Point(
          x: Float(place) / Float(count) + uniform(-0.1...0.1), y: place % 2 == 0 ? uniform(0...0.3) : uniform(0.7...1))
        : Figure.Point(x: uniform(0...1), y: uniform(0...1))
    }
    return draw(Figure([Figure.Stroke(points: points, isSmooth: isSmooth)]), unrest: 0, turn: 0.4)
  }

  /// Draws a word: two to four letters side by side, shrunk to fit the frame.
  mutating func word() -> [UInt8] {
    let letters = 2 + integer(below: 3)
    let strokes = (0..<letters).flatMap { place in
      Figure.letters[integer(below: Figure.letters.count)].strokes.map { stroke in
        Figure.Stroke(
          points: stroke.points.map { Figure.Point(x: $0.x * 0.8 + Float(place), y: $0.y) }, isSmooth: stroke.isSmooth)
      }
    }
    return draw(Figure(strokes))
  }

  /// Draws a filled patch: some discs that overlap.
  mutating func blot() -> [UInt8] {
    let dots = 1 + integer(below: 5)
    let lines = (0..<dots).map { _ in
      let point = Figure.Point(x: uniform(0...1), y: uniform(0...1))
      return [point, Figure.Point(x: point.x + uniform(-0.3...0.3), y: point.y + uniform(-0.3...0.3))]
    }
    return Pen.ink(lines, share: uniform(0.3...0.7))
  }

  /// Spoils a digit of a dataset: turns it on its side, or lays another digit over it.
  mutating func spoilt(_ digits: LabeledImages, at place: Int) -> [UInt8] {
    let own = digits.pixels(at: place)
    // A 0 on its side is still a 0, a 1 is a line, and an 8 is nearly an 8.
    let isTurned = ![0, 1, 8].contains(digits.labels[place]) && integer(below: 2) == 0
    var ink = [Float](repeating: 0, count: 784)
    if isTurned {
      for y in 0..<28 {
        for x in 0..<28 { ink[y * 28 + x] = Float(own[(27 - x) * 28 + y]) / 255 }
      }
    } else {
      let other = digits.pixels(at: place + 1 + integer(below: 5))
      let (dx, dy) = (integer(below: 7), integer(below: 7))
      // Two digits at half their width fit side by side.
      for y in 0..<28 {
        for x in 0..<14 {
          ink[y * 28 + x] = (Float(own[y * 28 + 2 * x]) + Float(own[y * 28 + 2 * x + 1])) / 510
        }
      }
      for y in 0..<28 - dy {
        for x in 0..<14 {
          let value = (Float(other[y * 28 + 2 * x]) + Float(other[y * 28 + 2 * x + 1])) / 510
          let target = (y + dy) * 28 + x + 14 - dx
          ink[target] = max(ink[target], value)
        }
      }
    }
    return Pen.centred(ink)
  }
}
