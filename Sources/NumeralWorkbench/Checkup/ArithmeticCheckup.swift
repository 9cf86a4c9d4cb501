import Numeral
import NumeralCheckup
import NumeralPlain

/// Whether the arithmetic of this machine is sound: kernels, gradients and optimizers beside plain loops over `Double`,
/// threads beside each other. It takes no data and less than a second.
public enum ArithmeticCheckup {
  /// Looks at everything.
  public static func findings() -> [Finding] {
    KernelSet.available.map { kernels($0) } + agreement() + [threads()]
      + layers(kinds: Layer.kinds.map { $0.name })
      + activations(names: Activation.names) + optimizers(names: Optimizer.names)
  }

  // MARK: Kernels

  /// Whether a set of kernels computes what plain loops do.
  private static func kernels(_ kernels: KernelSet) -> Finding {
    let subject = "kernels \(kernels.name)"
    guard let images = CheckupCases.images(40), let networks = CheckupCases.networks(),
      let differences = try? networks.map({ try difference($0, images, kernels) })
    else { return broken(subject) }
    let most = differences.max() ?? .infinity
    // Probabilities of float32 beside Double: some 10⁻⁷ of sums of a hundred terms.
    return most < 1e-5
      ? Finding(subject, .sound, "as plain loops compute, within \(short(most))")
      : Finding(
        subject, .wrong, "off from plain loops by \(short(most)), expected less than 0.00001",
        remedy: "set NUMERAL_KERNELS=baseline and report this, with the version of the program")
  }

  /// The largest difference of a probability.
  private static func difference(_ network: Network, _ images: LabeledImages, _ kernels: KernelSet) throws -> Double {
    let predictions = try network.predict(images, threads: 1, kernels: kernels)
    let logits = try PlainNetwork(network).forward(images.inputs, .inference)
    var most = 0.0
    for (image, logits) in logits.enumerated() {
      for (found, expected) in zip(predictions.probabilities(at: image), PlainLoss.softmax(logits)) {
        let difference = abs(Double(found) - expected)
        most = difference.isNaN ? .infinity : max(most, difference)
      }
    }
    return most
  }

  /// Whether the sets with fused multiply-add give the same bits.
  private static func agreement() -> [Finding] {
    let fused = KernelSet.available.filter { $0.name != "baseline" }
    guard fused.count > 1 else { return [] }
    let subject = "same bits on \(fused.map(\.name).joined(separator: " and "))"
    guard let images = CheckupCases.images(40), let networks = CheckupCases.networks() else {
      return [broken(subject)]
    }
    for network in networks {
      let gradients = fused.map { try? network.gradients(of: images, threads: 1, kernels: $0).gradients }
      guard gradients.allSatisfy({ $0 != nil && $0 == gradients[0] }) else {
        return [Finding(subject, .wrong, "gradients differ, expected equal bits", remedy: "report this")]
      }
    }
    return [Finding(subject, .sound, "gradients are equal")]
  }

  // MARK: Threads

  private static func threads() -> Finding {
    let cores = availableCores()
    let subject = "threads"
    guard let images = CheckupCases.images(200), let networks = CheckupCases.networks() else {
      return broken(subject)
    }
    for network in networks {
      let one = try? network.gradients(of: images, threads: 1).gradients
      for threads in [2, 3, 8] {
        guard let one, let many = try? network.gradients(of: images, threads: threads).gradients, one == many else {
          return Finding(
            subject, .wrong, "gradients on \(threads) threads differ from those on one, expected equal bits",
            remedy: "train on one thread and report this")
        }
      }
    }
    return Finding(
      subject, .sound, "\(cores) core\(cores == 1 ? "" : "s") to use; 1, 2, 3 and 8 threads give the same bits")
  }

  // MARK: Layers

  /// Makes the gradients of a subject wrong, in tests.
  typealias Disturbance = (_ subject: String, _ gradients: inout [[Float]]) -> Void

  /// The gradients of every kind of layer, in a small network; a kind without a row is a finding of its own.
  static func layers(kinds: [String], disturbance: Disturbance = { _, _ in }) -> [Finding] {
    kinds.flatMap { kind in
      let rows = CheckupCases.layers.filter { $0.kind == kind }
      if rows.isEmpty { return [unchecked("layer", kind)] }
      return rows.map { gradients("gradient of \($0.name)", $0.layers, disturbance) }
    }
  }

  /// The gradients of every activation, in a small network.
  static func activations(names: [String], disturbance: Disturbance = { _, _ in }) -> [Finding] {
    names.map { name in
      guard let activation = CheckupCases.activation(name) else { return unchecked("activation", name) }
      return gradients("activation \(name)", [Layer(Dense(7, activation: activation))], disturbance)
    }
  }

  private static func gradients(_ subject: String, _ layers: [Layer], _ disturbance: Disturbance) -> Finding {
    guard let images = CheckupCases.images(21), let network = CheckupCases.network(layers),
      let comparisons = try? KernelSet.available.map({ kernels in
        try GradientComparison(network, images, kernels: kernels) { disturbance(subject, &$0) }
      })
    else { return broken(subject) }
    let error = comparisons.map { $0.worst }.max() ?? .infinity
    // Sums of some hundred terms in float32, which normalization divides by deviations of a tenth. Measured: up to 10⁻⁶.
    return error < 1e-4
      ? Finding(subject, .sound, "as plain loops compute, within \(short(error)) of the largest")
      : Finding(
        subject, .wrong, "off from plain loops by \(short(error)) of the largest, expected less than 0.0001",
        remedy: "report this")
  }

  // MARK: Optimizers

  /// Three steps of every optimizer; one without a row is a finding of its own.
  static func optimizers(
    names: [String], disturbance: (_ subject: String, _ steps: inout [[Float]]) -> Void = { _, _ in }
  ) -> [Finding] {
    names.flatMap { name in
      let rows = CheckupCases.optimizers.filter { $0.name == name }
      if rows.isEmpty { return [unchecked("optimizer", name)] }
      return rows.map { optimizer in
        let subject = "optimizer \(name)"
        guard let error = try? stepError(optimizer, disturbance: { disturbance(subject, &$0) }) else {
          return broken(subject)
        }
        // A step divides a gradient by its own size, so it has the gradient's relative error; Muon's iteration multiplies it.
        // Measured: up to 3·10⁻⁵.
        return error < 1e-3
          ? Finding(subject, .sound, "three steps as plain loops take them, within \(short(error)) of the largest")
          : Finding(
            subject, .wrong,
            "three steps off from those of plain loops by \(short(error)) of the largest, expected less than 0.001",
            remedy: "report this")
      }
    }
  }

  /// The largest error of what three steps change, as a share of the largest change of the tensor.
  private static func stepError(_ optimizer: Optimizer, disturbance: (inout [[Float]]) -> Void) throws -> Double {
    guard let images = CheckupCases.images(21),
      let network = CheckupCases.network([
        Layer(Dense(7, activation: .tanh)), Layer(BatchNormalization()), Layer(Dense(5)),
      ])
    else { throw PlainError.misfit("the network of the check") }
    let regularization = Regularization(labelSmoothing: 0.1)
    let options = TrainingOptions(
      optimizer: optimizer, batchSize: .full, epochs: 3, regularization: regularization, threads: 1)
    let trained = try Trainer(options).train(network, on: images).network
    var found = network.tensors.map { trained.values(of: $0) }
    disturbance(&found)
    let plain = try PlainNetwork(network)
    let start = plain.values(inOrderOf: network)
    let plainOptimizer = try PlainOptimizer(optimizer, regularization: regularization)
    for _ in 0..<3 {
      plain.backpropagate(images.inputs, images.targets, smoothing: regularization.labelSmoothing)
      plainOptimizer.step(plain.tensors)
    }
    var worst = 0.0
    for (index, expected) in plain.values(inOrderOf: network).enumerated() {
      let change = zip(start[index], expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
      for (found, expected) in zip(found[index], expected) {
        let error = abs(Double(found) - expected) / change
        worst = error.isNaN ? .infinity : max(worst, error)
      }
    }
    return worst
  }

  // MARK: Findings

  private static func unchecked(_ what: String, _ name: String) -> Finding {
    Finding("\(what) \(name)", .wrong, "no check for the \(what) \(name)", remedy: "report this")
  }

  private static func broken(_ subject: String) -> Finding {
    Finding(subject, .wrong, "the check itself failed", remedy: "report this")
  }

  private static func short(_ value: Double) -> String {
    value.isFinite ? Quantity.fixed(value, digits: 7) : "\(value)"
  }
}
