/// A part of the parameters whose gradient and update one thread carries out: some rows of a layer's tensor.
struct ParameterUnit {
  /// Which of the layer's parameters.
  let parameter: Int
  /// Some of its rows; for tiles of pixels, places in their list of pixels.
  let rows: Range<Int>
  /// The expected work per sample, in vector operations.
  let cost: Double
}
