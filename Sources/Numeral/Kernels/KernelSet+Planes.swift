internal import CNumeralCPU

// The kernels of planes; see `NumeralPlaneKernels.h`, `NumeralConvolution.h` and `NumeralElementwise.h`.

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
    var out = unsafe out.view
    unsafe table.planes.spread_pictures(&out, images.pixels.base, starts.base + first, count, values.base)
  }

  func rows(of planes: Planes, into out: FloatMatrix) {
    precondition(out.columns == planes.channels * planes.height * planes.width, "shapes do not fit")
    precondition(out.rows <= Planes.lanes && out.stride >= FloatMatrix.padded(out.columns), "shapes do not fit")
    var (out, planes) = unsafe (out.view, planes.view)
    unsafe table.planes.planes_to_rows(&out, &planes)
  }

  func planes(of rows: FloatMatrix, into planes: Planes) {
    precondition(rows.columns == planes.channels * planes.height * planes.width, "shapes do not fit")
    precondition(rows.rows <= Planes.lanes && rows.stride >= FloatMatrix.padded(rows.columns), "shapes do not fit")
    var (planes, rows) = unsafe (planes.view, rows.view)
    unsafe table.planes.rows_to_planes(&planes, &rows)
  }

  func convolve(
    _ input: Planes, _ panels: Buffer<Float>, bias: FloatMatrix, window: SlidingWindow, into out: Planes,
    activation: Activation
  ) {
    precondition(window.fits(input: input, output: out), "the window does not fit")
    precondition(
      panels.count >= (out.channels + 3) / 4 * 4 * window.taps && bias.columns == out.channels, "panels do not fit")
    var activation = activation.view
    // By number: in debug builds a loop over elements would allocate.
    for index in 0..<window.forwardBands.count {
      let band = window.forwardBands[index]
      var out = unsafe out.view(rows: band.rows)
      var input = unsafe input.view(from: band.rows.lowerBound * window.stride)
      var taps = unsafe band.taps(panels, panelTaps: window.taps, step: window.stride)
      unsafe table.convolutions.convolve(&out, &input, &taps, bias.base, &activation)
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
    var activation = activation.view
    for index in 0..<window.backBands.count {
      let band = window.backBands[index]
      var (out, below) = unsafe (out.view(rows: band.rows), below.view(rows: band.rows))
      var delta = unsafe delta.view(from: band.rows.lowerBound)
      var taps = unsafe band.taps(panels, panelTaps: window.backTaps, step: 1)
      unsafe table.convolutions.convolve_back(&out, &delta, &taps, &below, &activation)
    }
  }

  func convolutionGradient(
    _ input: Planes, delta: Planes, window: SlidingWindow, into gradient: FloatMatrix, accumulates: Bool
  ) {
    precondition(window.fits(input: input, output: delta), "the window does not fit")
    precondition(gradient.rows == window.taps && gradient.columns == delta.channels, "shapes do not fit")
    var (gradient, input, delta) = unsafe (gradient.view, input.view, delta.view)
    unsafe table.convolutions.gradient(
      &gradient, &input, &delta, window.offsets.base, window.stride, accumulates)
  }

  func packTaps(_ weights: FloatMatrix, rows: Range<Int>, into panels: Buffer<Float>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= weights.rows, "rows out of range")
    precondition(panels.count >= (weights.columns + 3) / 4 * 4 * weights.rows, "panels do not fit")
    var weights = unsafe weights.view
    unsafe table.convolutions.pack_taps(panels.base, &weights, rows.lowerBound, rows.upperBound)
  }

  func packTapsBack(_ weights: FloatMatrix, window: Int, rows: Range<Int>, into panels: Buffer<Float>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= weights.rows, "rows out of range")
    precondition(
      panels.count >= (weights.rows / window + 3) / 4 * 4 * weights.columns * window, "panels do not fit")
    var weights = unsafe weights.view
    unsafe table.convolutions.pack_taps_back(panels.base, &weights, window, rows.lowerBound, rows.upperBound)
  }

  /// Planes with zeros between their positions.
  func spread(_ planes: Planes, step: Int, into out: Planes) {
    precondition(
      out.channels == planes.channels && out.height == (planes.height - 1) * step + 1
        && out.width == (planes.width - 1) * step + 1, "shapes do not fit")
    var (out, planes) = unsafe (out.view, planes.view)
    unsafe table.planes.spread_planes(&out, &planes, step)
  }

  func sums(of planes: Planes, into sums: FloatMatrix, accumulates: Bool) {
    precondition(sums.columns == planes.channels, "shapes do not fit")
    var planes = unsafe planes.view
    unsafe table.planes.plane_sums(sums.base, &planes, accumulates)
  }

  func pool(_ input: Planes, by pool: PoolingWindow, into out: Planes) {
    precondition(pool.fits(input: input, output: out), "the window does not fit")
    var (out, input, window) = unsafe (out.view, input.view, pool.view)
    switch pool.kind {
    case .maximum: unsafe table.planes.max_pool(&out, &input, &window)
    case .average: unsafe table.planes.average_pool(&out, &input, &window)
    }
  }

  func poolBack(
    _ delta: Planes, by pool: PoolingWindow, input: Planes, pooled: Planes, through activation: Activation,
    into result: Planes
  ) {
    precondition(pool.fits(input: input, output: delta) && pooled.hasExtents(of: delta), "the window does not fit")
    precondition(result.hasExtents(of: input), "shapes do not fit")
    var (result, delta, input, pooled) = unsafe (result.view, delta.view, input.view, pooled.view)
    var (window, activation) = (pool.view, activation.view)
    switch pool.kind {
    case .maximum: unsafe table.planes.max_pool_back(&result, &delta, &input, &pooled, &window, &activation)
    case .average: unsafe table.planes.average_pool_back(&result, &delta, &input, &window, &activation)
    }
  }

  /// out = in.
  func copy(_ planes: Planes, into out: Planes) { activate(planes, .identity, into: out) }

  /// out = f(in), or in place.
  func activate(_ input: Planes, _ activation: Activation, into out: Planes) {
    precondition(input.hasExtents(of: out), "shapes do not fit")
    var (out, input, activation) = unsafe (out.view, input.view, activation.view)
    unsafe table.elementwise.activate_planes(&out, &input, &activation)
  }

  /// delta ← delta · f′, from f's outputs.
  func differentiate(_ delta: Planes, through activation: Activation, of outputs: Planes) {
    precondition(delta.hasExtents(of: outputs) && !activation.needsInputs, "shapes do not fit")
    var (delta, outputs, activation) = unsafe (delta.view, outputs.view, activation.view)
    unsafe table.elementwise.differentiate_planes(&delta, &outputs, &activation)
  }

  /// out = delta · f′, from f's inputs.
  func differentiate(_ delta: Planes, through activation: Activation, at inputs: Planes, into out: Planes) {
    precondition(delta.hasExtents(of: inputs) && out.hasExtents(of: inputs), "shapes do not fit")
    precondition(activation.needsInputs, "this derivative is taken from the outputs")
    var (out, delta, inputs, activation) = unsafe (out.view, delta.view, inputs.view, activation.view)
    unsafe table.elementwise.differentiate_at_inputs(&out, &delta, &inputs, &activation)
  }

  /// out = f(a + b).
  func add(_ a: Planes, _ b: Planes, activation: Activation, into out: Planes) {
    precondition(a.hasExtents(of: out) && b.hasExtents(of: out), "shapes do not fit")
    var (out, a, b, activation) = unsafe (out.view, a.view, b.view, activation.view)
    unsafe table.elementwise.add_planes(&out, &a, &b, &activation)
  }

  func drop(_ input: Planes, keys: Buffer<UInt32>, from first: Int, threshold: UInt32, scale: Float, into out: Planes) {
    precondition(input.hasExtents(of: out) && first >= 0 && first + Planes.lanes <= keys.count, "shapes do not fit")
    var dropout = unsafe numeral_dropout(keys: keys.base + first, threshold: threshold, scale: scale)
    var (out, input) = unsafe (out.view, input.view)
    unsafe table.elementwise.drop_planes(&out, &input, &dropout)
  }

  func drop(
    _ input: FloatMatrix, keys: Buffer<UInt32>, from first: Int, threshold: UInt32, scale: Float, into out: FloatMatrix
  ) {
    precondition(input.rows == out.rows && input.columns == out.columns, "shapes do not fit")
    precondition(first >= 0 && first + out.rows <= keys.count, "keys do not fit")
    var dropout = unsafe numeral_dropout(keys: keys.base + first, threshold: threshold, scale: scale)
    var (out, input) = unsafe (out.view, input.view)
    unsafe table.elementwise.drop_rows(&out, &input, &dropout)
  }
}

extension Planes {
  /// The description of some rows.
  fileprivate func view(rows: Range<Int>) -> numeral_planes {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= height, "rows out of range")
    var view = unsafe view
    unsafe view.base += rows.lowerBound * view.row
    unsafe view.height = rows.count
    return unsafe view
  }

  /// The same of all rows from one on, which may lie in the border: what a window of a band looks at.
  fileprivate func view(from row: Int) -> numeral_planes {
    var view = unsafe view
    unsafe view.base += row * view.row
    return unsafe view
  }
}

extension SlidingWindow.Band {
  /// The taps with their weights, as kernels take them.
  fileprivate func taps(_ panels: Buffer<Float>, panelTaps: Int, step: Int) -> numeral_taps {
    unsafe numeral_taps(
      panels: panels.base, panel_taps: panelTaps, offsets: offsets.base, places: places.base, count: offsets.count,
      step: step)
  }
}

extension PoolingWindow {
  /// The description that kernels take.
  fileprivate var view: numeral_window { numeral_window(height: height, width: width, step: stride) }
}
