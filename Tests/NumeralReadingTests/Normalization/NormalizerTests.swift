import Numeral
import NumeralTestSupport
import Testing

@testable import NumeralReading

/// Strokes as images.
enum Drawn {
  /// An image with strokes in one colour on paper of another colour, see `StrokeImage`.
  static func image(
    _ strokes: [StrokeImage.Stroke], width: Int = 120, height: Int = 120, pen: Float = 8,
    paper: [Float] = [255, 255, 255], ink: [Float] = [0, 0, 0], light: (Int, Int) -> Float = { _, _ in 1 }
  ) -> Bitmap {
    Bitmap(
      width: width, height: height,
      pixels: StrokeImage.pixels(
        strokes, width: width, height: height, pen: pen, paper: paper, ink: ink, light: light))
  }

  /// A 7 whose upper left corner is at a point.
  static func seven(x: Float, y: Float, size: Float = 60) -> [StrokeImage.Stroke] {
    StrokeImage.seven(x: x, y: y, size: size)
  }
}

@Suite struct NormalizerTests {
  private let normalizer = Normalizer(.mnist)

  private func only(_ bitmap: Bitmap) throws -> NormalizedDigit {
    let image = normalizer.normalize(bitmap)
    try #require(image.digits.count == 1)
    return image.digits[0]
  }

  @Test("The longer side of a digit is 20 pixels, and its centre of mass is where MNIST's are")
  func frame() throws {
    for (x, y, size) in [(20, 20, 60), (50, 10, 40), (5, 40, 75)] as [(Float, Float, Float)] {
      let digit = try only(Drawn.image(Drawn.seven(x: x, y: y, size: size)))
      let inked = (0..<784).filter { digit.pixels[$0] > 25 }
      let rows = inked.map { $0 / 28 }
      let columns = inked.map { $0 % 28 }
      #expect(max(rows.max()! - rows.min()!, columns.max()! - columns.min()!) + 1 == 20)
      let mass = digit.pixels.reduce(0.0) { $0 + Double($1) }
      let across = digit.pixels.enumerated().reduce(0.0) { $0 + (Double($1.offset % 28) + 0.5) * Double($1.element) }
      let down = digit.pixels.enumerated().reduce(0.0) { $0 + (Double($1.offset / 28) + 0.5) * Double($1.element) }
      #expect((13.99..<15.01).contains(across / mass) && (13.99..<15.01).contains(down / mass))
    }
  }

  @Test("Position, polarity, colour and light of a drawing hardly change the input of the network")
  func invariance() throws {
    let reference = try only(Drawn.image(Drawn.seven(x: 30, y: 30))).pixels
    let others: [(String, Bitmap)] = [
      ("moved", Drawn.image(Drawn.seven(x: 110, y: 50), width: 200, height: 160)),
      ("light on dark", Drawn.image(Drawn.seven(x: 30, y: 30), paper: [10, 40, 20], ink: [240, 240, 230])),
      ("yellow on white", Drawn.image(Drawn.seven(x: 30, y: 30), ink: [250, 220, 40])),
      // Equal luma: 0.299 · 200 ≈ 0.587 · 102.
      ("red on green", Drawn.image(Drawn.seven(x: 30, y: 30), paper: [0, 102, 0], ink: [200, 0, 0])),
      ("grey on grey", Drawn.image(Drawn.seven(x: 30, y: 30), paper: [140, 140, 140], ink: [90, 90, 90])),
      (
        "in falling light",
        Drawn.image(Drawn.seven(x: 30, y: 30), paper: [240, 235, 225], ink: [40, 40, 60]) { x, y in
          1 - Float(x + y) / 400
        }
      ),
      (
        "with a shadow's edge",
        Drawn.image(Drawn.seven(x: 60, y: 60), width: 200, height: 200, paper: [240, 240, 240], ink: [30, 30, 30]) {
          x, y in x + 2 * y < 240 ? 1 : 0.55
        }
      ),
    ]
    for (name, bitmap) in others {
      let pixels = try only(bitmap).pixels
      let difference = zip(pixels, reference).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      // A twentieth of full ink on average. Edges may be harder or softer, and the digit may be moved by part of a
      // pixel.
      #expect(Double(difference) / 784 < 12.7, "\(name)")
    }
  }

  @Test("Polarity and evenness of the paper are found")
  func levelling() throws {
    let dark = try #require(normalizer.normalize(Drawn.image(Drawn.seven(x: 30, y: 30))).levelling)
    #expect(!dark.isLightOnDark && dark.isEven && dark.contrast == 255)
    let light = normalizer.normalize(Drawn.image(Drawn.seven(x: 30, y: 30), paper: [0, 0, 0], ink: [255, 255, 255]))
    #expect(try #require(light.levelling).isLightOnDark)
    let shaded = normalizer.normalize(
      Drawn.image(Drawn.seven(x: 30, y: 30), paper: [230, 230, 230]) { x, _ in 1 - Float(x) / 160 })
    #expect(try !#require(shaded.levelling).isEven)
  }

  @Test("A box has the coordinates of the image, even if a large one is reduced first")
  func boxes() throws {
    let box = try only(Drawn.image(Drawn.seven(x: 30, y: 40, size: 60))).box
    #expect(abs(box.x - 26) <= 1 && abs(box.y - 36) <= 1 && abs(box.width - 50) <= 2 && abs(box.height - 68) <= 2)
    let large = try only(
      Drawn.image(Drawn.seven(x: 900, y: 100, size: 300), width: 2000, height: 500, pen: 40)
    ).box
    #expect(abs(large.x - 880) <= 4 && abs(large.y - 80) <= 4 && abs(large.width - 250) <= 8)
  }

  @Test("Thin strokes are made wider and thick ones narrower; usual ones are not changed")
  func strokes() throws {
    func share(_ pen: Float) throws -> Float {
      let digit = try only(Drawn.image(Drawn.seven(x: 80, y: 40, size: 200), width: 300, height: 300, pen: pen))
      return StrokeWidth.mean(digit.adjusted) / Float(digit.adjusted.height)
    }
    let middle = DigitFrame.middleStrokes
    #expect(abs(try share(3) - middle.lowerBound) < 0.015)
    #expect(abs(try share(25) - 0.11) < 0.015)
    #expect(abs(try share(70) - middle.upperBound) < 0.03)
  }

  @Test("Paper without ink is blank, with any light and grain")
  func blank() {
    for (name, bitmap) in [
      ("white", Drawn.image([])), ("black", Drawn.image([], paper: [0, 0, 0])),
      ("shaded", Drawn.image([], paper: [235, 230, 220]) { x, y in 1 - Float(x + 2 * y) / 500 }),
      (
        "grained",
        Drawn.image([], paper: [200, 200, 200]) { x, y in 1 + Float((x &* 7919 &+ y &* 104_729) % 17) / 400 }
      ),
      ("one pixel", Bitmap(width: 1, height: 1, pixels: [9, 9, 9])),
    ] {
      #expect(normalizer.normalize(bitmap).outcome == .blank, "\(name)")
    }
  }

  @Test("Digits come line by line, each from left to right")
  func readingOrder() {
    let corners: [(Float, Float)] = [(20, 30), (100, 22), (180, 34), (30, 150), (120, 146)]
    let strokes = corners.shuffledInPlace().flatMap { Drawn.seven(x: $0.0, y: $0.1) }
    let digits = normalizer.normalize(Drawn.image(strokes, width: 260, height: 240)).digits
    #expect(digits.count == 5)
    for (digit, corner) in zip(digits, corners) {
      #expect(abs(Float(digit.box.x) - corner.0) < 8 && abs(Float(digit.box.y) - corner.1) < 8)
    }
  }

  @Test("A 5 with a separate bar is one digit; two digits side by side are two")
  func brokenStrokes() {
    let five: [[(x: Float, y: Float)]] = [
      [(32, 30), (70, 30)], [(34, 42), (32, 60), (60, 62), (66, 80), (56, 96), (30, 94)],
    ]
    #expect(normalizer.normalize(Drawn.image(five, pen: 6)).digits.count == 1)
    let two = Drawn.seven(x: 15, y: 30, size: 50) + Drawn.seven(x: 65, y: 30, size: 50)
    #expect(normalizer.normalize(Drawn.image(two, pen: 6)).digits.count == 2)
  }

  @Test("A patch that is too wide has parts, and is cut where it is thinnest")
  func touching() throws {
    let strokes = Drawn.seven(x: 20, y: 30) + Drawn.seven(x: 66, y: 30)
    let digit = try only(Drawn.image(strokes + [[(60, 31), (70, 31)]], width: 140))
    #expect(digit.parts.count == 2)
    #expect(digit.parts[0].box.x < 22 && digit.parts[1].box.x > 45)
    #expect(try only(Drawn.image(Drawn.seven(x: 30, y: 30))).parts.isEmpty)
  }

  @Test("Dust and a frame around the paper are ignored")
  func dust() throws {
    let specks: [[(x: Float, y: Float)]] = [[(10, 10), (11, 10)], [(100, 100), (100, 101)]]
    #expect(try only(Drawn.image(Drawn.seven(x: 30, y: 30) + specks, pen: 4)).box.width < 60)
    let frame: [[(x: Float, y: Float)]] = [[(0, 0), (119, 0), (119, 119), (0, 119), (0, 0)]]
    #expect(try only(Drawn.image(Drawn.seven(x: 35, y: 30) + frame)).box.width < 60)
  }

  @Test("The same pixels always give the same result")
  func determinism() {
    let bitmap = Drawn.image(Drawn.seven(x: 30, y: 30), paper: [230, 220, 200]) { x, _ in 1 - Float(x) / 200 }
    #expect(normalizer.normalize(bitmap).digits.map(\.pixels) == normalizer.normalize(bitmap).digits.map(\.pixels))
  }

  @Test("For 8×8 models the ink in squares of 4×4 is counted")
  func uci() throws {
    let digit = try #require(
      Normalizer(.uci).normalize(Drawn.image([[(60, 20), (60, 100)]], pen: 20)).digits.first)
    #expect(digit.pixels.count == 64 && (digit.pixels.max() ?? 0) >= 12)
    // A bar in the middle: the middle columns are full, the others empty.
    #expect((1..<7).allSatisfy { digit.pixels[8 * $0] == 0 && digit.pixels[8 * $0 + 3] > 8 })
  }

  @Test("Images of every small size and of extreme shapes are accepted")
  func extremes() {
    for (width, height) in [(1, 1), (1, 50), (50, 1), (2, 2), (3, 400), (400, 3), (5, 5), (8, 8)] {
      let pixels = (0..<width * height).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
      let image = normalizer.normalize(Bitmap(width: width, height: height, gray: pixels))
      for digit in image.digits {
        #expect(digit.pixels.count == 784)
        #expect(digit.box.x >= 0 && digit.box.x + digit.box.width <= width)
        #expect(digit.box.y >= 0 && digit.box.y + digit.box.height <= height)
      }
    }
  }
}

extension Array {
  /// Returns the elements in another order that is always the same.
  fileprivate func shuffledInPlace() -> [Element] { indices.map { self[($0 * 3 + 2) % count] } }
}
