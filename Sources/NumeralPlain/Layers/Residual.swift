/// Layers whose result is added to their input.
///
/// ```
/// forward:   y = x + branch(x)
/// backward:  ∂loss/∂x = δ + (what comes back through the branch from δ)
/// ```
///
/// So δ also arrives unchanged, however deep the branch is.
final class PlainResidual: PlainLayer {
  let output: PlainShape
  private let branch: [any PlainLayer]
  var tensors: [PlainTensor] { branch.flatMap { $0.tensors } }

  init(_ input: PlainShape, branch: [any PlainLayer]) throws(PlainError) {
    (output, self.branch) = (input, branch)
    guard let last = branch.last, last.output == input else { throw .misfit("a branch that changes the shape") }
  }

  func forward(_ x: [[Double]], _ mode: PlainMode) -> [[Double]] {
    added(x, branch.reduce(x) { $1.forward($0, mode) })
  }

  func backward(_ delta: [[Double]]) -> [[Double]] {
    added(delta, branch.reversed().reduce(delta) { $1.backward($0) })
  }

  private func added(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] { zip(a, b).map { zip($0, $1).map { $0 + $1 } } }
}
