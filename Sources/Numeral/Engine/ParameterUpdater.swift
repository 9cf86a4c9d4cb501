internal import CNumeralCPU

/// The update of parameters along their gradients: an optimizer's state, and the numbers of the step at hand.
///
/// State lies in blocks of the layout of the parameters' block. Parts of the parameters may be updated by several
/// threads, each part by one. A plan uses it in one of two ways:
///
/// - **As gradients come**, unless ``needsAllGradients``: ``begin(_:rateFactor:)``, then ``update(_:at:along:)`` for every
///   part whose gradient over the batch is known.
/// - **Apart**: `begin`, all gradients into a block of the parameters' layout, then ``nextPass(over:)`` until it is nil,
///   with a barrier after each pass. The bits are the same where both ways are possible.
final class ParameterUpdater {
  /// What all threads do next.
  enum Pass {
    /// Each calls ``ParameterUpdater/perform(thread:of:)``.
    case tensors
    /// Each calls ``ParameterUpdater/update(_:at:along:)`` for its parts of the parameters, which change: packed copies must
    /// be made anew.
    case units
  }

  private enum Stage {
    case gradientNorm, direction, orthogonalization(Int), update, columnNorms, constraint
  }

  let kernels: KernelSet
  let block: Buffer<Float>
  let roles: [TensorRole]
  /// Where each tensor ends: looked up for every part, without an allocation in any build.
  private let ends: Buffer<Int>
  /// The running average of the parameters in the layout of their block, nil if there is none.
  private(set) var averages: Buffer<Float>?
  private(set) var needsAllGradients = false

  var settings = UpdateSettings(optimizer: .gradientDescent(learningRate: 0))
  private var isPrepared = false
  private var state: [Buffer<Float>] = []
  /// The steps begun, which the corrections of Adam and of the average depend on.
  private var steps = 0
  private var stages: [Stage] = []
  private var place = 0
  private var stage = Stage.update

  // The numbers of the step.
  private var rules = UpdateRules()
  private var averagingShare: Float = 0
  var clippingFactor: Float = 1

  // What is known of all gradients or all parameters.
  private var gradientNorm: GradientNorm?
  private var columnNorms: ColumnNorms?
  private var orthogonalizer: Orthogonalizer?
  private var gradients: Buffer<Float>?

  /// Prepares to update a block.
  ///
  /// - Parameter tensors: What lies in it; parameters of no tensor count as weights.
  init(_ block: Buffer<Float>, tensors: [Tensor] = [], kernels: KernelSet) {
    self.block = block
    self.kernels = kernels
    roles = TensorRole.roles(of: tensors)
    ends = Buffer(tensors.map { $0.extent.upperBound })
  }

  /// Makes room for what some settings need, before the first step; that step does it otherwise.
  func prepare(_ settings: UpdateSettings) {
    precondition(!isPrepared, "the updater has been prepared")
    isPrepared = true
    state = (0..<settings.optimizer.stateCount).map { _ in Buffer(repeating: 0, count: block.count) }
    if settings.averaging != nil { averages = block.copy() }
    needsAllGradients = settings.needsAllGradients
    if case .norm = settings.clipping {
      gradientNorm = GradientNorm(count: block.count, kernels: kernels)
      stages.append(.gradientNorm)
    }
    let matrices = roles.filter { $0.isOrthogonal }.map { $0.tensor }
    if case .muon = settings.optimizer, !matrices.isEmpty {
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

  /// Begins a step.
  ///
  /// - Precondition: The settings are those of the first step, but for their numbers.
  func begin(_ settings: UpdateSettings, rateFactor: Double) {
    if !isPrepared { prepare(settings) }
    precondition(
      state.count == settings.optimizer.stateCount && (averages != nil) == (settings.averaging != nil)
        && needsAllGradients == settings.needsAllGradients, "the optimizer has changed between steps")
    steps += 1
    self.settings = settings
    rules = UpdateRules(settings, step: steps, rateFactor: rateFactor)
    if let decay = settings.averaging { averagingShare = UpdateSettings.averagingShare(decay: decay, step: steps) }
    clippingFactor = 1
    place = -1
    stage = .update
  }

  /// The next pass of a step whose gradients are all there, nil if it is done; called between passes by one thread.
  ///
  /// The gradients may be changed.
  func nextPass(over gradients: Buffer<Float>) -> Pass? {
    precondition(gradients.count == block.count, "the gradients have another layout")
    if place >= 0, case .gradientNorm = stage, let gradientNorm, case .norm(let bound) = settings.clipping {
      clippingFactor = GradientClipping.factor(bound: bound, norm: gradientNorm.value)
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

  /// A thread's part of a pass over tensors.
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

  /// Updates the parameters that start at a place of the block; their gradient may be changed.
  func update(_ parameters: FloatMatrix, at offset: Int, along gradient: FloatMatrix) {
    let role = rules.distinguishes || columnNorms != nil ? role(at: offset) : nil
    if case .constraint = stage {
      if let role, let columnNorms { columnNorms.bound(parameters, of: role) }
    } else {
      step(parameters, at: offset, along: gradient, role)
      // The average waits for what the constraint makes of them.
      if columnNorms != nil { return }
    }
    average(parameters, at: offset)
  }

  /// The learning rate if all that an update of weights does is to subtract so many times the gradient, as it comes: then
  /// whoever computes it may do so at once.
  var plainLearningRate: Float? {
    guard !needsAllGradients, averages == nil, !rules.adjusts, case .descend(let rate) = rules.rule(of: nil) else {
      return nil
    }
    return rate
  }

  /// Moves the average of some parameters, or of state that no gradient changes (running statistics), towards what they
  /// are now; nothing without an average.
  func average(_ values: FloatMatrix, at offset: Int) {
    guard let averages else { return }
    kernels.average(view(averages, values, at: offset), towards: values, share: averagingShare)
  }

  private func role(at offset: Int) -> TensorRole? {
    var index = 0
    while index < ends.count {
      if offset < ends[index] { return roles[index] }
      index += 1
    }
    return nil
  }

  /// The optimizer's step.
  private func step(_ parameters: FloatMatrix, at offset: Int, along gradient: FloatMatrix, _ role: TensorRole?) {
    switch rules.rule(of: role) {
    case .orthogonal(let rate, let weightDecay):
      // The direction has been clipped and penalised. λ/s of θ in it and a step of rate · s are a decay of rate · λ.
      let scale = role?.rateScale ?? 1
      if weightDecay > 0 { kernels.adjust(gradient, by: parameters, share: Float(weightDecay / scale)) }
      kernels.descend(parameters, along: gradient, learningRate: Float(rate * scale))
    case .descend(let rate):
      adjust(gradient, by: parameters, role)
      kernels.descend(parameters, along: gradient, learningRate: rate)
    case .momentum(let rate, let momentum, let looksAhead):
      adjust(gradient, by: parameters, role)
      kernels.descend(
        parameters, velocity: view(state[0], parameters, at: offset), along: gradient, learningRate: rate,
        momentum: momentum, looksAhead: looksAhead)
    case .scaled(let rate, let kept, let added, let epsilon):
      adjust(gradient, by: parameters, role)
      kernels.descend(
        parameters, squares: view(state[0], parameters, at: offset), along: gradient,
        step: numeral_scaled_step(rate: rate, kept: kept, added: added, epsilon: epsilon))
    case .adam(let step):
      adjust(gradient, by: parameters, role)
      kernels.descend(
        parameters, means: view(state[0], parameters, at: offset), squares: view(state[1], parameters, at: offset),
        along: gradient, step: step)
    }
  }

  /// Clips a gradient and adds those of the penalties.
  private func adjust(_ gradient: FloatMatrix, by parameters: FloatMatrix, _ role: TensorRole?) {
    guard rules.adjusts else { return }
    let decays = role?.tensor.decays ?? true || settings.regularization.decaysBiases
    kernels.adjust(
      gradient, by: parameters, scale: clippingFactor, limit: rules.limit, share: decays ? rules.l2 : 0,
      signShare: decays ? rules.l1 : 0)
  }

  /// Muon's momentum: u ← momentum · u + g, and the gradient becomes g + momentum · u.
  private func makeDirections(_ gradients: Buffer<Float>, thread: Int, of threads: Int) {
    guard let orthogonalizer, case .muon(_, let momentum, _, _) = settings.optimizer else { return }
    orthogonalizer.forEachShare(thread: thread, of: threads) { matrix, tensor, rows in
      let offset = tensor.offset + rows.lowerBound * tensor.stride
      let gradient = FloatMatrix(
        gradients, offset: offset, rows: rows.count, columns: tensor.columns, stride: tensor.stride)
      let velocity = view(state[0], gradient, at: offset)
      adjust(gradient, by: view(block, gradient, at: offset), role(at: offset))
      kernels.adjust(velocity, by: gradient, scale: Float(momentum), share: 1)
      kernels.adjust(gradient, by: velocity, share: Float(momentum))
      orthogonalizer.measure(matrix, rows: rows, in: gradients)
    }
  }

  private func view(_ buffer: Buffer<Float>, _ parameters: FloatMatrix, at offset: Int) -> FloatMatrix {
    FloatMatrix(
      buffer, offset: offset, rows: parameters.rows, columns: parameters.columns, stride: parameters.stride)
  }
}
