/// The changes to gradients before the optimizer's step: clipping, and the gradients of penalties.
struct GradientAdjustment {
  /// The factor for all gradients.
  var factor: Float = 1
  private let limit: Float
  private let l1: Float
  private let l2: Float
  private let decaysOthers: Bool
  /// Whether anything changes.
  let isNeeded: Bool
  /// Whether the change depends on the tensor of a parameter.
  let isByTensor: Bool

  init(_ settings: UpdateSettings) {
    let regularization = settings.regularization
    if case .value(let bound) = settings.clipping { limit = Float(bound) } else { limit = .infinity }
    l1 = Float(regularization.l1)
    l2 = Float(regularization.l2)
    decaysOthers = regularization.decaysBiases
    isByTensor = l1 > 0 || l2 > 0
    isNeeded = settings.clipping != nil || isByTensor
  }

  /// Clips a part's gradient and adds the gradients of the penalties.
  func adjust(_ part: ParameterPart, with kernels: KernelSet) {
    guard isNeeded else { return }
    let decays = part.group != .others || decaysOthers
    kernels.adjust(
      part.gradient, by: part.parameters, scale: factor, limit: limit, share: decays ? l2 : 0,
      signShare: decays ? l1 : 0)
  }
}
