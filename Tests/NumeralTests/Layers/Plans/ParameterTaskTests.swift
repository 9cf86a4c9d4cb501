import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct ParameterTaskTests {
  @Test(
    "Shares follow each other and cover all pieces of work, however many threads", arguments: [1, 2, 3, 7, 64, 1024])
  func shares(threads: Int) {
    var stream = RandomStream.test(51)
    for count in [1, 2, 5, 31, 300] {
      let shares = Shares.contiguous(of: (0..<count).map { _ in stream.uniform() * 10 }, threads: threads)
      #expect(shares.count == threads)
      var next = 0
      for share in shares {
        #expect(share.lowerBound == next)
        next = share.upperBound
      }
      #expect(next == count)
    }
  }

  @Test("Equal pieces are shared equally")
  func balance() {
    let shares = Shares.contiguous(of: (0..<40).map { _ in 3 }, threads: 4)
    #expect(shares.map { $0.count } == [10, 10, 10, 10])
  }

  /// The tasks of a dense layer that reads images in some way.
  private func tasks(_ firstInput: (LabeledImages) -> FirstInput) throws -> [ParameterTask] {
    let images = try LabeledImages.synthetic(5, shape: .image(height: 7, width: 9), classes: 3)
    let network = try Network(input: images.shape) { Dense(3) }
    let reader = ImageReader(images, order: nil, numbers: PixelScale.unit.values(maximum: 255))
    let stack = LayerStack(
      network, reader: reader, firstInput: firstInput(images),
      room: LayerPlanner.Room(slots: 2, rows: 5, threads: 2, accumulators: 1), arena: Arena(largePages: false),
      kernels: .preferred)
    return stack.steps.flatMap { $0.parameters?.tasks() ?? [] }
  }

  @Test("The tasks of a layer cover every row of its weight once, and its bias")
  func cover() throws {
    let pool = ThreadPool(threadCount: 2)
    for firstInput in [
      { _ in .numbers }, { .nonzero(NonzeroPixels(of: $0, kernels: .preferred, pool: pool)) },
    ] as [(LabeledImages) -> FirstInput] {
      let tasks = try tasks(firstInput)
      #expect(tasks.filter { $0.parameter == 0 }.flatMap { Array($0.rows) } == Array(0..<63))
      #expect(tasks.filter { $0.parameter == 1 }.map { $0.rows } == [0..<1])
      #expect(tasks.allSatisfy { $0.cost > 0 })
    }
  }

  @Test("The tasks of a layer that reads tiles are the tiles in order, then the bias")
  func tiles() throws {
    let pool = ThreadPool(threadCount: 1)
    let tasks = try tasks { .tiles(TiledImages($0, scale: .unit, kernels: .preferred, pool: pool)) }
    #expect(tasks.map { $0.rows } == [0..<16, 16..<32, 32..<48, 48..<63, 0..<1])
    #expect(tasks.last?.parameter == 1 && tasks.allSatisfy { $0.cost > 0 })
  }
}
