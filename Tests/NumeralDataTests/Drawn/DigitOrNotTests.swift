import Foundation
import Numeral
import NumeralTestSupport
import Testing

@testable import NumeralData

@Suite struct DigitOrNotTests {
  /// The given number of digits: squares of ink with labels 0 to 9 in turn.
  private static func digits(_ count: Int) throws -> LabeledImages {
    let one = (0..<784).map { (8..<20).contains($0 / 28) && (8..<20).contains($0 % 28) ? UInt8(255) : 0 }
    return try LabeledImages(
      pixels: (0..<count).flatMap { _ in one }, shape: .image(height: 28, width: 28), pixelMaximum: 255,
      labels: (0..<count).map { UInt8($0 % 10) }, classNames: KnownDataset.mnist.classNames)
  }

  private static func images(_ images: LabeledImages) -> [[UInt8]] {
    (0..<images.count).map { images.pixels(at: $0) }
  }

  @Test(
    "Every six digits get two drawn ones and eight other images, always the same, but others in each part"
  )
  func images() throws {
    let digits = try Self.digits(60)
    let images = try DigitOrNot.images(beside: digits, part: 0)
    #expect(images.count == 60 + 10 * 10 && images.classCounts == [80, 80] && images.classNames == ["digit", "other"])
    let again = try DigitOrNot.images(beside: digits, part: 0)
    let isSame = Self.images(images) == Self.images(again)
    #expect(isSame && images.labels == again.labels)
    // All but the last of each group are drawn by the pen.
    let test = try DigitOrNot.images(beside: digits, part: 1)
    let drawn = (60..<160).filter { $0 % 10 != 9 }
    let isOther = drawn.allSatisfy { images.pixels(at: $0) != test.pixels(at: $0) }
    #expect(isOther)
    // Too few digits for a group, so nothing is drawn.
    #expect(try DigitOrNot.images(beside: Self.digits(5), part: 0).count == 5)
  }

  @Test("Drawn images have ink, a border of paper, and its centre of mass where MNIST's digits have theirs")
  func frame() throws {
    let images = try DigitOrNot.images(beside: Self.digits(600), part: 0)
    for image in Self.images(images).dropFirst(600) {
      var (mass, across, down) = (0.0, 0.0, 0.0)
      for (place, pixel) in image.enumerated() {
        mass += Double(pixel)
        across += Double(pixel) * (Double(place % 28) + 0.5)
        down += Double(pixel) * (Double(place / 28) + 0.5)
      }
      #expect(mass > 20 * 255)
      // Between 14 and 15, except for ink outside the frame and for rounding.
      #expect((13.6...15.4).contains(across / mass) && (13.6...15.4).contains(down / mass))
    }
  }

  @Test("Semicolons separate the strokes of a figure, points are in hundredths, and a tilde makes a stroke smooth")
  func figures() {
    let figure = Figure("0099 9900; ~5050 0000 9999")
    #expect(figure.strokes.count == 2 && figure.strokes.map(\.isSmooth) == [false, true])
    #expect(figure.strokes[0].points == [.init(x: 0, y: 1), .init(x: 1, y: 0)])
    let all = Figure.digits.flatMap { $0 } + Figure.letters + Figure.signs
    #expect(Figure.digits.count == 10 && Figure.digits.allSatisfy { $0.count >= 2 })
    for (place, figure) in all.enumerated() {
      #expect(figure.strokes.allSatisfy { $0.points.count >= 2 }, "figure \(place)")
      #expect(all.firstIndex(of: figure) == place, "figure \(place) is there twice")
    }
  }

  @Test("A smooth curve runs through its points and is closed if they are")
  func smooth() {
    let points: [Figure.Point] = [.init(x: 0, y: 0), .init(x: 1, y: 0), .init(x: 1, y: 1), .init(x: 0, y: 0)]
    let curve = Pen.smooth(points)
    #expect(curve.count == 19 && curve.first == curve.last)
    #expect(curve[6] == points[1] && curve[12] == points[2])
    #expect(Pen.smooth(Array(points.prefix(2))) == Array(points.prefix(2)))
  }

  @Test("A line is as wide as asked for, its longer side twenty pixels")
  func ink() {
    let ink = Pen.ink([[.init(x: 0, y: 0), .init(x: 0, y: 1)]], share: 0.2)
    let rows = (0..<28).map { y in (0..<28).reduce(0) { $0 + Int(ink[28 * y + $1]) } }
    #expect(rows.count { $0 > 0 } == 20)
    #expect(rows[14] == 4 * 255)
    #expect(Pen.ink([], share: 0.2).allSatisfy { $0 == 0 })
  }

  @Test("The source needs MNIST's folder, and reports if it is missing or holds something else")
  func source() throws {
    let folder = try TemporaryFolder()
    let environment = ["NUMERAL_DATA": folder.path]
    #expect(throws: DataError.notInstalled(name: "mnist", lookedIn: ["\(folder.path)/mnist"])) {
      _ = try DataSource("digit-or-not", environment: environment)
    }
    let small = try LabeledImages(
      pixels: [UInt8](repeating: 9, count: 8), shape: .image(height: 2, width: 2), pixelMaximum: 255, labels: [0, 1],
      classNames: KnownDataset.mnist.classNames)
    let path = "\(folder.path)/mnist"
    let dataset = Dataset(name: "mnist", training: small, test: nil, attribution: nil)
    try DatasetWriter(dataset, as: .idx).write(to: path)
    let error = #expect(throws: DataError.self) {
      _ = try DataSource("digit-or-not", environment: environment).load()
    }
    #expect(
      error?.description
        == "\(path): holds images of 2×2, expected labelled digits of 28×28; put MNIST into this folder")
    #expect(error?.kind == .badData)
  }
}
