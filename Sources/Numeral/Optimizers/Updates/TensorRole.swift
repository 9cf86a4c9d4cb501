/// What the updater knows of a tensor.
struct TensorRole {
  let tensor: Tensor
  /// Whether Muon turns its steps into orthogonal matrices: weights, but for those of the last layer.
  let isOrthogonal: Bool
  /// Where the tensor's columns begin in lists of all weights' columns.
  let firstColumn: Int

  /// √max(1, outputs / inputs), by which Muon lengthens the steps of a tensor.
  var rateScale: Double { max(1, Double(tensor.columns) / Double(tensor.rows)).squareRoot() }

  /// The roles of the tensors of a network, in their order.
  static func roles(of tensors: [Tensor]) -> [TensorRole] {
    let lastWeight = tensors.last { $0.decays }
    var roles: [TensorRole] = []
    var columns = 0
    for tensor in tensors {
      roles.append(
        TensorRole(tensor: tensor, isOrthogonal: tensor.decays && tensor != lastWeight, firstColumn: columns))
      if tensor.decays { columns += tensor.stride }
    }
    return roles
  }
}

/// The numbers of a step for each kind of tensor.
struct UpdateRules {
  private var weights = UpdateRule.descend(rate: 0)
  private var others = UpdateRule.descend(rate: 0)
  private var matrices = UpdateRule.descend(rate: 0)
  private(set) var limit = Float.infinity
  private(set) var l1: Float = 0
  private(set) var l2: Float = 0
  /// Whether gradients are changed before they are followed.
  private(set) var adjusts = false
  /// Whether it matters to which tensor a parameter belongs.
  private(set) var distinguishes = false

  init() {}

  init(_ settings: UpdateSettings, step: Int, rateFactor: Double) {
    let regularization = settings.regularization
    func rule(decays: Bool, isOrthogonal: Bool = false) -> UpdateRule {
      UpdateRule(
        settings.optimizer, step: step, rateFactor: rateFactor, decays: decays, isOrthogonal: isOrthogonal)
    }
    weights = rule(decays: true)
    others = rule(decays: regularization.decaysBiases)
    matrices = rule(decays: true, isOrthogonal: true)
    if case .value(let bound) = settings.clipping { limit = Float(bound) }
    l1 = Float(regularization.l1)
    l2 = Float(regularization.l2)
    let isPenalized = l1 > 0 || l2 > 0
    adjusts = settings.clipping != nil || isPenalized
    distinguishes =
      switch settings.optimizer {
      case .adamW, .muon: true
      default: isPenalized
      }
  }

  /// The rule for a tensor; one that is unknown counts as a weight of the last layer.
  func rule(of role: TensorRole?) -> UpdateRule {
    guard let role else { return weights }
    return role.isOrthogonal ? matrices : role.tensor.decays ? weights : others
  }
}
