import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct ParameterUnitTests {
  private func unit(_ cost: Double) -> ParameterUnit {
    ParameterUnit(layer: 0, part: .weights, rows: 0..<1, cost: cost)
  }

  @Test("Shares follow each other and cover all units, however many threads", arguments: [1, 2, 3, 7, 64, 1024])
  func shares(threads: Int) {
    var stream = RandomStream.test(51)
    for count in [1, 2, 5, 31, 300] {
      let units = (0..<count).map { _ in unit(stream.uniform() * 10) }
      let shares = ParameterUnit.shares(of: units, threads: threads)
      #expect(shares.count == threads)
      var next = 0
      for share in shares {
        #expect(share.lowerBound == next)
        next = share.upperBound
      }
      #expect(next == count)
    }
  }

  @Test("Equal units are shared equally")
  func balance() {
    let shares = ParameterUnit.shares(of: (0..<40).map { _ in unit(3) }, threads: 4)
    #expect(shares.map { $0.count } == [10, 10, 10, 10])
  }

  @Test("The units of a layer cover every row of its weight once, and its bias")
  func cover() throws {
    let images = try LabeledImages.synthetic(5, shape: .image(height: 7, width: 9), classes: 3)
    let network = try Network(input: images.shape) { Dense(3) }
    guard case .dense(let dense) = network.layers[0] else { return }
    let kernels = KernelSet.preferred
    let plan = DensePlan(
      network, layer: 0, dense: dense, isSparse: false, trains: true, kernels: kernels)
    let units = ParameterUnit.units(of: plan, layer: 0)
    #expect(units.filter { $0.part == .weights }.flatMap { Array($0.rows) } == Array(0..<63))
    #expect(units.filter { $0.part == .bias }.map { $0.rows } == [0..<1])
    #expect(units.allSatisfy { $0.cost > 0 })
  }

  @Test("The units of a layer that reads tiles are the tiles in order, then the bias")
  func tiles() throws {
    let images = try LabeledImages.synthetic(5, shape: .image(height: 7, width: 9), classes: 3)
    let network = try Network(input: images.shape) { Dense(3) }
    guard case .dense(let dense) = network.layers[0] else { return }
    let kernels = KernelSet.preferred
    let plan = DensePlan(
      network, layer: 0, dense: dense, isSparse: true, trains: true, kernels: kernels)
    let narrow = NarrowInput(images, scale: .unit, kernels: kernels, pool: ThreadPool(threadCount: 1))
    let units = ParameterUnit.units(of: plan, layer: 0, narrow: narrow, samples: images.count)
    #expect(units.map { $0.rows } == [0..<16, 16..<32, 32..<48, 48..<63, 0..<1])
    #expect(units.last?.part == .bias && units.allSatisfy { $0.cost > 0 })
  }
}
