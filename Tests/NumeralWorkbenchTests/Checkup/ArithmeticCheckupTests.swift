import Numeral
import NumeralCheckup
import Testing

@testable import NumeralWorkbench

@Suite struct ArithmeticCheckupTests {
  @Test("Everything is sound on this machine, and every layer, activation, optimizer and set of kernels is looked at")
  func sound() {
    let findings = ArithmeticCheckup.findings()
    for finding in findings { #expect(finding.state == .sound, "\(finding.subject): \(finding.detail)") }
    let subjects = findings.map(\.subject)
    #expect(Set(subjects).count == subjects.count)
    for kernels in KernelSet.available { #expect(subjects.contains("kernels \(kernels.name)")) }
    for row in CheckupCases.layers { #expect(subjects.contains("gradient of \(row.name)")) }
    for name in Activation.names { #expect(subjects.contains("activation \(name)")) }
    for name in Optimizer.names { #expect(subjects.contains("optimizer \(name)")) }
    #expect(Set(CheckupCases.layers.map(\.kind)) == Set(Layer.kinds.map(\.name)))
  }

  private static let kinds = Layer.kinds.map(\.name)

  @Test(
    "One wrong number in the gradients of a layer is reported, and only there",
    arguments: CheckupCases.layers.map(\.name))
  func wrongGradient(_ name: String) {
    let findings = ArithmeticCheckup.layers(kinds: Self.kinds) { subject, gradients in
      // A hundredth of the largest of a tensor, as a wrong factor or a forgotten position would make it.
      guard subject == "gradient of \(name)", let most = gradients[0].map({ abs($0) }).max() else { return }
      gradients[0][0] += most / 100
    }
    for finding in findings {
      #expect((finding.state == .wrong) == (finding.subject == "gradient of \(name)"), "\(finding.subject)")
    }
    let wrong = findings.first { $0.state == .wrong }
    #expect(
      wrong?.detail.hasPrefix("differs from plain loops by 0.0") == true, "\(wrong?.detail ?? "nothing is wrong")")
    #expect(wrong?.remedy == "report this")
  }

  @Test("A gradient that is not a number is reported")
  func notANumber() {
    let findings = ArithmeticCheckup.layers(kinds: ["dense"]) { _, gradients in gradients[1][2] = .nan }
    #expect(findings.map(\.state) == [.wrong] && findings[0].detail.contains("inf"))
  }

  @Test("A wrong derivative of an activation is reported", arguments: Activation.names)
  func wrongActivation(_ name: String) {
    let findings = ArithmeticCheckup.activations(names: Activation.names) { subject, gradients in
      if subject == "activation \(name)" { gradients[0] = gradients[0].map { $0 * 1.01 } }
    }
    #expect(findings.filter { $0.state == .wrong }.map(\.subject) == ["activation \(name)"])
  }

  @Test("A wrong step of an optimizer is reported", arguments: Optimizer.names)
  func wrongStep(_ name: String) {
    let findings = ArithmeticCheckup.optimizers(names: Optimizer.names) { subject, tensors in
      // More than a hundredth of what three steps of any of them change here.
      if subject == "optimizer \(name)" { tensors[0][0] += 0.02 }
    }
    #expect(findings.filter { $0.state == .wrong }.map(\.subject) == ["optimizer \(name)"])
  }

  @Test("A layer, activation or optimizer without a check is reported as wrong")
  func unchecked() {
    var findings = ArithmeticCheckup.layers(kinds: ["flatten", "capsule"])
    findings += ArithmeticCheckup.activations(names: ["mish"])
    findings += ArithmeticCheckup.optimizers(names: ["lion"])
    let states = findings.map { "\($0.subject) \($0.state)" }
    #expect(
      states == ["gradient of flatten sound", "layer capsule wrong", "activation mish wrong", "optimizer lion wrong"])
    #expect(findings[1].detail == "no check for the layer capsule")
    #expect(findings[3].detail == "no check for the optimizer lion")
  }

  @Test("Equal numbers in a window of maximum pooling are no error")
  func ties() throws {
    // Blank images, and one of which every window of 2×2 holds the same number four times.
    let shape = Shape.image(height: 6, width: 8)
    let blocks = (0..<48).map { (place: Int) -> UInt8 in
      let (row, column) = (place / 8, place % 8)
      return UInt8(row / 2 * 5 + column / 2 + 1)
    }
    let (blank, full) = ([UInt8](repeating: 0, count: 48), [UInt8](repeating: 16, count: 48))
    let images = try LabeledImages(
      pixels: [blank, blocks, full].flatMap { $0 }, shape: shape, pixelMaximum: 16, labels: [0, 1, 2],
      classNames: ["a", "b", "c"])
    for hasConvolution in [false, true] {
      var layers: [Layer] = [Layer(Pooling.maximum(2)), Layer(Dense(5, activation: .tanh)), Layer(Dense(3))]
      if hasConvolution { layers.insert(Layer(Convolution(3, kernel: 3, padding: 1)), at: 0) }
      let network = try Network(input: shape, seed: 2, layers: layers)
      for kernels in KernelSet.available {
        #expect(try GradientComparison(network, images, kernels: kernels).worst < 1e-5, "\(kernels.name)")
      }
    }
  }
}
