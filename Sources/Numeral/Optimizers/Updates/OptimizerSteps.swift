// Rules of any kind behind one face. Boxes are final and generic, so that each rule is compiled for itself and nothing
// is allocated in a step; their protocols are bound to classes, which is what Embedded Swift can do.

/// The rule of an optimizer, whichever it is.
protocol AnyOptimizerRule: AnyObject, Sendable {
  /// See ``OptimizerRule/name``.
  var name: String { get }
  /// See ``OptimizerRule/stateCount``.
  var stateCount: Int { get }
  /// See ``OptimizerRule/form``.
  var form: UpdateForm { get }
  /// Whether it is a ``MatrixRule``.
  var seesMatrices: Bool { get }
  /// What takes the steps of a training.
  func steps(of optimizer: Optimizer) -> StepsOfRule
}

/// What takes the steps of a training, by what it must see.
enum StepsOfRule {
  case elements(any OptimizerSteps)
  case matrices(any MatrixSteps)

  /// Those of any.
  var any: any OptimizerSteps {
    switch self {
    case .elements(let steps): steps
    case .matrices(let steps): steps
    }
  }
}

/// The steps of a rule, with the numbers of the one at hand.
protocol OptimizerSteps: AnyObject {
  /// Works out the numbers of a step.
  func begin(_ optimizer: Optimizer, number: Int, rateFactor: Double, decaysOthers: Bool)
  /// See ``OptimizerRule/update(_:by:with:)``.
  func update(_ part: ParameterPart, with kernels: KernelSet)
}

/// The steps of a rule that looks at matrices.
protocol MatrixSteps: OptimizerSteps {
  /// See ``MatrixRule/makeDirection(of:by:with:)``.
  func makeDirection(of part: ParameterPart, with kernels: KernelSet)
}

final class ErasedRule<Rule: OptimizerRule>: AnyOptimizerRule {
  private let rule: Rule

  init(_ rule: Rule) { self.rule = rule }

  var name: String { rule.name }
  var stateCount: Int { rule.stateCount }
  var form: UpdateForm { rule.form }
  var seesMatrices: Bool { false }
  func steps(of optimizer: Optimizer) -> StepsOfRule { .elements(RuleSteps(rule, of: optimizer)) }
}

final class ErasedMatrixRule<Rule: MatrixRule>: AnyOptimizerRule {
  private let rule: Rule

  init(_ rule: Rule) { self.rule = rule }

  var name: String { rule.name }
  var stateCount: Int { rule.stateCount }
  var form: UpdateForm { rule.form }
  var seesMatrices: Bool { true }
  func steps(of optimizer: Optimizer) -> StepsOfRule { .matrices(RuleSteps(rule, of: optimizer)) }
}

/// A rule and its numbers for each group of parameters.
final class RuleSteps<Rule: OptimizerRule>: OptimizerSteps {
  private let rule: Rule
  private var matrices: Rule.Numbers
  private var weights: Rule.Numbers
  private var others: Rule.Numbers

  init(_ rule: Rule, of optimizer: Optimizer) {
    func numbers(_ group: ParameterGroup) -> Rule.Numbers {
      rule.numbers(of: OptimizerStep(optimizer, number: 1, rateFactor: 1, group: group, decaysOthers: false))
    }
    self.rule = rule
    matrices = numbers(.matrices)
    weights = numbers(.weights)
    others = numbers(.others)
  }

  func begin(_ optimizer: Optimizer, number: Int, rateFactor: Double, decaysOthers: Bool) {
    func numbers(_ group: ParameterGroup) -> Rule.Numbers {
      rule.numbers(
        of: OptimizerStep(
          optimizer, number: number, rateFactor: rateFactor, group: group, decaysOthers: decaysOthers))
    }
    matrices = numbers(.matrices)
    weights = numbers(.weights)
    others = numbers(.others)
  }

  func update(_ part: ParameterPart, with kernels: KernelSet) {
    switch part.group {
    case .matrices: rule.update(part, by: matrices, with: kernels)
    case .weights: rule.update(part, by: weights, with: kernels)
    case .others: rule.update(part, by: others, with: kernels)
    }
  }
}

extension RuleSteps: MatrixSteps where Rule: MatrixRule {
  func makeDirection(of part: ParameterPart, with kernels: KernelSet) {
    rule.makeDirection(of: part, by: matrices, with: kernels)
  }
}
