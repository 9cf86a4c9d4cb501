/// A layer that makes a list of features of a picture: channel by channel, row by row.
///
/// Shapes: x `[batch, channels, height, width]`, y `[batch, channels · height · width]`; features stay as they are.
/// Back, every δ returns to where its number came from. It computes nothing. Dense layers flatten what they are given,
/// so it is needed only where a list is wanted earlier, and to number layers as a network of another framework does.
public struct Flatten: Sendable, Hashable {
  /// Describes the layer.
  public init() {}

  func form(for input: Shape, at index: Int) throws(NetworkError) -> LayerForm {
    LayerForm(output: .features(input.count), tensors: [])
  }

  var summary: String { "Flatten" }
}
