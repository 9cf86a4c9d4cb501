import Numeral
import NumeralCheckup
import NumeralPlain

/// Checks the arithmetic of this machine: it compares kernels, gradients and optimizers with plain loops over `Double`,
/// and several threads with one. It needs no data and takes less than a second.
public enum ArithmeticCheckup {
  /// Runs all checks.
  public static func findings() -> [Finding] {
    KernelSet.available.map { kernels($0) } + agreement() + [threads()]
      + layers(kinds: Layer.kinds.map { $0.name })
      + activations(names: Activation.names) + optimizers(names: Optimizer.names)
  }

  // MARK: Kernels

  /// Checks that a set of kernels computes what plain loops compute.
  private static func kernels(_ kernels: KernelSet) -> Finding {
    let subject = "kernels \(kernels.name)"
    guard let images = CheckupCases.images(40), let networks = CheckupCases.networks(),
      let differences = try? networks.map({ try difference($0, images, kernels) })
    else { return broken(subject) }
    let most = differences.max() ?? .infinity
    // Float32 against Double: sums of about a hundred terms differ by some 10⁻⁷.
    return most < 1e-5
      ? Finding(subject, .sound, "agrees with plain loops within \(short(most))")
      : Finding(
        subject, .wrong, "differs from plain loops by \(short(most)), expected less than 0.00001",
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

  /// Checks that the sets of kernels with fused multiply-add give the same bits.
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
      subject, .sound, "\(cores) core\(cores == 1 ? "" : "s") available; 1, 2, 3 and 8 threads give the same bits")
  }

  // MARK: Layers

  /// Changes the gradients of a subject; tests use it to make them wrong.
  typealias Disturbance = (_ subject: String, _ gradients: inout [[Float]]) -> Void

  /// The gradients of every kind of layer, in a small network. A kind without a row in the table is reported.
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
    // Sums of some hundred terms in float32, which normalization divides by deviations of 0.1. Measured: up to 10⁻⁶.
    return error < 1e-4
      ? Finding(subject, .sound, "agrees with plain loops within \(short(error)) of the largest gradient")
      : Finding(
        subject, .wrong,
        "differs from plain loops by \(short(error)) of the largest gradient, expected less than 0.0001",
        remedy: "report this")
  }

  // MARK: Optimizers

  /// Three steps of every optimizer. An optimizer without a row in the table is reported.
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
        // A step divides a gradient by its own size, so it has the gradient's relative error. Muon's iteration
        // increases it. Measured: up to 3·10⁻⁵.
        return error < 1e-3
          ? Finding(subject, .sound, "three steps agree with plain loops within \(short(error)) of the largest change")
          : Finding(
            subject, .wrong,
            "three steps differ from plain loops by \(short(error)) of the largest change, expected less than 0.001",
            remedy: "report this")
      }
    }
  }

  /// The largest error of the changes that three steps make, relative to the largest change in the same tensor.
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
