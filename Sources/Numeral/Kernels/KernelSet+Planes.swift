internal import CNumeralCPU

// The kernels of planes that several layers share; see `NumeralPlaneKernels.h` and `NumeralElementwise.h`.

extension KernelSet {
  func spread(
    _ images: LabeledImages, starts: Buffer<Int64>, from first: Int, count: Int, values: Buffer<Float>, into out: Planes
  ) {
    precondition(out.channels * out.height * out.width == images.shape.count, "shapes do not fit")
    precondition(first >= 0 && first + Planes.lanes <= starts.count && count <= Planes.lanes, "images out of range")
    for lane in 0..<count {
      let start = starts[first + lane]
      precondition(start >= 0 && Int(start) + images.shape.count <= images.pixels.count, "image out of range")
    }
    var out = unsafe out.view
    unsafe table.planes.spread_images(&out, images.pixels.base, starts.base + first, count, values.base)
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
}
