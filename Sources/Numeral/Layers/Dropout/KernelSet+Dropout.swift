internal import CNumeralCPU

// The kernels of dropout; see `NumeralElementwise.h`.

extension KernelSet {
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
