import Foundation
import NumeralPlain
import NumeralTestSupport
import Testing

/// Muon, and what goes beside an optimizer: PyTorch's figures.
@Suite struct RestraintsTests {
  /// What `Scripts/reference/golden_updates.py` writes.
  struct File: Decodable {
    let reference: String
    let inputs: Int
    let sizes: [Int]
    let start: [[Double]]
    let gradients: [[[Double]]]
    let cases: [Golden]
    let labelSmoothing: [Smoothing]
  }

  /// One optimizer with what goes beside it, and each tensor after each step.
  struct Golden: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let settings: [String: Double]
    let steps: [[[Double]]]

    var testDescription: String { "\(name) \(settings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })" }
  }

  /// Losses and the gradient of their sum.
  struct Smoothing: Decodable, Sendable {
    let classes: Int
    let smoothing: Double
    let logits: [Double]
    let labels: [Int]
    let losses: [Double]
    let gradient: [Double]
  }

  static let file: File? = {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let path = tests.appendingPathComponent("NumeralTests/Golden/updates.json")
    return (try? Data(contentsOf: path)).flatMap { try? JSONDecoder().decode(File.self, from: $0) }
  }()

  @Test("The golden file has Muon and every restraint")
  func coverage() throws {
    let file = try #require(Self.file)
    let names = Set(file.cases.flatMap { Array($0.settings.keys) })
    #expect(names.isSuperset(of: ["clipNorm", "clipValue", "l1", "l2", "maxNorm", "decaysBiases"]))
    #expect(file.cases.contains { $0.name == "muon" } && file.labelSmoothing.count == 4)
  }

  @Test("Each of four steps ends where PyTorch's does", arguments: file?.cases ?? [])
  func steps(_ golden: Golden) throws {
    let file = try #require(Self.file)
    let network = try PlainNetwork(
      input: PlainShape(channels: file.inputs), layers: file.sizes.map { PlainDescription("dense", ["outputs": $0]) })
    for (tensor, values) in zip(network.tensors, file.start) { tensor.values = values }
    var settings = golden.settings
    var restraints = PlainRestraints()
    restraints.clipNorm = settings.removeValue(forKey: "clipNorm")
    restraints.clipValue = settings.removeValue(forKey: "clipValue")
    restraints.l1 = settings.removeValue(forKey: "l1") ?? 0
    restraints.l2 = settings.removeValue(forKey: "l2") ?? 0
    restraints.maxNorm = settings.removeValue(forKey: "maxNorm")
    restraints.decaysBiases = settings.removeValue(forKey: "decaysBiases") != nil
    let averaging = settings.removeValue(forKey: "averaging")
    let optimizer = try PlainOptimizer(golden.name, settings, restraints: restraints)
    var averages = file.start
    // The file has twelve digits. Muon's iteration multiplies the rounding of a small singular value by up to 3.4445⁵.
    // For the largest norm PyTorch's renorm divides by ‖θ‖ + 10⁻⁷.
    let tolerance = Tolerance(absolute: restraints.maxNorm == nil ? 1e-10 : 2e-7, relative: 1e-10)
    for (step, gradients) in file.gradients.enumerated() {
      for (tensor, gradient) in zip(network.tensors, gradients) { tensor.gradient = gradient }
      optimizer.step(network.tensors)
      // The mean of the parameters after each step so far, with weights that fade.
      let share = averaging.map { (1 - $0) / (1 - pow($0, Double(step + 1))) } ?? 1
      for (index, tensor) in network.tensors.enumerated() {
        averages[index] = zip(averages[index], tensor.values).map { $0 + share * ($1 - $0) }
        let place = tolerance.firstDifference(averages[index], references: golden.steps[step][index])
        #expect(place == nil, "step \(step + 1), \(tensor.name)")
      }
    }
  }

  @Test("Losses and gradients with label smoothing are PyTorch's", arguments: file?.labelSmoothing ?? [])
  func labelSmoothing(_ golden: Smoothing) {
    let tolerance = Tolerance(absolute: 1e-10, relative: 1e-10)
    for (s, label) in golden.labels.enumerated() {
      let places = s * golden.classes..<(s + 1) * golden.classes
      let logits = Array(golden.logits[places])
      let loss = PlainLoss.crossEntropy(logits, label: label, smoothing: golden.smoothing)
      #expect(tolerance.accepts(loss, reference: golden.losses[s]))
      let gradient = PlainLoss.gradient(logits, label: label, smoothing: golden.smoothing)
      #expect(tolerance.firstDifference(gradient, references: Array(golden.gradient[places])) == nil)
    }
  }
}
