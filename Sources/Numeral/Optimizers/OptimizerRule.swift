/// The arithmetic of an optimizer, without the values of its settings.
///
/// In every step ``numbers(of:)`` is called once for each group of parameters, in `Double`; then ``update(_:by:with:)``
/// for each part of the parameters, by several threads. All state belongs to the updater, so what a step does depends
/// on nothing but its number, the settings, the gradients and that state.
protocol OptimizerRule: Sendable {
  /// The numbers of a step that are the same for all parameters of a group.
  associatedtype Numbers

  /// The name used by the command and in model files.
  var name: String { get }
  /// The number of floats that it remembers for each parameter.
  var stateCount: Int { get }
  /// What an update depends on beside gradients and state.
  var form: UpdateForm { get }

  /// Works out the numbers of a step for a group of parameters.
  ///
  /// Powers are products and roots are the processor's, so the numbers have the same bits on every machine.
  func numbers(of step: OptimizerStep) -> Numbers

  /// Updates a part of the parameters along its gradient, which has been clipped and penalised.
  func update(_ part: ParameterPart, by numbers: Numbers, with kernels: KernelSet)
}

/// The arithmetic of an optimizer that turns the steps of weight matrices into orthogonal ones.
///
/// For these ``makeDirection(of:by:with:)`` comes first, then the ``Orthogonalizer``, then
/// ``OptimizerRule/update(_:by:with:)`` along what it has made; the update of all parameters waits for that.
protocol MatrixRule: OptimizerRule {
  /// Turns the gradient of some rows of a matrix into the direction that is made orthogonal.
  func makeDirection(of part: ParameterPart, by numbers: Numbers, with kernels: KernelSet)
}

/// What an update of some parameters depends on beside their gradients and state.
enum UpdateForm {
  /// On nothing, and all it does is θ ← θ − rate · g: whoever computes a gradient may follow it at once.
  case descent
  /// On nothing: all parameters are treated alike.
  case alike
  /// On the tensor that they belong to.
  case byTensor
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
  /// The parameters that it is about.
  let group: ParameterGroup
  /// Whether a weight decay applies to them.
  let decays: Bool
  private let optimizer: Optimizer

  init(_ optimizer: Optimizer, number: Int, rateFactor: Double, group: ParameterGroup, decaysOthers: Bool) {
    self.optimizer = optimizer
    self.number = number
    self.rateFactor = rateFactor
    self.group = group
    decays = group != .others || decaysOthers
  }

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

  /// What is remembered of them, from 0 to the rule's ``OptimizerRule/stateCount``.
  func state(_ index: Int) -> FloatMatrix { states.matrix(inRow: index, from: offset, like: parameters) }
}
