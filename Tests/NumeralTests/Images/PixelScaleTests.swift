import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct PixelScaleTests {
  @Test("Unit divides by the maximum, raw takes the byte as it is")
  func values() {
    let unit = PixelScale.unit.values(maximum: 16)
    let raw = PixelScale.raw.values(maximum: 16)
    for byte in 0...255 {
      #expect(unit[byte] == Float(byte) / 16)
      #expect(raw[byte] == Float(byte))
    }
  }

  @Test("Raw pixels with weights divided by the maximum give the gradients of unit pixels", arguments: [false, true])
  func scaling(isSparse: Bool) throws {
    // Dividing by 16 is exact, so only the order of roundings could differ, and it does not.
    let images = try LabeledImages(
      pixels: [0, 16, 3, 0, 9, 1, 16, 0, 0, 0, 4, 7], shape: .image(height: 2, width: 2), pixelMaximum: 16,
      labels: [0, 1, 1], classNames: ["a", "b"])
    let unit = try Network(input: images.shape, seed: 3) {
      Dense(5, activation: .tanh)
      Dense(2)
    }
    var raw = unit
    raw.pixelScale = .raw
    try raw.setValues(unit.values(of: unit.tensors[0]).map { $0 / 16 }, of: unit.tensors[0])
    let kernels = KernelSet.preferred
    func gradients(_ network: Network) -> Network {
      let plan = TrainingPlan(
        for: network, images: images, kernels: kernels, pool: ThreadPool(threadCount: 1), isSparse: isSparse)
      plan.begin()
      return network.with(block: plan.gradients(0..<3, reduction: .mean))
    }
    let (ofUnit, ofRaw) = (gradients(unit), gradients(raw))
    #expect(ofRaw.values(of: raw.tensors[0]) == ofUnit.values(of: unit.tensors[0]).map { $0 * 16 })
    for tensor in unit.tensors.dropFirst() { #expect(ofRaw.values(of: tensor) == ofUnit.values(of: tensor)) }
    #expect(try raw.predict(images).probabilities == unit.predict(images).probabilities)
  }
}
