import CNumeralCPU
import Foundation
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct ElementaryTests {
  /// A function, its exact value, the interval swept, and the bound in units in the last place that its file documents.
  struct Function: Sendable, CustomTestStringConvertible {
    let name: String
    let code: Int
    let exact: @Sendable (Double) -> Double
    let interval: ClosedRange<Float>
    let bound: Double
    var testDescription: String { name }
  }

  static let functions = [
    Function(name: "exp", code: numeral_function_exp, exact: { exp($0) }, interval: -87.33654...88.72283, bound: 1.5),
    Function(
      name: "log", code: numeral_function_log, exact: { log($0) },
      interval: Float.leastNormalMagnitude...Float.greatestFiniteMagnitude,
      bound: 2),
    Function(
      name: "sigmoid", code: numeral_function_sigmoid, exact: { 1 / (1 + exp(-$0)) }, interval: -87.33654...100,
      bound: 3),
    Function(name: "tanh", code: numeral_function_tanh, exact: { tanh($0) }, interval: -20...20, bound: 3),
  ]

  @Test("Functions keep their error bound over all magnitudes", arguments: KernelSet.available, functions)
  func bounds(_ kernels: KernelSet, _ function: Function) {
    // Every 499th float from one end of the interval to the other, through all magnitudes and both signs.
    var inputs: [Float] = []
    for sign: Float in [-1, 1] {
      let end = sign < 0 ? -function.interval.lowerBound : function.interval.upperBound
      if end <= 0 { continue }
      let start = max(0, sign * (sign < 0 ? function.interval.upperBound : function.interval.lowerBound))
      inputs += stride(from: start.bitPattern, through: end.bitPattern, by: 499).map { sign * Float(bitPattern: $0) }
      inputs.append(sign * end)
    }
    #expect(inputs.count > 2_000_000)
    let worst = worst(kernels, function, inputs)
    #expect(worst.error <= function.bound, "\(worst.error) ulp at \(worst.at)")
  }

  @Test("Functions keep their error bound near 0 and 1, where digits cancel", arguments: KernelSet.available, functions)
  func boundsNearEdges(_ kernels: KernelSet, _ function: Function) {
    var inputs: [Float] = []
    for centre: Float in [0.625, -0.625, 1, 0.70710677, 1.4142135, 0.34657359, -0.34657359, 17.3, -17.3] {
      inputs += (-20_000...20_000).map { Float(bitPattern: UInt32(Int(centre.bitPattern) + $0)) }
    }
    let worst = worst(kernels, function, inputs)
    #expect(worst.error <= function.bound, "\(worst.error) ulp at \(worst.at)")
  }

  /// The largest error in units in the last place, and where; NaN counts as larger than any.
  private func worst(_ kernels: KernelSet, _ function: Function, _ inputs: [Float]) -> (error: Double, at: Float) {
    var worst = (error: 0.0, at: Float.nan)
    for (x, y) in zip(inputs, apply(kernels, function, inputs)) where function.interval.contains(x) {
      let exact = function.exact(Double(x))
      let error = abs(Double(y) - exact) / Double(Float(exact).ulp)
      if error.isNaN { return (error, x) }
      if error > worst.error { worst = (error, x) }
    }
    return worst
  }

  @Test("Special values of the exponential", arguments: KernelSet.available)
  func exponential(_ kernels: KernelSet) {
    let f = Self.functions[0]
    #expect(apply(kernels, f, [0, -0.0, .leastNonzeroMagnitude, -.leastNormalMagnitude]) == [1, 1, 1, 1])
    #expect(apply(kernels, f, [.infinity, 88.73, 1e10, 3.4e38]) == [.infinity, .infinity, .infinity, .infinity])
    #expect(apply(kernels, f, [-.infinity, -87.34, -1e10, -3.4e38]) == [0, 0, 0, 0])
    #expect(apply(kernels, f, [.nan])[0].isNaN)
    let edges = apply(kernels, f, [88.72283, -87.33654])
    #expect(edges[0].isFinite && edges[0] > 3.3e38)
    #expect(edges[1].isNormal && edges[1] < 1.2e-38)
  }

  @Test("Special values of sigmoid and tanh", arguments: KernelSet.available)
  func saturation(_ kernels: KernelSet) {
    let (sigmoid, tanh) = (Self.functions[2], Self.functions[3])
    #expect(apply(kernels, sigmoid, [0, -0.0, .leastNonzeroMagnitude]) == [0.5, 0.5, 0.5])
    #expect(apply(kernels, sigmoid, [.infinity, 20, 3e38]) == [1, 1, 1])
    #expect(apply(kernels, sigmoid, [-.infinity, -3e38, -1000]) == [0, 0, 0])
    #expect(apply(kernels, sigmoid, [.nan])[0].isNaN)
    #expect(apply(kernels, tanh, [0, -0.0]) == [0, 0])
    #expect(apply(kernels, tanh, [.infinity, 10, 3e38]) == [1, 1, 1])
    #expect(apply(kernels, tanh, [-.infinity, -10, -3e38]) == [-1, -1, -1])
    #expect(apply(kernels, tanh, [.nan])[0].isNaN)
    let tiny = Float.leastNormalMagnitude / 8
    #expect(apply(kernels, tanh, [tiny, -tiny]) == [tiny, -tiny])
    #expect(apply(kernels, Self.functions[1], [1]) == [0])
  }

  @Test("tanh is odd and all functions but the logarithm stay in their range", arguments: KernelSet.available)
  func ranges(_ kernels: KernelSet) {
    let inputs = stride(from: UInt32(0), to: Float(200).bitPattern, by: 9973).map { Float(bitPattern: $0) }
    let tanh = Self.functions[3]
    #expect(apply(kernels, tanh, inputs) == apply(kernels, tanh, inputs.map { -$0 }).map { -$0 })
    #expect(apply(kernels, tanh, inputs).allSatisfy { (0...1).contains($0) })
    let both = inputs + inputs.map { -$0 }
    #expect(apply(kernels, Self.functions[2], both).allSatisfy { (0...1).contains($0) })
  }

  @Test("AVX2 and AVX-512 give the same bits, in place or not", arguments: functions)
  func twins(_ function: Function) {
    // Every bit pattern that is a multiple of 20,011: all magnitudes, NaNs and infinities.
    let inputs = stride(from: UInt32(0), through: UInt32.max, by: 20_011).map { Float(bitPattern: $0) }
    for (a, b) in KernelSet.twins {
      let positive = function.code == numeral_function_log ? inputs.filter { $0.isNormal && $0 > 0 } : inputs
      #expect(bits(apply(a, function, positive)) == bits(apply(b, function, positive)))
    }
    for kernels in KernelSet.available {
      let some = (0..<64).map { 0.1 + Float($0) / 7 }
      let place = GuardedMatrix(some, rows: 1, columns: 64, offset: 3)
      kernels.table.elementwise.apply(place.base, place.base, 64, function.code)
      #expect(place.bits == bits(apply(kernels, function, some)))
      #expect(place.surroundingsAreUntouched)
    }
  }

  private func apply(_ kernels: KernelSet, _ function: Function, _ inputs: [Float]) -> [Float] {
    let count = FloatMatrix.padded(inputs.count)
    let padded = inputs + [Float](repeating: 1, count: count - inputs.count)
    var outputs = [Float](repeating: .nan, count: count)
    kernels.table.elementwise.apply(&outputs, padded, count, function.code)
    return Array(outputs.prefix(inputs.count))
  }
}
