import Numeral
import NumeralReading
import NumeralTestSupport
import Testing

@Suite struct DigitReaderTests {
  /// A network that answers the same, whatever it sees: as sure of one class as a logit of 9 makes it.
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

  @Test("A digit is read if the detector takes it for one, or if there is none to ask")
  func reads() throws {
    for detector in [nil, try Self.network(of: 2, saying: 0)] {
      let reading = try #require(try Self.reader(detector: detector)?.read(Self.seven).digits.first)
      #expect(reading.label == 7 && reading.refusal == nil && reading.confidence > 0.99)
    }
  }

  @Test("What the detector takes for none is refused, however sure the network is")
  func refuses() throws {
    let detector = try Self.network(of: 2, saying: 1)
    let reading = try #require(try Self.reader(detector: detector)?.read(Self.seven).digits.first)
    #expect(reading.refusal == .notDigitLike("it does not look like any") && reading.confidence > 0.99)
    // That it is none is said before that the network is not sure enough.
    let unsure = try Self.reader(detector: detector, minimumConfidence: 1)?.read(Self.seven).digits.first
    #expect(unsure?.refusal == .notDigitLike("it does not look like any"))
  }

  @Test("A detector of other pictures than the network's makes no reader")
  func shapes() throws {
    #expect(try Self.reader(detector: Self.network(of: 2, saying: 0, side: 8)) == nil)
    #expect(try Self.reader(detector: nil) != nil)
  }
}
