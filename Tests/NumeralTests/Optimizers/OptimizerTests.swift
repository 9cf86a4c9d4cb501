import NumeralTestSupport
import Testing

@testable import Numeral

/// The standing table of optimizers: three steps by hand, then convergence.
@Suite struct OptimizerTests {
  private func matrix(_ values: [Float]) -> (Buffer<Float>, FloatMatrix) {
    let buffer = Buffer(values + [Float](repeating: 0, count: 16 - values.count))
    return (buffer, FloatMatrix(buffer, rows: 1, columns: values.count, stride: 16))
  }

  @Test("Three steps of gradient descent are those done by hand", arguments: KernelSet.available)
  func threeSteps(_ kernels: KernelSet) {
    let (buffer, parameters) = matrix([1, -2, 0.5])
    let optimizer = Optimizer.gradientDescent(learningRate: 0.25)
    let expected: [[Float]] = [[0.5, -1, 0.5], [-0.5, -1, 0.75], [-0.5, -0.875, 0]]
    for (gradient, after) in zip([[2, -4, 0], [4, 0, -1], [0, -0.5, 3]] as [[Float]], expected) {
      let (owner, along) = matrix(gradient)
      withExtendedLifetime(owner) { optimizer.update(parameters, along: along, kernels: kernels) }
      #expect(buffer.array(0..<3) == after)
      #expect(buffer.array(3..<16).allSatisfy { $0 == 0 })
    }
  }

  @Test("Gradient descent finds the minimum of a bowl", arguments: KernelSet.available)
  func convergence(_ kernels: KernelSet) {
    // (θ − target)² with a step of a tenth of its curvature: the error falls to 0.8 of itself.
    let target: [Float] = [3, -1, 0.125]
    let (buffer, parameters) = matrix([0, 0, 0])
    for _ in 0..<100 {
      let (owner, along) = matrix((0..<3).map { 2 * (buffer[$0] - target[$0]) })
      withExtendedLifetime(owner) {
        Optimizer.gradientDescent(learningRate: 0.1).update(parameters, along: along, kernels: kernels)
      }
    }
    // What stops it is half an ulp of the parameter against a step of 0.2 of the error.
    let tolerance = Tolerance(absolute: 0, relative: 1e-6)
    #expect(tolerance.firstDifference(buffer.array(0..<3).map(Double.init), references: target.map(Double.init)) == nil)
  }

  @Test("Names and rates are those that files record")
  func names() {
    #expect(Optimizer.gradientDescent(learningRate: 0.5).name == "sgd")
    #expect(Optimizer.gradientDescent(learningRate: 0.5).learningRate == 0.5)
    #expect(Optimizer.names == ["sgd"])
  }
}
