import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct OrthogonalizerTests {
  /// The iteration in plain Double loops, as published: X is `[short, long]`, XXᵀ the small square.
  private func reference(_ matrix: [Double], rows: Int, columns: Int) -> [Double] {
    func transposed(_ m: [Double], _ rows: Int, _ columns: Int) -> [Double] {
      (0..<columns).flatMap { j in (0..<rows).map { m[$0 * columns + j] } }
    }
    func product(_ a: [Double], _ b: [Double], _ rows: Int, _ terms: Int, _ columns: Int) -> [Double] {
      (0..<rows).flatMap { i in
        (0..<columns).map { j in (0..<terms).reduce(0) { $0 + a[i * terms + $1] * b[$1 * columns + j] } }
      }
    }
    let turns = rows > columns
    let (short, long) = turns ? (columns, rows) : (rows, columns)
    let norm = max(1e-7, matrix.reduce(0) { $0 + $1 * $1 }.squareRoot())
    var x = (turns ? transposed(matrix, rows, columns) : matrix).map { $0 / norm }
    for _ in 0..<5 {
      let a = product(x, transposed(x, short, long), short, long, short)
      let square = product(a, a, short, short, short)
      let b = zip(a, square).map { -4.7750 * $0 + 2.0315 * $1 }
      x = zip(x, product(b, x, short, short, long)).map { 3.4445 * $0 + $1 }
    }
    return turns ? transposed(x, short, long) : x
  }

  private static func weight(_ rows: Int, _ columns: Int, offset: Int) -> Tensor {
    Tensor(
      name: "0.weight",
      form: TensorForm(
        name: "weight", rows: rows, columns: columns, fileShape: [columns, rows], kind: .weight, start: .constant(0)),
      offset: offset)
  }

  static let shapes = [[1, 1], [3, 5], [5, 3], [16, 16], [18, 33], [40, 7], [1, 20], [20, 1]]

  @Test("Matrices of either orientation become what the published iteration makes of them", arguments: shapes)
  func iteration(_ shape: [Int]) {
    let tensor = Self.weight(shape[0], shape[1], offset: 16)
    var stream = RandomStream.test(61)
    for kernels in KernelSet.available {
      let block = Buffer<Float>(repeating: 0, count: tensor.extent.upperBound + 16)
      let matrix = FloatMatrix(
        block, offset: tensor.offset, rows: tensor.rows, columns: tensor.columns, stride: tensor.stride)
      let values = stream.floats(tensor.count)
      for row in 0..<tensor.rows {
        for column in 0..<tensor.columns { matrix[row, column] = values[row * tensor.columns + column] }
      }
      let start = block.array()
      var results: [[Float]] = []
      for threads in [1, 2, 3, 8] {
        for place in start.indices { block[place] = start[place] }
        let orthogonalizer = Orthogonalizer([tensor], kernels: kernels)
        for thread in 0..<threads {
          orthogonalizer.forEachShare(thread: thread, of: threads) { index, _, rows in
            orthogonalizer.measure(index, rows: rows, in: block)
          }
        }
        for stage in 0..<Orthogonalizer.stageCount {
          for thread in 0..<threads { orthogonalizer.perform(stage, on: block, thread: thread, of: threads) }
        }
        results.append(block.array())
      }
      #expect(results.allSatisfy { bits($0) == bits(results[0]) }, "threads")
      let expected = reference(values.map(Double.init), rows: tensor.rows, columns: tensor.columns)
      let found = (0..<tensor.rows).flatMap { row in (0..<tensor.columns).map { Double(matrix[row, $0]) } }
      // Rounding of small singular values grows by up to 3.4445⁵ = 485: 485 · 2⁻²⁴ is 3e-5.
      #expect(Tolerance(absolute: 3e-5, relative: 1e-5).firstDifference(found, references: expected) == nil)
      for place in 0..<block.count where !tensor.extent.contains(place) || (place - 16) % tensor.stride >= shape[1] {
        if block[place] != 0 { Issue.record("padding at \(place)") }
      }
    }
  }

  @Test("A gradient of zeros has no direction and gives zeros")
  func zeros() {
    let tensor = Self.weight(5, 3, offset: 0)
    let block = Buffer<Float>(repeating: 0, count: tensor.extent.upperBound)
    let orthogonalizer = Orthogonalizer([tensor], kernels: .preferred)
    orthogonalizer.measure(0, rows: 0..<5, in: block)
    for stage in 0..<Orthogonalizer.stageCount { orthogonalizer.perform(stage, on: block, thread: 0, of: 1) }
    #expect(block.array().allSatisfy { $0 == 0 })
  }

  @Test("The weights of all layers but the last are matrices to Muon, biases never")
  func roles() throws {
    let network = try Network(input: .features(7)) {
      Dense(5)
      Dense(18)
      Dense(3)
    }
    let roles = TensorRole.roles(of: network.tensors)
    #expect(roles.map { $0.isOrthogonal } == [true, false, true, false, false, false])
    #expect(roles.map { $0.tensor.decays } == [true, false, true, false, true, false])
    #expect(roles[0].rateScale == 1 && roles[2].rateScale == (18.0 / 5).squareRoot())
  }
}
