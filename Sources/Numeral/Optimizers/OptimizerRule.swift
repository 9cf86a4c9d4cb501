/// The arithmetic of an optimizer in one training.
///
/// Before each step ``begin(_:)`` is called once and computes the numbers of the step, in `Double`. Then several
/// threads call ``update(_:with:)``, each for its parts of the parameters. The updater owns all state of parameters. So
/// a step depends only on its number, the settings, the gradients and that state. Powers are computed as products and
/// roots by the processor, so the numbers have the same bits on every machine.
protocol OptimizerRule: AnyObject {
  /// Computes the numbers of a step.
  func begin(_ step: OptimizerStep)
  /// Updates a part of the parameters along its gradient, after clipping and penalties.
  func update(_ part: ParameterPart, with kernels: KernelSet)
}

/// The arithmetic of an optimizer that turns the steps of weight matrices into orthogonal ones.
///
/// Here ``makeDirection(of:with:)`` comes first, then the ``Orthogonalizer``, then ``OptimizerRule/update(_:with:)``
/// along its result. The update of all parameters waits for that.
protocol MatrixRule: OptimizerRule {
  /// Replaces the gradient of some rows of a matrix by the direction to be made orthogonal.
  func makeDirection(of part: ParameterPart, with kernels: KernelSet)
}

/// The properties of an optimizer that do not depend on its settings.
struct OptimizerForm: Sendable {
  /// Creates the rule for a training.
  enum Rule {
    case elements(any OptimizerRule)
    case matrices(any MatrixRule)
  }

  /// The name used by the command and in model files.
  let name: String
  /// The number of floats of state for each parameter.
  let stateCount: Int
  /// What an update depends on, apart from gradients and state.
  let dependence: Dependence
  /// Whether its rule is a ``MatrixRule``.
  var seesMatrices = false
  /// Creates the rule for a training.
  let makeRule: @Sendable () -> Rule

  /// What an update of some parameters depends on, apart from their gradients and state.
  enum Dependence {
    /// On nothing, and the step is θ ← θ − rate · g: the code that computes a gradient may apply it at once.
    case none
    /// On nothing: all parameters are treated alike.
    case gradientsAlone
    /// On the tensor of the parameters.
    case tensors
  }
}

/// Groups of parameters that a rule may treat differently.
enum ParameterGroup {
  /// Weights of layers before the last.
  case matrices
  /// Weights of the last layer, and parameters with an unknown role.
  case weights
  /// Biases and the like.
  case others
}

/// The data of a step for a rule.
struct OptimizerStep {
  /// The number of the step, from 1.
  let number: Int
  /// The schedule's factor for learning rates.
  let rateFactor: Double
  /// Whether biases and the like decay as weights do.
  let decaysOthers: Bool
  let optimizer: Optimizer

  /// The learning rate of the step.
  var learningRate: Double { optimizer.learningRate * rateFactor }

  /// The value of a setting.
  ///
  /// - Precondition: The optimizer has a setting with this name.
  subscript(name: String) -> Double {
    var index = 0
    while index < optimizer.settings.count {
      if optimizer.settings[index].name == name { return optimizer.settings[index].value }
      index += 1
    }
    preconditionFailure("the optimizer has no such setting")
  }
}

/// Some rows of a parameter, with their gradient and state.
struct ParameterPart {
  let parameters: FloatMatrix
  /// Their gradient; the update may change it.
  let gradient: FloatMatrix
  let group: ParameterGroup
  /// √max(1, outputs / inputs) of a matrix, 1 for other parameters.
  let rateScale: Double
  /// Their location in the block of the parameters.
  let offset: Int
  /// `[states, elements of the block]`.
  let states: FloatMatrix

  /// The state with an index in 0 ..< ``OptimizerForm/stateCount``.
  func state(_ index: Int) -> FloatMatrix { states.matrix(inRow: index, from: offset, like: parameters) }
}
