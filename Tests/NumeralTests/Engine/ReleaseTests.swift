import NumeralTestSupport
import Testing

@testable import Numeral

/// Plans that are no longer used give their memory back.
@Suite struct ReleaseTests {
  private static let rows = [
    LayerCase.mixes[0], LayerCase.residuals[1], LayerCase.activations[0], LayerCase.depthwise[0],
  ]

  @Test("Nothing of a network's plans outlives them", arguments: rows)
  func stacks(_ row: LayerCase) throws {
    let network = try row.network()
    for lanes in [0, 1] {
      weak var arena: Arena?
      weak var plan: (any LayerPlan)?
      do {
        let memory = Arena(largePages: false)
        arena = memory
        let reader = ImageReader(
          try row.images(), order: nil, numbers: network.pixelScale.values(maximum: 255))
        let stack = LayerStack(
          network, reader: reader, firstInput: lanes == 0 ? .asTheyCome : .numbers,
          room: LayerPlanner.Room(slots: 2, rows: 32, threads: 2, accumulators: lanes), arena: memory,
          kernels: .preferred)
        plan = stack.steps[0].plan
        #expect(plan != nil)
      }
      #expect(arena == nil && plan == nil, "accumulators: \(lanes)")
    }
  }

  @Test("Nor does anything of a training", arguments: [1, 2])
  func trainings(threads: Int) throws {
    let images = try LabeledImages.synthetic(100, shape: .image(height: 9, width: 7), classes: 4)
    for units in [9, 144] {
      weak var execution: (any TrainingExecution)?
      do {
        let network = try Network(input: images.shape) {
          Dense(units, activation: .relu)
          Dense(4)
        }
        let plan = TrainingPlan(
          for: network, images: images, kernels: .preferred, pool: ThreadPool(threadCount: threads), batchSize: 20)
        plan.begin()
        plan.step(0..<20, reduction: .mean, optimizer: .adam())
        execution = plan.execution
      }
      #expect(execution == nil, "\(units) units")
    }
  }
}
