import Numeral

/// Whether the arithmetic of this machine is sound: kernels beside plain loops, gradients beside differences, threads beside
/// each other. It takes no data and less than a second.
public enum ArithmeticCheckup {
  /// Looks at everything.
  public static func findings() -> [Finding] {
    KernelSet.available.map { kernels($0) } + agreement() + [threads()] + layers()
  }

  // MARK: Kernels

  /// Whether a set of kernels computes what plain loops do.
  private static func kernels(_ kernels: KernelSet) -> Finding {
    let subject = "kernels \(kernels.name)"
    guard let images = pictures(40), let networks = networks(),
      let differences = try? networks.map({ try difference($0, images, kernels) })
    else { return broken(subject) }
    let most = differences.max() ?? .infinity
    // Probabilities of float32 beside Double: some 10⁻⁷ of sums of a hundred terms.
    return most < 1e-5
      ? Finding(subject, .sound, "as plain loops compute, within \(short(most))")
      : Finding(
        subject, .wrong, "off from plain loops by \(short(most)), expected less than 0.00001",
        remedy: "set NUMERAL_KERNELS=baseline and report this, with the output of 'numeral --version'")
  }

  /// The largest difference of a probability.
  private static func difference(_ network: Network, _ images: LabeledImages, _ kernels: KernelSet) throws -> Double {
    let predictions = try network.predict(images, threads: 1, kernels: kernels)
    let plain = PlainNetwork(network)
    var most = 0.0
    for picture in 0..<images.count {
      let expected = plain.probabilities(images.pixels(at: picture).map { Double($0) / Double(images.pixelMaximum) })
      for (found, expected) in zip(predictions.probabilities(at: picture), expected) {
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
    guard let images = pictures(40), let networks = networks() else { return [broken(subject)] }
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
    guard let images = pictures(200), let networks = networks() else { return broken(subject) }
    for network in networks {
      let one = try? network.gradients(of: images, threads: 1).gradients
      for threads in [2, 3, 8] {
        guard let one, let many = try? network.gradients(of: images, threads: threads).gradients, one == many else {
          return Finding(
            subject, .wrong, "gradients on \(threads) threads differ from those on one, expected equal bits",
            remedy: "set --threads 1 and report this")
        }
      }
    }
    return Finding(
      subject, .sound, "\(cores) core\(cores == 1 ? "" : "s") to use; 1, 2, 3 and 8 threads give the same bits")
  }

  // MARK: Layers

  /// Every kind of layer in a small network, its gradients beside differences of the loss.
  private static func layers() -> [Finding] {
    let smooth = Activation.tanh
    let kinds: [(String, [Layer])] = [
      ("dense", [Layer(Dense(9, activation: smooth))]),
      ("convolution", [Layer(Convolution(5, kernel: 3, stride: 2, padding: 1, activation: smooth))]),
      ("maximum pooling", [Layer(Convolution(3, kernel: 2)), Layer(Pooling.maximum(2))]),
      ("average pooling", [Layer(Convolution(3, kernel: 2)), Layer(Pooling.average(3, stride: 2))]),
      (
        "batch normalisation",
        [
          Layer(Convolution(4, kernel: 3, hasBias: false)),
          Layer(BatchNormalization(activation: smooth)),
        ]
      ),
      (
        "layer normalisation",
        [
          Layer(Dense(8)), Layer(LayerNormalization(activation: smooth)),
        ]
      ),
      (
        "residual",
        [
          Layer(Convolution(3, kernel: 3)),
          Layer(Residual(branch: [Layer(Convolution(3, kernel: 3, padding: 1, activation: .gelu))])),
        ]
      ),
    ]
    return kinds.map { name, layers in
      let subject = "gradient of \(name)"
      guard let images = pictures(21),
        let network = try? Network(input: images.shape, seed: 5, layers: layers + [Layer(Dense(3))]),
        let error = largestError(network, images)
      else { return broken(subject) }
      return error < 0.02
        ? Finding(subject, .sound, "as differences of the loss, within \(short(error))")
        : Finding(
          subject, .wrong, "off from differences of the loss by \(short(error)), expected less than 0.02",
          remedy: "report this")
    }
  }

  /// The largest difference of gradient and central difference, as a share of the largest gradient of its tensor.
  private static func largestError(_ network: Network, _ images: LabeledImages) -> Double? {
    guard let (_, gradients) = try? network.gradients(of: images) else { return nil }
    // Smaller steps would measure the rounding of the losses, larger ones would change which number of a window is the largest.
    let step: Float = 0.002
    var worst = 0.0
    for (index, tensor) in network.tensors.enumerated() where tensor.isTrainable {
      let scale = Double(gradients[index].map { abs($0) }.max() ?? 0)
      let values = network.values(of: tensor)
      for place in stride(from: 0, to: values.count, by: max(1, values.count / 4)) {
        func loss(_ change: Float) -> Double? {
          var moved = network
          var numbers = values
          numbers[place] += change
          guard (try? moved.setValues(numbers, of: tensor)) != nil else { return nil }
          return try? moved.gradients(of: images).loss
        }
        guard let above = loss(step), let below = loss(-step) else { return nil }
        let difference = (above - below) / (2 * Double(step))
        worst = max(worst, abs(difference - Double(gradients[index][place])) / max(scale, 0.01))
      }
    }
    return worst
  }

  // MARK: What is computed with

  /// Pictures of 9×11 with strokes of all greys, the same each time.
  private static func pictures(_ count: Int) -> LabeledImages? {
    var stream = RandomStream(seed: 7, purpose: .draw)
    var pixels: [UInt8] = []
    for _ in 0..<count * 99 { pixels.append(stream.uniform() < 0.4 ? UInt8(1 + stream.integer(below: 255)) : 0) }
    let labels = (0..<count).map { UInt8($0 % 3) }
    return try? LabeledImages(
      pixels: pixels, shape: .image(height: 9, width: 11), pixelMaximum: 255, labels: labels,
      classNames: ["a", "b", "c"])
  }

  private static func networks() -> [Network]? {
    let input = Shape.image(height: 9, width: 11)
    let dense = try? Network(input: input, seed: 3) {
      Dense(37, activation: .relu)
      Dense(19, activation: .relu)
      Dense(3)
    }
    let convolutional = try? Network(input: input, seed: 4) {
      Convolution(6, kernel: 3, activation: .relu)
      Pooling.maximum(2)
      Convolution(5, kernel: 2, activation: .relu)
      Dense(3)
    }
    guard let dense, let convolutional else { return nil }
    return [dense, convolutional]
  }

  private static func broken(_ subject: String) -> Finding {
    Finding(subject, .wrong, "the check itself failed", remedy: "report this")
  }

  private static func short(_ value: Double) -> String {
    value.isFinite ? Quantity.fixed(value, digits: 7) : "\(value)"
  }
}
