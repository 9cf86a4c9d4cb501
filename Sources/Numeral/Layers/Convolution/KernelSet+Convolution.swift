internal import CNumeralCPU

// The kernels of convolutions; see `NumeralConvolution.h`.

/// The packed weights of a convolution: those of all outputs, or of one channel that has its own window.
struct PackedTaps {
  let panels: Buffer<Float>
  /// The offset of the first weight.
  let offset: Int

  /// The weights of all outputs.
  init(_ panels: Buffer<Float>) {
    self.panels = panels
    offset = 0
  }

  /// The weights of one channel, packed beside other channels in panels with a given number of taps.
  init(_ panels: Buffer<Float>, channel: Int, taps: Int) {
    self.panels = panels
    offset = channel / 4 * 4 * taps + channel % 4
  }

  /// Whether they suffice for some outputs; the last panel of outputs reads beyond its own weights.
  func fit(_ out: Planes, taps: Int) -> Bool {
    let end = offset / (4 * taps) * 4 + (out.channels + 3) / 4 * 4
    return panels.count >= end * taps
  }
}

extension KernelSet {
  func convolve(
    _ input: Planes, _ weights: PackedTaps, bias: FloatMatrix, window: SlidingWindow, into out: Planes,
    activation: Activation
  ) {
    precondition(window.fits(input: input, output: out), "the window does not fit")
    precondition(weights.fit(out, taps: window.taps) && bias.columns == out.channels, "weights do not fit")
    var activation = activation.view
    // By index: in debug builds a loop over elements would allocate.
    for index in 0..<window.forwardBands.count {
      let band = window.forwardBands[index]
      var out = unsafe out.view(rows: band.rows)
      var input = unsafe input.view(from: band.rows.lowerBound * window.stride)
      var taps = unsafe band.taps(weights, panelTaps: window.taps, step: window.stride)
      unsafe table.convolutions.convolve(&out, &input, &taps, bias.base, &activation)
    }
  }

  func convolveBack(
    _ delta: Planes, _ weights: PackedTaps, window: SlidingWindow, below: Planes, through activation: Activation,
    into out: Planes
  ) {
    precondition(below.hasExtents(of: out), "shapes do not fit")
    precondition(
      weights.fit(out, taps: window.backTaps) && window.inputRows == out.height, "weights do not fit")
    var activation = activation.view
    for index in 0..<window.backBands.count {
      let band = window.backBands[index]
      var (out, below) = unsafe (out.view(rows: band.rows), below.view(rows: band.rows))
      var delta = unsafe delta.view(from: band.rows.lowerBound)
      var taps = unsafe band.taps(weights, panelTaps: window.backTaps, step: 1)
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
}

extension Planes {
  /// A description of some rows for kernels.
  fileprivate func view(rows: Range<Int>) -> numeral_planes {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= height, "rows out of range")
    var view = unsafe view
    unsafe view.base += rows.lowerBound * view.row
    unsafe view.height = rows.count
    return unsafe view
  }

  /// The same for all rows from one on, including rows in the border: what the windows of a band read.
  fileprivate func view(from row: Int) -> numeral_planes {
    var view = unsafe view
    unsafe view.base += row * view.row
    return unsafe view
  }
}

extension SlidingWindow.Band {
  /// The taps with their weights, as kernels take them.
  fileprivate func taps(_ weights: PackedTaps, panelTaps: Int, step: Int) -> numeral_taps {
    unsafe numeral_taps(
      panels: weights.panels.base + weights.offset, panel_taps: panelTaps, offsets: offsets.base, places: places.base,
      count: offsets.count,
      step: step)
  }
}
