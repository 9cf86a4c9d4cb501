/// A layer that slides a small window of weights over each channel of an image; every channel has its own window.
///
/// ```
/// y[c, r, q] = f( Σᵤ Σᵥ x[c, r · stride + u − padding, q · stride + v − padding] · w[c, u, v] + b[c] )
/// ```
///
/// with zeros beyond the image; u and v run over the kernel's rows and columns. A ``Convolution`` mixes channels and
/// has outputs · channels windows. This layer keeps channels apart and has one window for each, so it has far fewer
/// weights. A convolution of 1×1 after it can mix the channels. Shapes: x `[channels, height, width]`, w `[channels,
/// kernel, kernel]` (in files `[channels, 1, kernel, kernel]`), b `[channels]`, y `[channels, height′, width′]` with
/// height′ = ⌊(height + 2 padding − kernel) / stride⌋ + 1, width′ likewise. With δ = ∂loss/∂(sum), the gradients are
///
/// ```
/// ∂loss/∂w[c, u, v] = Σ over samples and positions
///                     x[c, r · stride + u − padding, q · stride + v − padding] · δ[c, r, q]
/// ∂loss/∂b[c]       = Σ over samples and positions δ[c, r, q]
/// ∂loss/∂x[c, h, k] = Σ over those u, v, r, q whose window has its place (u, v) at (h, k)
///                     w[c, u, v] · δ[c, r, q]
/// ```
///
/// Building a network throws ``NetworkError`` as for a ``Convolution``.
///
/// ```swift
/// DepthwiseConvolution(kernel: 3, padding: 1)  // 32×28×28 stays so, with 320 parameters where Convolution has 9,248
/// ```
///
/// Source: L. Sifre, 2014, *Rigid-motion scattering for image classification*, section 6.2; A. Howard et al., 2017,
/// *MobileNets*, arXiv:1704.04861. `DepthwiseConvolutionPlan` carries out these formulas.
public final class DepthwiseConvolution: LayerDescription, Sendable {
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
  /// How weights are drawn; fan-in and fan-out are both kernel².
  public let initializer: Initializer

  /// Describes the layer; the network's initializer checks it and throws ``NetworkError``.
  ///
  /// - Parameters:
  ///   - kernel: The rows and columns of the window, 1 to 255.
  ///   - stride: The distance between two windows, 1 to 255.
  ///   - padding: The rows and columns of zeros around the image, 0 or more and less than the kernel.
  ///   - hasBias: Whether a bias is added.
  ///   - activation: The function applied to each sum.
  ///   - initializer: How weights are drawn; by default the form that suits the activation.
  public init(
    kernel: Int, stride: Int = 1, padding: Int = 0, hasBias: Bool = true, activation: Activation = .identity,
    initializer: Initializer? = nil
  ) {
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.hasBias = hasBias
    self.activation = activation
    self.initializer = initializer ?? .suited(to: activation)
  }

  /// The layer.
  public var layer: Layer { Layer(description: self) }

  static let kind = LayerKind(
    "depthwiseConvolution", settings: ["kernel", "stride", "padding", "bias", "activation", "initializer"],
    texts: [
      LayerText(
        "depthwise:KERNEL",
        "A window of KERNEL by KERNEL for each map by itself; behind it what conv takes, as in depthwise:3:same"
      ) { $0.window() }
    ]
  ) { settings throws(LayerSettingError) in
    DepthwiseConvolution(
      kernel: try settings.integer("kernel"), stride: try settings.integer("stride", default: 1),
      padding: try settings.integer("padding", default: 0), hasBias: try settings.flag("bias", default: true),
      activation: try settings.activation(), initializer: try settings.initializer()
    ).layer
  }

  var kind: LayerKind { DepthwiseConvolution.kind }

  var settings: LayerSettings {
    LayerSettings([
      ("kernel", .integer(kernel)), ("stride", .integer(stride)), ("padding", .integer(padding)),
      ("bias", .flag(hasBias)),
    ]).with(activation).with(initializer)
  }

  var reads: LayerReading { .planes }

  var window: ConvolutionWindow { ConvolutionWindow(size: kernel, stride: stride, padding: padding) }

  func absorbing(_ normalization: BatchNormalization) -> Layer? {
    if activation != .identity { return nil }
    return DepthwiseConvolution(
      kernel: kernel, stride: stride, padding: padding, activation: normalization.activation, initializer: initializer
    ).layer
  }

  func form(for input: Shape, at index: Int) throws(NetworkError) -> LayerForm {
    let output = try window.output(of: input, channels: nil, layer: index, kind: "depthwise convolution")
    guard activation.isSound else { throw .slope(layer: index, found: activation.slope) }
    guard initializer.isSound else { throw .initializer(layer: index, found: initializer.text) }
    let (channels, area) = (input.channelCount, kernel * kernel)
    let start = TensorForm.Start.drawn(initializer, inputs: area, outputs: area)
    let weight = TensorForm(
      name: "weight", rows: area, columns: channels, fileShape: [channels, 1, kernel, kernel], kind: .weight,
      start: start)
    let bias = TensorForm(name: "bias", columns: channels, kind: .bias, start: start)
    return LayerForm(output: output, tensors: hasBias ? [weight, bias] : [weight])
  }

  var summary: String {
    "Depthwise convolution \(window.summary)" + (activation == .identity ? "" : ", \(activation.name)")
  }
}
