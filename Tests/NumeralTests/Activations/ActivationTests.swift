import CNumeralCPU
import Testing

@testable import Numeral

@Suite struct ActivationTests {
  @Test("Names and kernels' numbers agree, and every name is read back")
  func names() {
    #expect(everyActivation.map { $0.name } == Activation.names)
    let numbers = [
      numeral_activation_identity, numeral_activation_relu, numeral_activation_leaky_relu, numeral_activation_sigmoid,
      numeral_activation_tanh, numeral_activation_elu, numeral_activation_gelu, numeral_activation_silu,
    ]
    #expect(numbers == everyActivation.map { $0.view.function })
    for activation in everyActivation { #expect(Activation(name: activation.name) == activation) }
    for name in ["", "ReLU", "softmax", "leaky-relu(0.1)"] { #expect(Activation(name: name) == nil) }
  }

  @Test("Only leaky ReLU has a slope")
  func slopes() {
    #expect(Activation.leakyReLU(slope: 0.25).slope == 0.25)
    #expect(Activation.leakyReLU().slope == 0.01)
    for activation in everyActivation where activation != .leakyReLU() { #expect(activation.slope == 0) }
  }
}
