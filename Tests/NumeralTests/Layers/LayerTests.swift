import Testing

@testable import Numeral

@Suite struct LayerTests {
  @Test("A dense layer turns any input into a list of its outputs")
  func shapes() throws {
    for input in [Shape.features(1), .image(height: 3, width: 5), .image(height: 3, width: 5, channels: 2)] {
      let layer = Layer.dense(Dense(7))
      #expect(try layer.outputShape(for: input, at: 0) == .features(7))
      #expect(layer.tensors(for: input).map { $0.name } == ["weight", "bias"])
      #expect(layer.tensors(for: input).map { $0.rows } == [input.count, 1])
      #expect(layer.tensors(for: input).map { $0.columns } == [7, 7])
    }
  }

  @Test("A summary names the kind, the size and what is applied")
  func summaries() {
    #expect(Layer.dense(Dense(10)).summary == "Dense 10")
    #expect(Layer.dense(Dense(64, activation: .relu)).summary == "Dense 64, relu")
  }
}
