/// A layer that leaves out random inputs in training, so that no unit can rely on another.
///
/// ```
/// training:    y = x / (1 − rate) with probability 1 − rate, else 0
/// inference:   y = x
/// ```
///
/// Shapes: y has the shape of x, images or features. The mean of y is x in both cases. Back, ∂loss/∂x = δ / (1 − rate)
/// where x was kept, else 0. The choice depends only on (seed, epoch, sample, layer, place), so it is the same on any
/// number of threads. Source: N. Srivastava et al., 2014, *Dropout: a simple way to prevent neural networks from
/// overfitting*, JMLR 15. `DropoutPlan` carries it out.
public final class Dropout: LayerDescription, Sendable {
  /// The share of inputs that is left out, 0 or more and less than 1.
  public let rate: Double

  /// Describes the layer.
  ///
  /// - Parameter rate: The share that is left out, 0 or more and less than 1; the network's initializer checks it and
  ///   throws ``NetworkError``.
  public init(_ rate: Double) {
    self.rate = rate
  }

  /// The layer.
  public var layer: Layer { Layer(description: self) }

  var kind: LayerKind { Dropout.kind }

  static let kind = LayerKind(
    "dropout", settings: ["rate"],
    texts: [
      LayerText("dropout:RATE", "This share of the inputs left out while training, other ones each time") {
        $0.number("rate")
      }
    ]
  ) { settings throws(LayerSettingError) in Dropout(try settings.number("rate")).layer }

  var settings: LayerSettings { LayerSettings([("rate", .number(rate))]) }

  var activation: Activation { .identity }

  var reads: LayerReading { .either }

  func form(for input: Shape, at index: Int) throws(NetworkError) -> LayerForm {
    guard rate >= 0, rate < 1 else {
      throw .setting(
        layer: index, kind: "dropout", name: "rate", found: "\(rate)",
        expected: "0 or more and less than 1; with 1 nothing would be left")
    }
    return LayerForm(output: input, tensors: [])
  }

  var summary: String { "Dropout \(rate)" }
}
