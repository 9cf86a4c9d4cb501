internal import CNumeralCPU

// The kernels of planes: shapes are checked here, then plain pointers are passed on.
// What each call computes, and its contract, stands in `NumeralKernelTable.h`.

extension KernelSet {
  func spread(
    _ images: LabeledImages, starts: Buffer<Int64>, from first: Int, count: Int, values: Buffer<Float>, into out: Planes
  ) {
    precondition(out.channels * out.height * out.width == images.shape.count, "shapes do not fit")
    precondition(first >= 0 && first + Planes.lanes <= starts.count && count <= Planes.lanes, "pictures out of range")
    for lane in 0..<count {
      let start = starts[first + lane]
      precondition(start >= 0 && Int(start) + images.shape.count <= images.pixels.count, "picture out of range")
    }
    unsafe with(out) { out in
      unsafe table.spread_pictures(out, images.pixels.base, starts.base + first, count, values.base)
    }
  }

  func rows(of planes: Planes, into out: FloatMatrix) {
    precondition(out.columns == planes.channels * planes.height * planes.width, "shapes do not fit")
    precondition(out.rows <= Planes.lanes && out.stride >= FloatMatrix.padded(out.columns), "shapes do not fit")
    unsafe with(planes) { unsafe table.planes_to_rows(out.base, out.stride, $0, out.rows) }
  }

  func planes(of rows: FloatMatrix, into planes: Planes) {
    precondition(rows.columns == planes.channels * planes.height * planes.width, "shapes do not fit")
    precondition(rows.rows <= Planes.lanes && rows.stride >= FloatMatrix.padded(rows.columns), "shapes do not fit")
    unsafe with(planes) { unsafe table.rows_to_planes($0, rows.base, rows.stride, rows.rows) }
  }

  func convolve(
    _ input: Planes, _ panels: Buffer<Float>, bias: FloatMatrix, window: SlidingWindow, into out: Planes,
    activation: Activation
  ) {
    precondition(window.fits(input: input, output: out), "the window does not fit")
    precondition(
      panels.count >= (out.channels + 3) / 4 * 4 * window.taps && bias.columns == out.channels, "panels do not fit")
    // By number: in debug builds a loop over elements would allocate.
    for index in 0..<window.forwardBands.count {
      let band = window.forwardBands[index]
      unsafe with(out, rows: band.rows) { out in
        unsafe with(input, from: band.rows.lowerBound * window.stride) { input in
          unsafe table.convolve(
            out, input, panels.base, bias.base, band.offsets.base, band.places.base, band.offsets.count, window.taps,
            window.stride, activation.code, activation.slope)
        }
      }
    }
  }

  func convolveBack(
    _ delta: Planes, _ panels: Buffer<Float>, window: SlidingWindow, below: Planes, through activation: Activation,
    into out: Planes
  ) {
    precondition(below.hasExtents(of: out), "shapes do not fit")
    precondition(
      panels.count >= (out.channels + 3) / 4 * 4 * window.backTaps
        && window.inputRows == out.height, "panels do not fit")
    for index in 0..<window.backBands.count {
      let band = window.backBands[index]
      unsafe with(out, rows: band.rows) { out in
        unsafe with(delta, from: band.rows.lowerBound) { delta in
          unsafe with(below, rows: band.rows) { below in
            unsafe table.convolve_back(
              out, delta, panels.base, band.offsets.base, band.places.base, band.offsets.count, window.backTaps,
              below, activation.code, activation.slope)
          }
        }
      }
    }
  }

  func convolutionGradient(
    _ input: Planes, delta: Planes, window: SlidingWindow, into gradient: FloatMatrix, accumulates: Bool
  ) {
    precondition(window.fits(input: input, output: delta), "the window does not fit")
    precondition(gradient.rows == window.taps && gradient.columns == delta.channels, "shapes do not fit")
    unsafe with(input) { input in
      unsafe with(delta) { delta in
        unsafe table.convolution_gradient(
          gradient.base, gradient.stride, input, delta, window.offsets.base, window.taps, window.stride, accumulates)
      }
    }
  }

  func packTaps(_ weights: FloatMatrix, rows: Range<Int>, into panels: Buffer<Float>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= weights.rows, "rows out of range")
    precondition(panels.count >= (weights.columns + 3) / 4 * 4 * weights.rows, "panels do not fit")
    unsafe table.pack_taps(
      panels.base, weights.base, weights.stride, weights.rows, rows.lowerBound, rows.upperBound, weights.columns)
  }

  func packTapsBack(_ weights: FloatMatrix, window: Int, rows: Range<Int>, into panels: Buffer<Float>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= weights.rows, "rows out of range")
    precondition(
      panels.count >= (weights.rows / window + 3) / 4 * 4 * weights.columns * window, "panels do not fit")
    unsafe table.pack_taps_back(
      panels.base, weights.base, weights.stride, window, rows.lowerBound, rows.upperBound, weights.columns)
  }

  /// Planes with zeros between their positions.
  func spread(_ planes: Planes, step: Int, into out: Planes) {
    precondition(
      out.channels == planes.channels && out.height == (planes.height - 1) * step + 1
        && out.width == (planes.width - 1) * step + 1, "shapes do not fit")
    unsafe with(out) { out in
      unsafe with(planes) { unsafe table.spread_planes(out, $0, step) }
    }
  }

  func sums(of planes: Planes, into sums: FloatMatrix, accumulates: Bool) {
    precondition(sums.columns == planes.channels, "shapes do not fit")
    unsafe with(planes) { unsafe table.plane_sums(sums.base, $0, accumulates) }
  }

  func pool(_ input: Planes, by pool: PoolingWindow, into out: Planes) {
    precondition(pool.fits(input: input, output: out), "the window does not fit")
    unsafe with(out) { out in
      unsafe with(input) { input in
        switch pool.kind {
        case .maximum: unsafe table.max_pool(out, input, pool.height, pool.stride)
        case .average: unsafe table.average_pool(out, input, pool.height, pool.width, pool.stride)
        }
      }
    }
  }

  func poolBack(
    _ delta: Planes, by pool: PoolingWindow, input: Planes, pooled: Planes, through activation: Activation,
    into result: Planes
  ) {
    precondition(pool.fits(input: input, output: delta) && pooled.hasExtents(of: delta), "the window does not fit")
    precondition(result.hasExtents(of: input), "shapes do not fit")
    unsafe with(result) { result in
      unsafe with(delta) { delta in
        unsafe with(input) { input in
          switch pool.kind {
          case .maximum:
            unsafe with(pooled) { pooled in
              unsafe table.max_pool_back(
                result, delta, input, pooled, pool.height, pool.stride, activation.code, activation.slope)
            }
          case .average:
            unsafe table.average_pool_back(
              result, delta, input, pool.height, pool.width, pool.stride, activation.code, activation.slope)
          }
        }
      }
    }
  }

  /// out = in.
  func copy(_ planes: Planes, into out: Planes) { activate(planes, .identity, into: out) }

  /// out = f(in), or in place.
  func activate(_ input: Planes, _ activation: Activation, into out: Planes) {
    precondition(input.hasExtents(of: out), "shapes do not fit")
    unsafe with(out) { out in
      unsafe with(input) { unsafe table.activate_planes(out, $0, activation.code, activation.slope) }
    }
  }

  /// delta ← delta · f′, from f's outputs.
  func differentiate(_ delta: Planes, through activation: Activation, of outputs: Planes) {
    precondition(delta.hasExtents(of: outputs) && !activation.needsInputs, "shapes do not fit")
    unsafe with(delta) { delta in
      unsafe with(outputs) { unsafe table.differentiate_planes(delta, $0, activation.code, activation.slope) }
    }
  }

  /// out = delta · f′, from f's inputs.
  func differentiate(_ delta: Planes, through activation: Activation, at inputs: Planes, into out: Planes) {
    precondition(delta.hasExtents(of: inputs) && out.hasExtents(of: inputs), "shapes do not fit")
    precondition(activation.needsInputs, "this derivative is taken from the outputs")
    unsafe with(out) { out in
      unsafe with(delta) { delta in
        unsafe with(inputs) { unsafe table.differentiate_at_inputs(out, delta, $0, activation.code) }
      }
    }
  }

  /// out = f(a + b).
  func add(_ a: Planes, _ b: Planes, activation: Activation, into out: Planes) {
    precondition(a.hasExtents(of: out) && b.hasExtents(of: out), "shapes do not fit")
    unsafe with(out) { out in
      unsafe with(a) { a in
        unsafe with(b) { unsafe table.add_planes(out, a, $0, activation.code, activation.slope) }
      }
    }
  }

  func drop(_ input: Planes, keys: Buffer<UInt32>, from first: Int, threshold: UInt32, scale: Float, into out: Planes) {
    precondition(input.hasExtents(of: out) && first >= 0 && first + Planes.lanes <= keys.count, "shapes do not fit")
    unsafe with(out) { out in
      unsafe with(input) { unsafe table.drop_planes(out, $0, keys.base + first, threshold, scale) }
    }
  }

  func drop(
    _ input: FloatMatrix, keys: Buffer<UInt32>, from first: Int, threshold: UInt32, scale: Float, into out: FloatMatrix
  ) {
    precondition(input.rows == out.rows && input.columns == out.columns, "shapes do not fit")
    precondition(first >= 0 && first + out.rows <= keys.count, "keys do not fit")
    unsafe table.drop_rows(
      out.base, out.stride, input.base, input.stride, keys.base + first, out.rows, FloatMatrix.padded(out.columns),
      threshold, scale)
  }

  /// Passes a pointer to the description of some rows of planes.
  @inline(__always) private func with<Result>(
    _ planes: Planes, rows: Range<Int>, _ body: (UnsafePointer<numeral_planes>) -> Result
  ) -> Result {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= planes.height, "rows out of range")
    var view = unsafe planes.view
    unsafe view.base += rows.lowerBound * view.row
    unsafe view.height = rows.count
    return unsafe withUnsafePointer(to: view) { unsafe body($0) }
  }

  /// The same of all rows from one on, which may lie in the border: what a window of a band looks at.
  @inline(__always) private func with<Result>(
    _ planes: Planes, from row: Int, _ body: (UnsafePointer<numeral_planes>) -> Result
  ) -> Result {
    var view = unsafe planes.view
    unsafe view.base += row * view.row
    return unsafe withUnsafePointer(to: view) { unsafe body($0) }
  }

  /// Passes a pointer to the description of planes, as the kernels want it.
  @inline(__always) private func with<Result>(
    _ planes: Planes, _ body: (UnsafePointer<numeral_planes>) -> Result
  ) -> Result {
    unsafe withUnsafePointer(to: planes.view) { unsafe body($0) }
  }
}
