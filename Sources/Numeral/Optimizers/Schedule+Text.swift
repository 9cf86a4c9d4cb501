extension Schedule {
  /// The schedule as the command and files write it: `constant`, `step:EVERY:FACTOR`, `exponential:FACTOR`,
  /// `cosine:END` or `cosine:END:EPOCHS`, `one-cycle:RISE`, `plateau:FACTOR:PATIENCE`; before any of them
  /// `warm-up:EPOCHS:FROM,`.
  public var text: String {
    switch self {
    case .constant: return "constant"
    case .step(let every, let factor): return "step:\(every):\(factor)"
    case .exponential(let factor): return "exponential:\(factor)"
    case .cosine(let to, let epochs): return "cosine:\(to)" + (epochs.map { ":\($0)" } ?? "")
    case .oneCycle(let rise): return "one-cycle:\(rise)"
    case .plateau(let factor, let patience): return "plateau:\(factor):\(patience)"
    case .warmUp(let epochs, let from, let next):
      return "warm-up:\(epochs):\(from)" + (next == .constant ? "" : ",\(next.text)")
    }
  }

  /// The first words of all texts.
  public static let names = ["constant", "step", "exponential", "cosine", "one-cycle", "plateau", "warm-up"]

  /// The schedule of a text; numbers left out at the end are the defaults. Nil if there is none, whatever the numbers'
  /// ranges, which the trainer checks.
  public init?(text: String) {
    let halves = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
    let words = halves[0].split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
    let numbers = Array(words.dropFirst())
    func number(_ place: Int, _ standard: Double?) -> Double? {
      place < numbers.count ? Double(numbers[place]) : standard
    }
    func count(_ place: Int, _ standard: Int?) -> Int? {
      place < numbers.count ? Int(numbers[place]) : standard
    }
    guard halves.count == 1 || words[0] == "warm-up" else { return nil }
    switch (words[0], numbers.count) {
    case ("constant", 0): self = .constant
    case ("step", 1...2):
      guard let every = count(0, nil), let factor = number(1, 0.1) else { return nil }
      self = .step(every: every, factor: factor)
    case ("exponential", 1):
      guard let factor = number(0, nil) else { return nil }
      self = .exponential(factor: factor)
    case ("cosine", 0...1):
      guard let to = number(0, 0) else { return nil }
      self = .cosine(to: to)
    case ("cosine", 2):
      guard let to = number(0, nil), let epochs = count(1, nil) else { return nil }
      self = .cosine(to: to, epochs: epochs)
    case ("one-cycle", 0...1):
      guard let rise = number(0, 0.3) else { return nil }
      self = .oneCycle(rise: rise)
    case ("plateau", 0...2):
      guard let factor = number(0, 0.1), let patience = count(1, 10) else { return nil }
      self = .plateau(factor: factor, patience: patience)
    case ("warm-up", 1...2):
      guard let epochs = count(0, nil), let from = number(1, 1.0 / 3),
        let next = halves.count == 2 ? Schedule(text: halves[1]) : .constant
      else { return nil }
      self = .warmUp(epochs: epochs, from: from, then: next)
    default: return nil
    }
  }
}
