import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite(.enabled(if: numeral_flushing_bits() != 0, "there is no control word here")) struct FlushedSubnormalsTests {
  /// Notes the control word of every thread.
  private final class Witness: ParallelWork, @unchecked Sendable {
    let words: Buffer<UInt64>
    init(threads: Int) { words = Buffer(repeating: 0, count: threads) }
    override func perform(_ stage: Stage, thread: Int) { words[thread] = numeral_control_word() }
  }

  @Test("Every share of a stage runs with subnormals flushed", arguments: [1, 2, 3, 8])
  func threads(count: Int) {
    let pool = ThreadPool(threadCount: count)
    let witness = Witness(threads: count)
    for _ in 0..<3 {
      pool.run(witness, stage: 0)
      let bits = numeral_flushing_bits()
      #expect(witness.words.array().allSatisfy { $0 & bits == bits })
    }
  }

  /// A network whose logits are 0 if subnormals are flushed: its first layer gives subnormal numbers only.
  private func network(isDense: Bool) throws -> Network {
    let layers: [Layer] = [Layer(Dense(3)), Layer(Dense(2))]
    var network = try Network(
      input: .image(height: 3, width: 5), seed: nil, layers: (isDense ? [] : [Layer(Flatten())]) + layers)
    for tensor in network.tensors where tensor.name.hasSuffix("weight") {
      let isFirst = tensor.rows == 15
      let large: Float = 1e38
      try network.setValues(
        (0..<tensor.count).map { isFirst ? Float.leastNormalMagnitude / 1024 : $0 < tensor.rows ? large : -large },
        of: tensor)
    }
    return network
  }

  private func images(_ count: Int) throws -> LabeledImages {
    try LabeledImages(
      pixels: [UInt8](repeating: 255, count: count * 15), shape: .image(height: 3, width: 5), pixelMaximum: 255,
      labels: (0..<count).map { UInt8($0 % 2) }, classNames: ["a", "b"])
  }

  @Test("Predictions flush subnormals on whatever thread they run", arguments: KernelSet.available, [true, false])
  func inference(_ kernels: KernelSet, isDense: Bool) throws {
    let network = try network(isDense: isDense)
    for threads in [1, 2] {
      for count in [1, 16, 40, 300] {
        let predictor = Predictor(network, threads: threads, kernels: kernels)
        let found = try predictor.predict(images(count))
        #expect(found.probabilities.allSatisfy { $0 == 0.5 }, "\(count) images, \(threads) threads")
        let outputs = try predictor.layerOutputs(images(count))
        #expect(outputs[outputs.count - 1].allSatisfy { $0 == 0 }, "\(count) images")
      }
    }
  }

  @Test("Running statistics never become subnormal", arguments: [1, 2])
  func statistics(threads: Int) throws {
    // Pixels are all alike, so a variance of 0 pulls the running one down by a tenth a step.
    var network = try Network(input: .image(height: 3, width: 5), seed: 1) {
      BatchNormalization()
      Dense(2)
    }
    let running = try #require(network.tensors.first { $0.name.hasSuffix("running_var") })
    try network.setValues([Float](repeating: .leastNormalMagnitude, count: running.count), of: running)
    var options = TrainingOptions(batchSize: .count(10), epochs: 1)
    options.threads = threads
    let trained = try Trainer(options).train(network, on: images(40)).network
    let values = trained.values(of: running)
    #expect(!values.isEmpty && values.allSatisfy { !$0.isSubnormal }, "\(values)")
  }

  @Test("A caller finds its control word as it was, flushing or not", arguments: [true, false], [true, false])
  func callers(flushesItself: Bool, isDense: Bool) throws {
    let usual = numeral_control_word()
    defer { numeral_restore_control_word(usual) }
    let own = flushesItself ? usual | numeral_flushing_bits() : usual & ~numeral_flushing_bits()
    let network = try network(isDense: isDense)
    let (few, many) = try (images(3), images(100))
    for threads in [1, 2, 3] {
      var options = TrainingOptions(epochs: 2)
      options.threads = threads
      let trainer = try Trainer(options)
      let predictor = Predictor(network, threads: threads)
      numeral_restore_control_word(own)
      _ = try trainer.train(network, on: many, validation: few) { _ in
        #expect(numeral_control_word() == own, "what observes training")
        return .proceed
      }
      #expect(numeral_control_word() == own, "training")
      _ = try network.gradients(of: many, threads: threads)
      #expect(numeral_control_word() == own, "gradients")
      _ = try (predictor.predict(few), predictor.predict(many), predictor.layerOutputs(few))
      #expect(numeral_control_word() == own, "predictions")
      numeral_restore_control_word(usual)
    }
  }
}
