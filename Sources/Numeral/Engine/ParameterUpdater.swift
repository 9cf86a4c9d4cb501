/// The update of parameters along their gradients: an optimizer's state, and the numbers of the step at hand.
///
/// State lies in blocks of the layout of the parameters' block. Parts of the parameters may be updated by several
/// threads, each part by one.
final class ParameterUpdater {
  private let kernels: KernelSet
  private let block: Buffer<Float>
  private var state: [Buffer<Float>] = []
  private var rule = UpdateRule.descend(rate: 0)
  /// The steps begun, which the corrections of Adam depend on.
  private var steps = 0

  /// Prepares to update a block.
  init(_ block: Buffer<Float>, kernels: KernelSet) {
    self.block = block
    self.kernels = kernels
  }

  /// Begins a step; the first makes the blocks of the state.
  ///
  /// - Precondition: The optimizer remembers as much for each parameter as that of the first step.
  func begin(_ optimizer: Optimizer, rateFactor: Double) {
    if steps == 0 { state = (0..<optimizer.stateCount).map { _ in Buffer(repeating: 0, count: block.count) } }
    precondition(state.count == optimizer.stateCount, "the optimizer has changed between steps")
    steps += 1
    rule = UpdateRule(optimizer, step: steps, rateFactor: rateFactor)
  }

  /// Updates the parameters that start at a place of the block.
  func update(_ parameters: FloatMatrix, at offset: Int, along gradient: FloatMatrix) {
    switch rule {
    case .descend(let rate):
      kernels.descend(parameters, along: gradient, learningRate: rate)
    case .momentum(let rate, let momentum, let looksAhead):
      kernels.descend(
        parameters, velocity: state(0, of: parameters, at: offset), along: gradient, learningRate: rate,
        momentum: momentum, looksAhead: looksAhead)
    case .scaled(let rate, let kept, let added, let epsilon):
      kernels.descend(
        parameters, squares: state(0, of: parameters, at: offset), along: gradient, learningRate: rate, kept: kept,
        added: added, epsilon: epsilon)
    case .adam(let step):
      kernels.descend(
        parameters, means: state(0, of: parameters, at: offset), squares: state(1, of: parameters, at: offset),
        along: gradient, step: step)
    }
  }

  private func state(_ index: Int, of parameters: FloatMatrix, at offset: Int) -> FloatMatrix {
    FloatMatrix(
      state[index], offset: offset, rows: parameters.rows, columns: parameters.columns, stride: parameters.stride)
  }
}
