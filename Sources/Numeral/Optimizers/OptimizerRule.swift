/// The arithmetic of an optimizer in one training.
///
/// Before each step ``begin(_:)`` is called once and works out its numbers, in `Double`; then ``update(_:with:)`` for
/// each part of the parameters, by several threads. All state of parameters belongs to the updater, so what a step does
/// depends on nothing but its number, the settings, the gradients and that state. Powers are products and roots are the
/// processor's, so the numbers have the same bits on every machine.
protocol OptimizerRule: AnyObject {
  /// Works out the numbers of a step.
  func begin(_ step: OptimizerStep)
  /// Updates a part of the parameters along its gradient, which has been clipped and penalized.
  func update(_ part: ParameterPart, with kernels: KernelSet)
}

/// The arithmetic of an optimizer that turns the steps of weight matrices into orthogonal ones.
///
/// For these ``makeDirection(of:with:)`` comes first, then the ``Orthogonalizer``, then
/// ``OptimizerRule/update(_:with:)`` along what it has made; the update of all parameters waits for that.
protocol MatrixRule: OptimizerRule {
  /// Turns the gradient of some rows of a matrix into the direction that is made orthogonal.
  func makeDirection(of part: ParameterPart, with kernels: KernelSet)
}

/// What an optimizer is, apart from its settings.
struct OptimizerForm: Sendable {
  /// The rule of a training.
  enum Rule {
    case elements(any OptimizerRule)
    case matrices(any MatrixRule)
  }

  /// The name used by the command and in model files.
  let name: String
  /// The number of floats that it remembers for each parameter.
  let stateCount: Int
  /// What an update depends on beside gradients and state.
  let dependence: Dependence
  /// Whether its rule is a ``MatrixRule``.
  var seesMatrices = false
  /// Makes the rule of a training.
  let makeRule: @Sendable () -> Rule

  /// What an update of some parameters depends on beside their gradients and state.
  enum Dependence {
    /// On nothing, and all it does is θ ← θ − rate · g: whoever computes a gradient may follow it at once.
    case none
    /// On nothing: all parameters are treated alike.
    case gradientsAlone
    /// On the tensor that they belong to.
    case tensors
  }
}

/// Parameters that a rule may treat differently.
enum ParameterGroup {
  /// Weights of layers before the last.
  case matrices
  /// Weights of the last layer, and parameters of unknown use.
  case weights
  /// Biases and the like.
  case others
}

/// What a rule is told of a step.
struct OptimizerStep {
  /// The number of the step, from 1.
  let number: Int
  /// What the schedule multiplies learning rates by.
  let rateFactor: Double
  /// Whether biases and the like decay as weights do.
  let decaysOthers: Bool
  let optimizer: Optimizer

  /// The learning rate of the step.
  var learningRate: Double { optimizer.learningRate * rateFactor }

  /// The value of a setting.
  ///
  /// - Precondition: The optimizer has one of this name.
  subscript(name: String) -> Double {
    var index = 0
    while index < optimizer.settings.count {
      if optimizer.settings[index].name == name { return optimizer.settings[index].value }
      index += 1
    }
    preconditionFailure("the optimizer has no such setting")
  }
}

/// Some rows of a parameter, and what belongs to them.
struct ParameterPart {
  let parameters: FloatMatrix
  /// Their gradient, which may be changed.
  let gradient: FloatMatrix
  let group: ParameterGroup
  /// √max(1, outputs / inputs) of a matrix, else 1.
  let rateScale: Double
  /// Where they lie in the block of the parameters.
  let offset: Int
  /// `[states, elements of the block]`.
  let states: FloatMatrix

  /// What is remembered of them, from 0 to the rule's ``OptimizerForm/stateCount``.
  func state(_ index: Int) -> FloatMatrix { states.matrix(inRow: index, from: offset, like: parameters) }
}
