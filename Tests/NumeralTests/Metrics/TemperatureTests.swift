import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct TemperatureTests {
  /// Predictions of two classes whose first has the given probabilities.
  private func predictions(_ first: [Float], labels: [UInt8]) -> Predictions {
    Predictions(probabilities: first.flatMap { [$0, 1 - $0] }, classCount: 2, labels: labels)
  }

  @Test("A network that is right as often as it says has temperature 1")
  func calibrated() throws {
    // Four of five right at 0.8.
    let labels: [UInt8] = [0, 0, 0, 0, 1]
    let found = try #require(
      Temperature(fitting: predictions([0.8, 0.8, 0.8, 0.8, 0.8], labels: labels), labels: labels))
    #expect(abs(found.value - 1) < 1e-6)
  }

  @Test("Of a network that is too sure the temperature makes confidence the share that is right")
  func tooSure() throws {
    let labels: [UInt8] = [0, 0, 0, 1]
    let found = try #require(
      Temperature(fitting: predictions([0.99, 0.99, 0.99, 0.99], labels: labels), labels: labels))
    // ln(99) / T = ln(3): three of four right.
    #expect(abs(found.value - 4.595_119_850_1 / 1.098_612_288_7) < 1e-5)
    let scaled = found.scaled([0.99, 0.01])
    #expect(abs(scaled[0] - 0.75) < 1e-5 && abs(scaled[1] - 0.25) < 1e-5)
  }

  @Test("The slope's zero is the least mean cross-entropy of any temperature tried", arguments: [1, 2, 3] as [UInt64])
  func minimum(seed: UInt64) throws {
    var random = RandomStream.test(seed)
    var probabilities: [Float] = []
    var labels: [UInt8] = []
    for _ in 0..<200 {
      let powers = random.floats(4).map { ElementaryFunctions.exp(3 * Double($0)) }
      let sum = powers.reduce(0, +)
      probabilities += powers.map { Float($0 / sum) }
      labels.append(UInt8(random.integer(below: 4)))
    }
    func loss(_ temperature: Temperature) -> Double {
      labels.indices.reduce(0.0) { total, image in
        let scaled = temperature.scaled(Array(probabilities[4 * image..<4 * image + 4]))
        return total - ElementaryFunctions.log(max(0x1p-120, Double(scaled[Int(labels[image])])))
      }
    }
    let found = try #require(
      Temperature(fitting: Predictions(probabilities: probabilities, classCount: 4, labels: labels), labels: labels))
    for other in [0.05, 0.5, 0.9, 1, 1.1, 2, 5, 20] {
      let tried = try #require(Temperature(other))
      #expect(loss(found) <= loss(tried) + 1e-4)
    }
  }

  @Test("Labels that are always right drive the temperature to its lower bound, always wrong to its upper")
  func bounds() throws {
    let right = try #require(
      Temperature(fitting: predictions([0.9, 0.8], labels: [0, 0]), labels: [0, 0]))
    #expect(right.value == Temperature.range.lowerBound)
    let wrong = try #require(
      Temperature(fitting: predictions([0.9, 0.8], labels: [1, 1]), labels: [1, 1]))
    #expect(abs(wrong.value - Temperature.range.upperBound) < 1e-9)
  }

  @Test("Scaling keeps the class that is read, and sums to 1")
  func scaling() throws {
    let probabilities: [Float] = [0.1, 0.6, 0.3, 0]
    for value in [0.05, 0.5, 1, 3, 20] {
      let temperature = try #require(Temperature(value))
      let scaled = temperature.scaled(probabilities)
      #expect(scaled.max() == scaled[1])
      #expect(abs(scaled.reduce(0, +) - 1) < 1e-5)
    }
    #expect(Temperature(1)?.scaled(probabilities) == probabilities)
  }

  @Test("What is no temperature is none, and no images have none")
  func none() {
    #expect(Temperature(0) == nil && Temperature(21) == nil && Temperature(.nan) == nil)
    #expect(Temperature(fitting: predictions([], labels: []), labels: []) == nil)
  }

  @Test("The exponential is that of the C library within two units in the last place")
  func exponential() {
    for (x, expected) in [
      (0.0, 1.0), (1, 2.718281828459045), (-1, 0.36787944117144233), (0.5, 1.6487212707001282),
      (100, 2.6881171418161356e43), (-100, 3.720075976020836e-44), (-745, 0),
    ] {
      #expect((ElementaryFunctions.exp(x) - expected).magnitude <= 2 * expected.ulp)
    }
  }
}
