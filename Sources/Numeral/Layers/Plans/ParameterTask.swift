/// A piece of work on parameters: some rows of a layer's tensor, whose gradient and update one thread computes.
struct ParameterTask {
  /// The index of the parameter in the layer.
  let parameter: Int
  /// Some of its rows; for tiles of pixels, places in their list of pixels.
  let rows: Range<Int>
  /// The expected work per sample, in vector operations.
  let cost: Double
}
