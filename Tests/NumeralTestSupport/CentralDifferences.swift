public import NumeralPlain

extension PlainTensor {
  /// The measured gradient of a loss with respect to a tensor's numbers: (loss(θ + h) − loss(θ − h)) / 2h for each
  /// number.
  ///
  /// In `Double` its error is of the order h² plus 10⁻¹⁶ / h of the loss: about 10⁻⁹ of it for the usual h.
  public func centralDifferences(step h: Double = 1e-5, of loss: () -> Double) -> [Double] {
    values.indices.map { place in
      let value = values[place]
      values[place] = value + h
      let above = loss()
      values[place] = value - h
      let below = loss()
      values[place] = value
      return (above - below) / (2 * h)
    }
  }
}
