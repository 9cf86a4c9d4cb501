import NumeralCheckup
import NumeralPlain
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct NetworkPredictionTests {
  private func network(_ activation: Activation = .relu) throws -> Network {
    try Network(input: .image(height: 9, width: 7), seed: 4) {
      Dense(33, activation: activation, initializer: .uniform(-0.5...0.5))
      Dense(20, activation: activation, initializer: .uniform(-0.5...0.5))
      Dense(5, initializer: .uniform(-0.5...0.5))
    }
  }

  private func images(_ count: Int, maximum: UInt8 = 255) throws -> LabeledImages {
    try .synthetic(count, shape: .image(height: 9, width: 7), classes: 5, pixelMaximum: maximum)
  }

  @Test("Probabilities, classes and losses are those of the definition", arguments: everyActivation, [UInt8(16), 255])
  func definition(_ activation: Activation, maximum: UInt8) throws {
    let network = try network(activation)
    let images = try images(70, maximum: maximum)
    let logits = try PlainNetwork(network).forward(images.inputs, .inference)
    for kernels in KernelSet.available {
      let predictions = try network.predict(images, threads: 2, kernels: kernels)
      #expect(predictions.count == 70 && predictions.classCount == 5)
      #expect(predictions.probabilities.count == 70 * 5 && predictions.losses.count == 70)
      // Sums of at most 63 terms below 1 and two more layers: some 2⁻²⁰ in a logit, which e^x passes on.
      let tolerance = Tolerance(absolute: 1e-7, relative: 3e-6)
      for (index, logits) in logits.enumerated() {
        let p = PlainLoss.softmax(logits)
        #expect(tolerance.firstDifference(predictions.probabilities(at: index).map(Double.init), references: p) == nil)
        #expect(p[predictions.classes[index]] >= (p.max() ?? 1) * 0.99999)
        #expect(predictions.confidence(at: index) == predictions.probabilities(at: index).max())
        let loss = PlainLoss.crossEntropy(logits, label: images.targets[index])
        #expect(Tolerance(absolute: 2e-6, relative: 0).accepts(Double(predictions.losses[index]), reference: loss))
      }
    }
  }

  @Test(
    "An image's probabilities have the same bits alone, in any batch and on any threads",
    arguments: KernelSet.available)
  func batches(_ kernels: KernelSet) throws {
    let network = try network(.sigmoid)
    let images = try images(203)
    let whole = try network.predict(images, threads: 1, kernels: kernels)
    for threads in [2, 3, 8] {
      let same = try network.predict(images, threads: threads, kernels: kernels)
      #expect(bits(same.probabilities) == bits(whole.probabilities))
      #expect(bits(same.losses) == bits(whole.losses) && same.classes == whole.classes)
    }
    let predictor = Predictor(network, threads: 2, kernels: kernels)
    for index in stride(from: 0, to: 203, by: 5) {
      let alone = try predictor.predict(images.selecting([index]))
      #expect(bits(alone.probabilities) == bits(whole.probabilities(at: index)), "image \(index)")
      #expect(alone.losses[0].bitPattern == whole.losses[index].bitPattern)
    }
    let rows = (0..<77).map { ($0 * 31) % 203 }
    let some = try predictor.predict(images.selecting(rows))
    for (place, row) in rows.enumerated() {
      #expect(bits(some.probabilities(at: place)) == bits(whole.probabilities(at: row)))
    }
  }

  @Test("The outputs of each layer are those of the definition, and the last lead to the probabilities")
  func layerOutputs() throws {
    let network = try network(.tanh)
    let images = try images(70)
    let plain = try PlainNetwork(network)
    _ = plain.forward(images.inputs, .inference)
    // As above.
    let tolerance = Tolerance(absolute: 2e-6, relative: 3e-6)
    for kernels in KernelSet.available {
      let predictor = Predictor(network, threads: 2, kernels: kernels)
      let outputs = try predictor.layerOutputs(images)
      #expect(outputs.map(\.count) == [70 * 33, 70 * 20, 70 * 5])
      for index in 0..<images.count {
        for (layer, expected) in plain.outputs.map({ $0[index] }).enumerated() {
          let found = outputs[layer][index * expected.count..<(index + 1) * expected.count].map(Double.init)
          #expect(tolerance.firstDifference(found, references: expected) == nil, "image \(index), layer \(layer)")
        }
      }
      // Looking inside changes no later prediction.
      #expect(
        bits(try predictor.predict(images).probabilities)
          == bits(try network.predict(images, threads: 1, kernels: kernels).probabilities))
    }
    let other = try LabeledImages.synthetic(2, shape: .image(height: 2, width: 2), classes: 2)
    #expect(throws: NetworkError.images(expected: network.input, found: other.shape)) {
      try Predictor(network).layerOutputs(other)
    }
  }

  @Test("Sparse and dense inference give the same bits", arguments: KernelSet.available)
  func sparseAndDense(_ kernels: KernelSet) throws {
    let images = try images(131)
    let pool = ThreadPool(threadCount: 2)
    let plan = InferencePlan(network: try network(.tanh), pixelMaximum: 255, kernels: kernels, pool: pool)
    plan.run(images, wantsProbabilities: true, isSparse: true)
    let sparse = (plan.probabilities.array(), plan.losses.array(), plan.predictions.array())
    plan.run(images, wantsProbabilities: true, isSparse: false)
    #expect(bits(plan.probabilities.array()) == bits(sparse.0))
    #expect(bits(plan.losses.array()) == bits(sparse.1))
    #expect(plan.predictions.array() == sparse.2)
  }

  @Test("Ten thousand images have the bits of one, of a few and of many", arguments: KernelSet.available)
  func counts(_ kernels: KernelSet) throws {
    // 200 outputs: sums of 128, 64 and 16 columns; the first image is blank, the second all ink.
    let shape = Shape.image(height: 19, width: 14)
    let network = try Network(input: shape, seed: 9) {
      Dense(200, activation: .relu)
      Dense(5)
    }
    let drawn = try LabeledImages.synthetic(90, shape: shape, classes: 5)
    let first = try LabeledImages(
      pixels: [UInt8](repeating: 0, count: 266) + [UInt8](repeating: 255, count: 266), shape: shape, pixelMaximum: 255,
      labels: [1, 2], classNames: drawn.classNames)
    let images = first.appending(drawn)
    let whole = try network.predict(images, threads: 1, kernels: kernels)
    for threads in [1, 2, 5] {
      let predictor = Predictor(network, threads: threads, kernels: kernels)
      for count in [1, 2, 7, 32, 33, 129, 10_000] {
        let rows = (0..<count).map { $0 * 7 % 92 }
        let some = try predictor.predict(images.selecting(rows))
        #expect(some.count == count && some.losses.count == count)
        let places = rows.indices.filter { place in
          let row = rows[place]
          return bits(some.probabilities(at: place)) != bits(whole.probabilities(at: row))
            || some.losses[place].bitPattern != whole.losses[row].bitPattern
            || some.classes[place] != whole.classes[row]
        }
        #expect(places.isEmpty, "\(count) images on \(threads) threads")
      }
      for row in 0..<4 {
        let alone = try predictor.predict(images.selecting([row]))
        #expect(bits(alone.probabilities) == bits(whole.probabilities(at: row)), "image \(row)")
      }
    }
  }

  @Test("AVX2 and AVX-512 predict the same bits", arguments: everyActivation)
  func twins(_ activation: Activation) throws {
    for (a, b) in KernelSet.twins {
      let (p, q) = (
        try network(activation).predict(images(150), kernels: a),
        try network(activation).predict(images(150), kernels: b)
      )
      #expect(bits(p.probabilities) == bits(q.probabilities))
      #expect(bits(p.losses) == bits(q.losses))
    }
  }

  @Test("Images without labels have no losses, no images no predictions")
  func unlabeled() throws {
    let network = try network()
    let labeled = try images(2)
    let unlabeled = try LabeledImages(
      pixels: labeled.pixels(at: 0) + labeled.pixels(at: 1), shape: labeled.shape, pixelMaximum: 255, labels: [],
      classNames: labeled.classNames)
    let predictions = try network.predict(unlabeled)
    #expect(predictions.losses.isEmpty && predictions.count == 2)
    #expect(bits(predictions.probabilities) == bits(try network.predict(labeled).probabilities))
    let none = try network.predict(labeled.selecting([]))
    #expect(none.count == 0 && none.probabilities.isEmpty)
  }

  @Test("Images that do not fit are refused")
  func errors() throws {
    let network = try network()
    let turned = try LabeledImages.synthetic(3, shape: .image(height: 7, width: 9), classes: 5)
    #expect(throws: NetworkError.images(expected: network.input, found: turned.shape)) {
      try network.predict(turned)
    }
    let many = try LabeledImages.synthetic(3, shape: network.input, classes: 6)
    #expect(throws: NetworkError.classCount(expected: 5, found: 6)) { try network.predict(many) }
    let few = try LabeledImages.synthetic(3, shape: network.input, classes: 4)
    #expect(try network.predict(few).count == 3)
  }
}
