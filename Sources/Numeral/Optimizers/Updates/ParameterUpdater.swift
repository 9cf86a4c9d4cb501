internal import CNumeralCPU

/// Updates parameters along their gradients: it holds the optimizer's state and the numbers of the current step.
///
/// State lies in blocks with the layout of the parameters' block. Several threads may update parts of the parameters,
/// each part by one thread. A plan uses the updater in one of two ways:
///
/// - **As gradients come**, unless ``needsAllGradients``: ``begin(_:rateFactor:)``, then ``update(_:at:along:)`` for
///   every part whose gradient over the batch is known.
/// - **Apart**: `begin`, then all gradients in a block with the parameters' layout, then ``nextPass(over:)`` until it
///   is nil, with a barrier after each pass. If both ways are possible, they give the same bits.
final class ParameterUpdater {
  /// The next work of all threads.
  enum Pass {
    /// Each calls ``ParameterUpdater/perform(thread:of:)``.
    case tensors
    /// Each calls ``ParameterUpdater/update(_:at:along:)`` for its parts of the parameters. These change, so packed
    /// copies must be refreshed.
    case units
  }

  private enum Stage {
    case gradientNorm, direction, orthogonalization(Int), update, columnNorms, constraint
  }

  let kernels: KernelSet
  let block: Buffer<Float>
  let roles: [TensorRole]
  /// The end of each tensor: looked up for every part, without an allocation in any build.
  private let ends: Buffer<Int>
  /// The running average of the parameters with the layout of their block, nil if there is none.
  private(set) var averages: Buffer<Float>?
  private(set) var needsAllGradients = false

  private var settings = UpdateSettings(optimizer: .standard)
  private var isPrepared = false
  private var rule: any OptimizerRule = GradientDescent()
  private var matrixRule: (any MatrixRule)?
  /// The optimizer's state, `[states, elements of the block]`, and a view of it.
  private var stateBuffer = Buffer<Float>(repeating: 0, count: 0)
  private var remembered: FloatMatrix
  /// The number of steps begun; the corrections of Adam and of the average depend on it.
  private(set) var stepCount = 0
  private var stages: [Stage] = []
  private var place = 0
  private var stage = Stage.update

  // The numbers of the current step.
  private var adjustment: GradientAdjustment
  private var averagingShare: Float = 0
  private var isByTensor = false
  /// The learning rate, if an update of weights only subtracts a multiple of the gradient as it comes. Then the code
  /// that computes a gradient may apply it at once.
  private(set) var plainLearningRate: Float?

  // Values computed from all gradients or all parameters.
  private var gradientNorm: GradientNorm?
  private var columnNorms: ColumnNorms?
  private var orthogonalizer: Orthogonalizer?
  private var gradients: Buffer<Float>?

  /// Prepares to update a block.
  ///
  /// - Parameter tensors: The tensors in the block; parameters outside them count as weights.
  init(_ block: Buffer<Float>, tensors: [Tensor] = [], kernels: KernelSet) {
    self.block = block
    self.kernels = kernels
    roles = TensorRole.roles(of: tensors)
    ends = Buffer(tensors.map { $0.extent.upperBound })
    remembered = FloatMatrix(stateBuffer, rows: 0, columns: 0, stride: 0)
    adjustment = GradientAdjustment(settings)
  }

  /// Allocates what some settings need, before the first step; otherwise the first step does it.
  func prepare(_ settings: UpdateSettings) {
    precondition(!isPrepared, "the updater has been prepared")
    isPrepared = true
    self.settings = settings
    let form = settings.optimizer.form
    switch form.makeRule() {
    case .elements(let rule): self.rule = rule
    case .matrices(let rule): (self.rule, matrixRule) = (rule, rule)
    }
    stateBuffer = Buffer(repeating: 0, count: form.stateCount * block.count)
    remembered = FloatMatrix(stateBuffer, rows: form.stateCount, columns: block.count, stride: block.count)
    if settings.averaging != nil { averages = block.copy() }
    needsAllGradients = settings.needsAllGradients
    if case .norm = settings.clipping {
      gradientNorm = GradientNorm(count: block.count, kernels: kernels)
      stages.append(.gradientNorm)
    }
    let matrices = roles.filter { $0.isOrthogonal }.map { $0.tensor }
    if matrixRule != nil, !matrices.isEmpty {
      orthogonalizer = Orthogonalizer(matrices, kernels: kernels)
      stages.append(.direction)
      stages += (0..<Orthogonalizer.stageCount).map { .orthogonalization($0) }
    }
    stages.append(.update)
    if settings.regularization.maxNorm != nil {
      columnNorms = ColumnNorms(roles, kernels: kernels)
      stages += [.columnNorms, .constraint]
    }
  }

  // MARK: State

  /// What the optimizer remembers, each in the layout of the parameters' block; copies.
  func states() -> [Buffer<Float>] {
    (0..<remembered.rows).map { row in Buffer(stateBuffer.array(row * block.count..<(row + 1) * block.count)) }
  }

  /// Goes on from what an updater of the same settings had reached.
  ///
  /// - Precondition: It has been prepared, and the layouts are its own.
  func restore(states: [Buffer<Float>], averages: Buffer<Float>?, stepCount: Int) {
    precondition(isPrepared && states.count == remembered.rows, "the state is of another optimizer")
    for (row, state) in states.enumerated() {
      for place in 0..<block.count { stateBuffer[row * block.count + place] = state[place] }
    }
    if let averages, let own = self.averages { for place in 0..<block.count { own[place] = averages[place] } }
    self.stepCount = stepCount
  }

  /// Begins a step.
  ///
  /// - Precondition: Only numbers of the settings differ from those of the first step.
  func begin(_ settings: UpdateSettings, rateFactor: Double) {
    if !isPrepared { prepare(settings) }
    let optimizer = settings.optimizer
    precondition(
      self.settings.optimizer.name == optimizer.name && (averages != nil) == (settings.averaging != nil)
        && needsAllGradients == settings.needsAllGradients, "the optimizer has changed between steps")
    stepCount += 1
    self.settings = settings
    rule.begin(
      OptimizerStep(
        number: stepCount, rateFactor: rateFactor, decaysOthers: settings.regularization.decaysBiases,
        optimizer: optimizer))
    adjustment = GradientAdjustment(settings)
    if let decay = settings.averaging {
      averagingShare = UpdateSettings.averagingShare(decay: decay, step: stepCount)
    }
    isByTensor = optimizer.form.dependence == .tensors || adjustment.isByTensor || columnNorms != nil
    let isPlain =
      optimizer.isPlainDescent && !needsAllGradients && averages == nil && !adjustment.isNeeded
    plainLearningRate = isPlain ? Float(optimizer.learningRate * rateFactor) : nil
    place = -1
    stage = .update
  }

  /// The next pass of a step after all gradients are known, nil at the end. One thread calls it between passes.
  ///
  /// It may change the gradients.
  func nextPass(over gradients: Buffer<Float>) -> Pass? {
    precondition(gradients.count == block.count, "the gradients have another layout")
    if place >= 0, case .gradientNorm = stage, let gradientNorm, case .norm(let bound) = settings.clipping {
      adjustment.factor = GradientClipping.factor(bound: bound, norm: gradientNorm.value)
    }
    place += 1
    guard place < stages.count else { return nil }
    self.gradients = gradients
    stage = stages[place]
    switch stage {
    case .update, .constraint: return .units
    case .gradientNorm, .direction, .orthogonalization, .columnNorms: return .tensors
    }
  }

  /// A thread's share of a pass over tensors.
  func perform(thread: Int, of threads: Int) {
    guard let gradients else { return }
    switch stage {
    case .gradientNorm: gradientNorm?.measure(gradients, thread: thread, of: threads)
    case .direction: makeDirections(gradients, thread: thread, of: threads)
    case .orthogonalization(let stage): orthogonalizer?.perform(stage, on: gradients, thread: thread, of: threads)
    case .columnNorms:
      columnNorms?.measure(block, bound: settings.regularization.maxNorm ?? .infinity, thread: thread, of: threads)
    case .update, .constraint: break
    }
  }

  /// Updates the parameters that start at a place of the block; this may change their gradient.
  func update(_ parameters: FloatMatrix, at offset: Int, along gradient: FloatMatrix) {
    let role = isByTensor ? role(at: offset) : nil
    if case .constraint = stage {
      if let role, let columnNorms { columnNorms.bound(parameters, of: role) }
    } else {
      let part = part(parameters, at: offset, along: gradient, role)
      // The directions of matrices were clipped and penalized before.
      if matrixRule == nil || part.group != .matrices { adjustment.adjust(part, with: kernels) }
      rule.update(part, with: kernels)
      // The average must wait until the norms are bounded.
      if columnNorms != nil { return }
    }
    average(parameters, at: offset)
  }

  /// Moves the average of some parameters towards their present values; without an average it does nothing. Also used
  /// for state that no gradient changes (running statistics).
  func average(_ values: FloatMatrix, at offset: Int) {
    guard let averages else { return }
    let kept = FloatMatrix(
      averages, offset: offset, rows: values.rows, columns: values.columns, stride: values.stride)
    kernels.average(kept, towards: values, share: averagingShare)
  }

  private func role(at offset: Int) -> TensorRole? {
    var index = 0
    while index < ends.count {
      if offset < ends[index] { return roles[index] }
      index += 1
    }
    return nil
  }

  private func part(
    _ parameters: FloatMatrix, at offset: Int, along gradient: FloatMatrix, _ role: TensorRole?
  ) -> ParameterPart {
    let group = role?.group ?? .weights
    return ParameterPart(
      parameters: parameters, gradient: gradient, group: group,
      rateScale: group == .matrices ? role?.rateScale ?? 1 : 1, offset: offset, states: remembered)
  }

  /// Turns a thread's share of the matrices' gradients into the directions to be made orthogonal.
  private func makeDirections(_ gradients: Buffer<Float>, thread: Int, of threads: Int) {
    guard let orthogonalizer, let matrixRule else { return }
    orthogonalizer.forEachShare(thread: thread, of: threads) { matrix, tensor, rows in
      let offset = tensor.offset + rows.lowerBound * tensor.stride
      func view(_ buffer: Buffer<Float>) -> FloatMatrix {
        FloatMatrix(buffer, offset: offset, rows: rows.count, columns: tensor.columns, stride: tensor.stride)
      }
      let part = part(view(block), at: offset, along: view(gradients), role(at: offset))
      adjustment.adjust(part, with: kernels)
      matrixRule.makeDirection(of: part, with: kernels)
      orthogonalizer.measure(matrix, rows: rows, in: gradients)
    }
  }
}
