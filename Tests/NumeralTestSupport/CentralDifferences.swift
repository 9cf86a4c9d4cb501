public import NumeralPlain

extension PlainTensor {
  /// The gradient of a loss by the tensor's numbers, measured: (loss(θ + h) − loss(θ − h)) / 2h for each of them.
  ///
  /// In `Double` it is off by h² and by 10⁻¹⁶ / h of the loss: some 10⁻⁹ of it for the usual h.
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
