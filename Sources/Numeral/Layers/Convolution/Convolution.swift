/// A layer that slides the same small windows of weights over all positions of an image.
///
/// ```
/// y[c, r, q] = f( Σᵢ Σᵤ Σᵥ x[i, r · stride + u − padding, q · stride + v − padding] · w[c, i, u, v] + b[c] )
/// ```
///
/// with zeros beyond the image; u and v run over the kernel's rows and columns. (Signal processing calls this
/// cross-correlation; networks call it convolution.) Shapes: x `[channels, height, width]`, w
/// `[outputs, channels, kernel, kernel]`, b `[outputs]`, y `[outputs, height′, width′]` with
/// height′ = ⌊(height + 2 padding − kernel) / stride⌋ + 1, width′ likewise. With δ = ∂loss/∂(sum), the gradients are
///
/// ```
/// ∂loss/∂w[c, i, u, v] = Σ over samples and positions
///                        x[i, r · stride + u − padding, q · stride + v − padding] · δ[c, r, q]
/// ∂loss/∂b[c]          = Σ over samples and positions δ[c, r, q]
/// ∂loss/∂x[i, h, k]    = Σ over those c, u, v, r, q whose window has its place (u, v) at (h, k)
///                        w[c, i, u, v] · δ[c, r, q]
/// ```
///
/// Building a network throws ``NetworkError`` if the input is not an image, a setting is out of its range, or the
/// window is larger than the padded image. Rows and columns at the lower and right edge that no full window reaches are
/// ignored.
///
/// ```swift
/// Convolution(32, kernel: 3, padding: 1, activation: .relu)  // 1×28×28 becomes 32×28×28
/// Convolution(16, kernel: 5, stride: 2)  // 32×28×28 becomes 16×12×12
/// ```
///
/// Source: Y. LeCun et al., 1989, *Backpropagation applied to handwritten zip code recognition*,
/// doi:10.1162/neco.1989.1.4.541. `ConvolutionPlan` carries out these formulas.
public final class Convolution: LayerDescription, Sendable {
  /// The number of output channels, 1 to 2²⁰.
  public let outputs: Int
  /// The rows and columns of the window, 1 to 255.
  public let kernel: Int
  /// The distance between two windows, 1 to 255.
  public let stride: Int
  /// The rows and columns of zeros around the image, 0 or more and less than the kernel.
  public let padding: Int
  /// Whether there is a bias. A layer before batch normalization needs none, because the normalization has its own.
  public let hasBias: Bool
  /// The function applied to each sum.
  public let activation: Activation
  /// How weights are drawn; fan-in is channels · kernel², fan-out is outputs · kernel².
  public let initializer: Initializer

  /// Describes a convolution; the network's initializer checks it and throws ``NetworkError``.
  ///
  /// - Parameters:
  ///   - outputs: The number of output channels, 1 to 2²⁰.
  ///   - kernel: The rows and columns of the window, 1 to 255.
  ///   - stride: The distance between two windows, 1 to 255.
  ///   - padding: The rows and columns of zeros around the image, 0 or more and less than the kernel.
  ///   - hasBias: Whether a bias is added.
  ///   - activation: The function applied to each sum.
  ///   - initializer: How weights are drawn; by default the form that suits the activation.
  public init(
    _ outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0, hasBias: Bool = true,
    activation: Activation = .identity, initializer: Initializer? = nil
  ) {
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.hasBias = hasBias
    self.activation = activation
    self.initializer = initializer ?? .suited(to: activation)
  }

  /// The layer.
  public var layer: Layer { Layer(description: self) }

  var kind: LayerKind { Convolution.kind }

  static let kind = LayerKind(
    "convolution", settings: ["outputs", "kernel", "stride", "padding", "bias", "activation", "initializer"],
    texts: [
      LayerText(
        "conv:OUTPUTS:KERNEL",
        "Convolution with so many maps and windows of KERNEL by KERNEL; behind it, in any order: same (zeros around "
          + "the image that keep its size; for odd KERNEL), padding-N, stride-N, no-bias and an activation, as in "
          + "conv:32:3:same:relu"
      ) { words in words.integer("outputs") && words.window() }
    ]
  ) { settings throws(LayerSettingError) in
    Convolution(
      try settings.integer("outputs"), kernel: try settings.integer("kernel"),
      stride: try settings.integer("stride", default: 1), padding: try settings.integer("padding", default: 0),
      hasBias: try settings.flag("bias", default: true), activation: try settings.activation(),
      initializer: try settings.initializer()
    ).layer
  }

  var settings: LayerSettings {
    LayerSettings([
      ("outputs", .integer(outputs)), ("kernel", .integer(kernel)), ("stride", .integer(stride)),
      ("padding", .integer(padding)), ("bias", .flag(hasBias)),
    ]).with(activation).with(initializer)
  }

  var reads: LayerReading { .planes }

  func absorbing(_ normalization: BatchNormalization) -> Layer? {
    if activation != .identity { return nil }
    return Convolution(
      outputs, kernel: kernel, stride: stride, padding: padding, activation: normalization.activation,
      initializer: initializer
    ).layer
  }

  var window: ConvolutionWindow { ConvolutionWindow(size: kernel, stride: stride, padding: padding) }

  func form(for input: Shape, at index: Int) throws(NetworkError) -> LayerForm {
    guard outputs >= 1, outputs <= NetworkError.mostUnits else { throw .units(layer: index, found: outputs) }
    let output = try window.output(of: input, channels: outputs, layer: index, kind: "convolution")
    guard activation.isSound else { throw .slope(layer: index, found: activation.slope) }
    guard initializer.isSound else { throw .initializer(layer: index, found: initializer.text) }
    let (channels, area) = (input.channelCount, kernel * kernel)
    let start = TensorForm.Start.drawn(initializer, inputs: channels * area, outputs: outputs * area)
    let weight = TensorForm(
      name: "weight", rows: channels * area, columns: outputs, fileShape: [outputs, channels, kernel, kernel],
      kind: .weight, start: start)
    let bias = TensorForm(name: "bias", columns: outputs, kind: .bias, start: start)
    return LayerForm(output: output, tensors: hasBias ? [weight, bias] : [weight])
  }

  var summary: String {
    "Convolution \(outputs), \(window.summary)" + (activation == .identity ? "" : ", \(activation.name)")
  }
}

extension LayerWords {
  /// Reads the size of a window, then, in any order, `same`, `padding-N`, `stride-N`, `no-bias` and an activation.
  mutating func window() -> Bool {
    guard integer("kernel"), case .integer(let kernel)? = settings["kernel"] else { return false }
    while let word = next() {
      if word == "same" {
        guard kernel >= 1, kernel % 2 == 1 else { return false }
        settings["padding"] = .integer((kernel - 1) / 2)
      } else if word == "no-bias" {
        settings["bias"] = .flag(false)
      } else if !integer("stride", in: word), !integer("padding", in: word), !activation(word) {
        return false
      }
    }
    return true
  }
}
