import CNumeralCPU
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct PoolingKernelTests {
  /// A window of some rows and columns on an image, of which the last may be in no window.
  struct Row: Sendable, CustomTestStringConvertible {
    let height: Int
    let width: Int
    let window: (height: Int, width: Int)
    let step: Int
    var testDescription: String { "\(window.height)×\(window.width) on \(height)×\(width), step \(step)" }
    /// What kernels are given.
    var view: numeral_window { numeral_window(height: window.height, width: window.width, step: step) }
    var tall: Int { (height - window.height) / step + 1 }
    var wide: Int { (width - window.width) / step + 1 }

    init(_ height: Int, _ width: Int, _ window: Int, _ step: Int) {
      self.init(height, width, (window, window), step)
    }

    init(_ height: Int, _ width: Int, _ window: (Int, Int), _ step: Int) {
      self.height = height
      self.width = width
      self.window = window
      self.step = step
    }
  }

  static let squares = [
    Row(4, 6, 2, 2), Row(5, 7, 2, 2), Row(4, 7, 2, 2), Row(3, 5, 2, 1), Row(7, 5, 3, 2), Row(6, 8, 3, 3),
    Row(5, 4, 1, 2),
    Row(3, 3, 3, 1), Row(7, 6, 2, 3), Row(1, 1, 1, 1), Row(2, 2, 2, 2),
  ]
  static let rows = squares + [Row(3, 5, (3, 5), 1), Row(5, 7, (2, 3), 2), Row(4, 3, (1, 3), 1)]
  static let channels = 3

  /// The places of a window in the order in which it is read.
  private func places(_ row: Row, _ y: Int, _ x: Int) -> [(Int, Int)] {
    (0..<row.window.height * row.window.width).map {
      (y * row.step + $0 / row.window.width, x * row.step + $0 % row.window.width)
    }
  }

  /// Numbers of few values, so that windows have several largest.
  private func numbers(_ row: Row, _ seed: UInt64) -> [Float] {
    var stream = RandomStream.test(seed)
    return (0..<Self.channels * row.height * row.width * 16).map { _ in Float(stream.integer(below: 5)) / 2 - 1 }
  }

  @Test("The largest and the mean of each window are those of the plain loops", arguments: KernelSet.available, rows)
  func forward(_ kernels: KernelSet, _ row: Row) {
    var stream = RandomStream.test(51)
    let values = stream.awkwardFloats(Self.channels * row.height * row.width * 16)
    let input = GuardedPlanes(values, Self.channels, row.height, row.width, border: 1, zeroBorder: false)
    var (largest, mean): ([Float], [Float]) = ([], [])
    for c in 0..<Self.channels {
      for y in 0..<row.tall {
        for x in 0..<row.wide {
          for lane in 0..<16 {
            let window = places(row, y, x).map { input[c, $0.0, $0.1, lane] }
            largest.append(window.max() ?? .nan)
            mean.append(window.reduce(0, +) * (1 / Float(window.count)))
          }
        }
      }
    }
    let out = GuardedPlanes(Self.channels, row.tall, row.wide, border: 2)
    kernels.table.planes.average_pool(out.view, input.view, [row.view])
    #expect(bits(out.values) == bits(mean) && out.surroundingsAreUntouched)
    if row.window.height != row.window.width { return }
    kernels.table.planes.max_pool(out.view, input.view, [row.view])
    #expect(out.values == largest && out.surroundingsAreUntouched)
  }

  @Test(
    "Deltas go back to the first of the largest, or to all of a window, and add up", arguments: KernelSet.available,
    rows)
  func backward(_ kernels: KernelSet, _ row: Row) {
    let values = numbers(row, 52)
    var stream = RandomStream.test(53)
    let delta = GuardedPlanes(
      stream.floats(Self.channels * row.tall * row.wide * 16), Self.channels, row.tall, row.wide, border: 1,
      zeroBorder: false)
    let input = GuardedPlanes(values, Self.channels, row.height, row.width, border: 1, zeroBorder: false)
    let pooled = GuardedPlanes(Self.channels, row.tall, row.wide, border: 1, zeroBorder: false)
    let isSquare = row.window.height == row.window.width
    if isSquare { kernels.table.planes.max_pool(pooled.view, input.view, [row.view]) }
    var largest = [Double](repeating: 0, count: values.count)
    var mean = largest
    for c in 0..<Self.channels {
      for y in 0..<row.tall {
        for x in 0..<row.wide {
          for lane in 0..<16 {
            let window = places(row, y, x)
            let most = window.map { input[c, $0.0, $0.1, lane] }.max()
            let d = Double(delta[c, y, x, lane])
            guard let first = window.first(where: { input[c, $0.0, $0.1, lane] == most }) else { continue }
            largest[input.index(c, first.0, first.1, lane)] += d
            for (v, u) in window { mean[input.index(c, v, u, lane)] += d / Double(window.count) }
          }
        }
      }
    }
    for activation in everyOutputActivation {
      let tolerance = Tolerance(absolute: 1e-6, relative: 1e-6)
      for (isLargest, references) in [(true, largest), (false, mean)] where isSquare || !isLargest {
        let out = GuardedPlanes(Self.channels, row.height, row.width, border: 1)
        if isLargest {
          kernels.table.planes.max_pool_back(
            out.view, delta.view, input.view, pooled.view, [row.view], [activation.view])
        } else {
          kernels.table.planes.average_pool_back(
            out.view, delta.view, input.view, [row.view], [activation.view])
        }
        let expected = zip(references, values).map {
          $0 * ReferenceKernels.derivative(ofOutput: Double($1), activation)
        }
        let difference = tolerance.firstDifference(out.values.map(Double.init), references: expected)
        #expect(difference == nil, "\(activation), largest: \(isLargest)")
        #expect(out.surroundingsAreUntouched)
      }
    }
  }

  @Test("AVX2 and AVX-512 give the same bits", arguments: rows)
  func twins(_ row: Row) {
    for (a, b) in KernelSet.twins {
      let found = [a, b].map { kernels in
        var stream = RandomStream.test(54)
        let input = GuardedPlanes(numbers(row, 55), Self.channels, row.height, row.width)
        let delta = GuardedPlanes(
          stream.awkwardFloats(Self.channels * row.tall * row.wide * 16), Self.channels, row.tall, row.wide)
        let pooled = GuardedPlanes(Self.channels, row.tall, row.wide)
        let out = GuardedPlanes(Self.channels, row.height, row.width)
        var all: [UInt32] = []
        kernels.table.planes.average_pool(pooled.view, input.view, [row.view])
        all += bits(pooled.values)
        kernels.table.planes.average_pool_back(
          out.view, delta.view, input.view, [row.view], [Activation.tanh.view])
        all += bits(out.values)
        if row.window.height != row.window.width { return all }
        kernels.table.planes.max_pool(pooled.view, input.view, [row.view])
        kernels.table.planes.max_pool_back(
          out.view, delta.view, input.view, pooled.view, [row.view], [Activation.relu.view])
        return all + bits(pooled.values) + bits(out.values)
      }
      #expect(found[0] == found[1])
    }
  }
}
