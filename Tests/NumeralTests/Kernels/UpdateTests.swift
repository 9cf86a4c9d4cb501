import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct UpdateTests {
  @Test("A step of gradient descent has the bits of the plain loop", arguments: KernelSet.available)
  func descend(_ kernels: KernelSet) {
    var stream = RandomStream.test(11)
    for count in [0, 16, 32, 48, 160, 1008] {
      for rate: Float in [0.1, 1e-5, 3, 1e-30] {
        let parameters = stream.awkwardFloats(count)
        let gradient = stream.awkwardFloats(count)
        let out = GuardedMatrix(parameters, rows: 1, columns: count, offset: 5)
        let along = GuardedMatrix(gradient, rows: 1, columns: count, offset: 3)
        kernels.table.updates.descend(out.base, along.base, count, rate)
        let expected = ReferenceKernels.descend(
          parameters, along: gradient, rate: rate, rounding: kernels.rounding)
        #expect(out.bits == bits(expected), "\(count) parameters, rate \(rate)")
        #expect(out.surroundingsAreUntouched)
      }
    }
  }

  @Test(
    "A step with momentum has the bits of the plain loop", arguments: KernelSet.available,
    [(0.9, false), (0.9, true), (0, false), (0, true), (0.999_999, true)] as [(Float, Bool)])
  func momentum(_ kernels: KernelSet, _ rule: (momentum: Float, looksAhead: Bool)) {
    var stream = RandomStream.test(12)
    for count in [0, 16, 32, 48, 160, 1008] {
      let start = (0..<3).map { _ in stream.awkwardFloats(count) }
      let (out, velocity) = (guarded(start[0], offset: 5), guarded(start[1], offset: 1))
      let along = guarded(start[2], offset: 3)
      let step = numeral_momentum_step(rate: 0.3, momentum: rule.momentum, looks_ahead: rule.looksAhead)
      kernels.table.updates.momentum(out.base, velocity.base, along.base, count, [step])
      let expected = ReferenceKernels.momentum(
        start[0], velocity: start[1], along: start[2], rate: 0.3, momentum: rule.momentum,
        looksAhead: rule.looksAhead, rounding: kernels.rounding)
      #expect(out.bits == bits(expected.parameters) && velocity.bits == bits(expected.velocity), "\(count)")
      #expect(out.surroundingsAreUntouched && velocity.surroundingsAreUntouched)
    }
  }

  @Test(
    "A step scaled by past squares has the bits of the plain loop", arguments: KernelSet.available,
    [(1, 1, 1e-10), (0.99, 0.01, 1e-8), (0.5, 0.5, 1)] as [(Float, Float, Float)])
  func scaled(_ kernels: KernelSet, _ rule: (kept: Float, added: Float, epsilon: Float)) {
    var stream = RandomStream.test(13)
    for count in [0, 16, 32, 48, 160, 1008] {
      let (parameters, gradient) = (stream.awkwardFloats(count), stream.awkwardFloats(count))
      let past = stream.awkwardFloats(count).map { $0.magnitude }
      let (out, squares) = (guarded(parameters, offset: 5), guarded(past, offset: 1))
      let along = guarded(gradient, offset: 3)
      let step = numeral_scaled_step(rate: 0.3, kept: rule.kept, added: rule.added, epsilon: rule.epsilon)
      kernels.table.updates.scaled_descend(out.base, squares.base, along.base, count, [step])
      let expected = ReferenceKernels.scaledDescend(
        parameters, squares: past, along: gradient, rate: 0.3, kept: rule.kept, added: rule.added,
        epsilon: rule.epsilon, rounding: kernels.rounding)
      #expect(out.bits == bits(expected.parameters) && squares.bits == bits(expected.squares), "\(count)")
      #expect(out.surroundingsAreUntouched && squares.surroundingsAreUntouched)
    }
  }

  @Test("A step of Adam has the bits of the plain loop", arguments: KernelSet.available, [1, 0.99] as [Float])
  func adam(_ kernels: KernelSet, _ shrink: Float) {
    var stream = RandomStream.test(14)
    let step = numeral_adam_step(
      rate: 0.03, shrink: shrink, mean_added: 0.1, square_kept: 0.999, square_added: 0.001, root_correction: 7,
      epsilon: 1e-8)
    for count in [0, 16, 32, 48, 160, 1008] {
      let start = (0..<3).map { _ in stream.awkwardFloats(count) }
      let past = stream.awkwardFloats(count).map { $0.magnitude }
      let (out, means) = (guarded(start[0], offset: 5), guarded(start[1], offset: 1))
      let (squares, along) = (guarded(past, offset: 7), guarded(start[2], offset: 3))
      kernels.table.updates.adam(out.base, means.base, squares.base, along.base, count, [step])
      let expected = ReferenceKernels.adam(
        start[0], means: start[1], squares: past, along: start[2], rate: 0.03, shrink: shrink, meanAdded: 0.1,
        squareKept: 0.999, squareAdded: 0.001, rootCorrection: 7, epsilon: 1e-8, rounding: kernels.rounding)
      #expect(out.bits == bits(expected.parameters), "\(count)")
      #expect(means.bits == bits(expected.means) && squares.bits == bits(expected.squares), "\(count)")
      #expect(out.surroundingsAreUntouched && means.surroundingsAreUntouched && squares.surroundingsAreUntouched)
    }
  }

  private func guarded(_ values: [Float], offset: Int) -> GuardedMatrix<Float> {
    GuardedMatrix(values, rows: 1, columns: values.count, offset: offset)
  }
}
