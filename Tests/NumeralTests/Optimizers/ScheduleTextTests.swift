import Numeral
import Testing

@Suite struct ScheduleTextTests {
  static let texts: [(String, Schedule, String)] = [
    ("constant", .constant, "constant"), ("step:5", .step(every: 5), "step:5:0.1"),
    ("step:5:0.5", .step(every: 5, factor: 0.5), "step:5:0.5"),
    ("exponential:0.9", .exponential(factor: 0.9), "exponential:0.9"), ("cosine", .cosine(), "cosine:0.0"),
    ("cosine:0.1", .cosine(to: 0.1), "cosine:0.1"), ("cosine:0:20", .cosine(epochs: 20), "cosine:0.0:20"),
    ("one-cycle", .oneCycle(), "one-cycle:0.3"), ("one-cycle:0.5", .oneCycle(rise: 0.5), "one-cycle:0.5"),
    ("plateau", .plateau(), "plateau:0.1:10"), ("plateau:0.5:3", .plateau(factor: 0.5, patience: 3), "plateau:0.5:3"),
    ("warm-up:2", .warmUp(epochs: 2), "warm-up:2:0.3333333333333333"),
    ("warm-up:2:0,cosine", .warmUp(epochs: 2, from: 0, then: .cosine()), "warm-up:2:0.0,cosine:0.0"),
  ]

  @Test("A schedule is read from its text, and its own text reads as itself", arguments: texts)
  func reading(text: String, schedule: Schedule, written: String) {
    #expect(Schedule(text: text) == schedule)
    #expect(schedule.text == written && Schedule(text: written) == schedule)
    #expect(Schedule.names.contains { written.hasPrefix($0) })
  }

  @Test(
    "A text that is not a schedule is refused",
    arguments: [
      "", "sine", "step", "step:", "step:1.5", "step:5:x", "step:5:0.1:1", "exponential", "exponential:", "constant:1",
      "cosine:x", "cosine:0:", "cosine:0:1.5", "cosine,step:5", "warm-up", "warm-up:2,", "warm-up:2,sine",
      "one-cycle:x",
      "plateau:0.5:x", "plateau:0.5:1:1",
    ])
  func refused(text: String) {
    #expect(Schedule(text: text) == nil)
  }
}
