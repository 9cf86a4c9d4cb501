import Numeral
import NumeralReading
import NumeralTestSupport
import Testing

@Suite struct DigitReaderTests {
  /// A network that always gives the same answer: one class has a logit of 9.
  private static func network(of classes: Int, saying answer: Int, side: Int = 28) throws -> Network {
    var network = try Network(input: .image(height: side, width: side), seed: 1) { Dense(classes) }
    for tensor in network.tensors {
      var values = [Float](repeating: 0, count: tensor.count)
      if tensor.count == classes { values[answer] = 9 }
      try network.setValues(values, of: tensor)
    }
    return network
  }

  private static let names = (0...9).map { "\($0)" }

  private static let seven = Bitmap(
    width: 120, height: 120,
    pixels: StrokeImage.pixels(StrokeImage.seven(x: 30, y: 30), width: 120, height: 120, pen: 8))

  private static func reader(detector: Network?, minimumConfidence: Float = 0.5) throws -> DigitReader? {
    DigitReader(
      try network(of: 10, saying: 7), classNames: names, temperature: nil, detector: detector,
      minimumConfidence: minimumConfidence)
  }

  @Test("A digit is read if the detector accepts it, or if there is no detector")
  func reads() throws {
    for detector in [nil, try Self.network(of: 2, saying: 0)] {
      let reading = try #require(try Self.reader(detector: detector)?.read(Self.seven).digits.first)
      #expect(reading.label == 7 && reading.refusal == nil && reading.confidence > 0.99)
    }
  }

  @Test("A patch that the detector rejects is refused, however sure the network is")
  func refuses() throws {
    let detector = try Self.network(of: 2, saying: 1)
    let reading = try #require(try Self.reader(detector: detector)?.read(Self.seven).digits.first)
    #expect(reading.refusal == .notDigitLike("it does not look like one") && reading.confidence > 0.99)
    // The detector's refusal has priority over a low confidence.
    let unsure = try Self.reader(detector: detector, minimumConfidence: 1)?.read(Self.seven).digits.first
    #expect(unsure?.refusal == .notDigitLike("it does not look like one"))
  }

  @Test("A detector for images of another shape gives no reader")
  func shapes() throws {
    #expect(try Self.reader(detector: Self.network(of: 2, saying: 0, side: 8)) == nil)
    #expect(try Self.reader(detector: nil) != nil)
  }
}
