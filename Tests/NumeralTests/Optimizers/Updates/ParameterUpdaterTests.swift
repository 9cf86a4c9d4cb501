import NumeralTestSupport
import Testing

@testable import Numeral

#if canImport(Glibc)
  import CAllocationCounter
#endif

@Suite struct ParameterUpdaterTests {
  private let network: Network

  init() throws {
    network = try Network(input: .features(7), seed: 3) {
      Dense(5)
      Dense(18)
      Dense(3)
    }
  }

  /// A step along gradients that are equal for equal seeds.
  private func step(
    _ updater: ParameterUpdater, _ settings: UpdateSettings, along gradients: Buffer<Float>, rateFactor: Double = 1
  ) {
    updater.begin(settings, rateFactor: rateFactor)
    while let pass = updater.nextPass(over: gradients) {
      switch pass {
      case .tensors: updater.perform(thread: 0, of: 1)
      case .units:
        var index = 0
        while index < network.tensors.count {
          let tensor = network.tensors[index]
          func view(_ block: Buffer<Float>) -> FloatMatrix {
            FloatMatrix(
              block, offset: tensor.offset, rows: tensor.rows, columns: tensor.columns, stride: tensor.stride)
          }
          updater.update(view(updater.block), at: tensor.offset, along: view(gradients))
          index += 1
        }
      }
    }
  }

  private func gradients(_ seed: UInt64) -> Buffer<Float> {
    let gradients = Buffer<Float>(repeating: 0, count: network.block.count)
    var stream = RandomStream.test(seed)
    for tensor in network.tensors {
      for row in 0..<tensor.rows {
        for column in 0..<tensor.columns {
          gradients[tensor.offset + row * tensor.stride + column] = stream.floats(1)[0]
        }
      }
    }
    return gradients
  }

  #if canImport(Glibc)
    @Test(
      "A step of any optimizer allocates nothing once the first is done",
      arguments: everyOptimizer.map { UpdateSettings(optimizer: $0) } + everyUpdate)
    func allocations(_ settings: UpdateSettings) {
      let updater = ParameterUpdater(network.block.copy(), tensors: network.tensors, kernels: .preferred)
      let gradients = gradients(1)
      step(updater, settings, along: gradients)
      allocation_counter_start()
      step(updater, settings, along: gradients)
      step(updater, settings, along: gradients, rateFactor: 0.5)
      #expect(allocation_counter_stop() == 0)
    }
  #endif

  @Test("Whoever computes a gradient may follow it at once where a step is plain descent and nothing beside it")
  func plainLearningRate() {
    func rate(_ settings: UpdateSettings) -> Float? {
      let updater = ParameterUpdater(network.block.copy(), tensors: network.tensors, kernels: .preferred)
      updater.begin(settings, rateFactor: 0.5)
      return updater.plainLearningRate
    }
    for optimizer in everyOptimizer {
      let isPlain = optimizer.name == "sgd"
      #expect(rate(UpdateSettings(optimizer: optimizer)) == (isPlain ? Float(optimizer.learningRate * 0.5) : nil))
    }
    for settings in everyUpdate {
      let isPlain = settings == UpdateSettings(optimizer: settings.optimizer) && settings.optimizer.isPlainDescent
      #expect((rate(settings) != nil) == isPlain)
    }
  }

  @Test("Numbers of an optimizer may change from step to step, and do at once")
  func changes() {
    func ends(_ second: Optimizer) -> [Float] {
      let updater = ParameterUpdater(network.block.copy(), tensors: network.tensors, kernels: .preferred)
      step(updater, UpdateSettings(optimizer: .adam()), along: gradients(1))
      step(updater, UpdateSettings(optimizer: second), along: gradients(2))
      return updater.block.array()
    }
    #expect(bits(ends(.adam())) == bits(ends(.adam())))
    #expect(bits(ends(.adam(beta1: 0.5))) != bits(ends(.adam())))
    #expect(bits(ends(.adam(epsilon: 0.5))) != bits(ends(.adam())))
  }

  @Test("Only Muon's steps wait for all gradients", arguments: everyOptimizer)
  func waits(_ optimizer: Optimizer) {
    let updater = ParameterUpdater(network.block.copy(), tensors: network.tensors, kernels: .preferred)
    updater.prepare(UpdateSettings(optimizer: optimizer))
    #expect(updater.needsAllGradients == (optimizer.name == "muon"))
    #expect(UpdateSettings(optimizer: optimizer).needsAllGradients == updater.needsAllGradients)
  }
}
