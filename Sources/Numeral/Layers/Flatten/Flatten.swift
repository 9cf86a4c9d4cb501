/// A layer that turns an image into a list of features: channel by channel, row by row.
///
/// Shapes: x `[batch, channels, height, width]`, y `[batch, channels · height · width]`; features stay unchanged. Back,
/// every δ returns to the place of its number. The layer computes nothing. Dense layers flatten their input themselves.
/// So this layer is needed only if a list is wanted earlier, or to number layers as a network of another framework
/// does.
public final class Flatten: LayerDescription, Sendable {
  /// Describes the layer.
  public init() {}

  /// The layer.
  public var layer: Layer { Layer(description: self) }

  var kind: LayerKind { Flatten.kind }

  static let kind = LayerKind(
    "flatten", settings: [],
    texts: [LayerText("flatten", "An image as a list of features; dense layers do so by themselves") { _ in true }]
  ) { _ throws(LayerSettingError) in Flatten().layer }

  var settings: LayerSettings { LayerSettings() }

  var activation: Activation { .identity }

  var reads: LayerReading { .rows }

  func plan(_ place: LayerPlace, after input: Signal, in planner: LayerPlanner) -> Signal { planner.rows(input) }

  func form(for input: Shape, at index: Int) throws(NetworkError) -> LayerForm {
    LayerForm(output: .features(input.count), tensors: [])
  }

  var summary: String { "Flatten" }
}
