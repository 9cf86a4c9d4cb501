internal import CNumeralCPU

// The kernels of pooling; see `NumeralPlaneKernels.h`.

extension KernelSet {
  func pool(_ input: Planes, by pool: PoolingWindow, into out: Planes) {
    precondition(pool.fits(input: input, output: out), "the window does not fit")
    var (out, input, window) = unsafe (out.view, input.view, pool.view)
    switch pool.statistic {
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
    switch pool.statistic {
    case .maximum: unsafe table.planes.max_pool_back(&result, &delta, &input, &pooled, &window, &activation)
    case .average: unsafe table.planes.average_pool_back(&result, &delta, &input, &window, &activation)
    }
  }
}

extension PoolingWindow {
  /// The pool as kernels take it.
  fileprivate var view: numeral_window { numeral_window(height: height, width: width, step: stride) }
}
