/// How the learning rate changes during a training: a factor for each step.
///
/// A factor is a function of the step's number, the length of an epoch, the number of epochs and, for ``plateau``, the
/// losses so far; there is no other state. Definitions and defaults are those of PyTorch's `torch.optim.lr_scheduler`
/// (2.x). Cosine and powers are this library's own, in `Double`, so the bits do not depend on the machine.
public indirect enum Schedule: Sendable, Hashable {
  /// Always 1.
  case constant

  /// Multiplied by `factor` after every `every` epochs (`StepLR`).
  case step(every: Int, factor: Double = 0.1)

  /// Multiplied by `factor` after each epoch (`ExponentialLR`).
  case exponential(factor: Double)

  /// From 1 down along half a cosine, step by step (`CosineAnnealingLR`).
  ///
  /// ```
  /// to + (1 − to) · (1 + cos(π · step / steps)) / 2
  /// ```
  ///
  /// `epochs` is its length, nil for the length of the training; it must not be shorter than the training.
  ///
  /// Source: I. Loshchilov, F. Hutter, 2016, *SGDR: stochastic gradient descent with warm restarts*, arXiv:1608.03983.
  case cosine(to: Double = 0, epochs: Int? = nil)

  /// Half a cosine up from 1/25 to 1 in the share `rise` of all steps, then half a cosine down to 1/250,000
  /// (`OneCycleLR` without the cycle of momentum).
  ///
  /// Source: L. Smith, N. Topin, 2017, *Super-convergence: very fast training of neural networks using large learning
  /// rates*, arXiv:1708.07120.
  case oneCycle(rise: Double = 0.3)

  /// Multiplied by `factor` if for more than `patience` epochs in a row the loss did not fall below the best by a
  /// relative 10⁻⁴ (`ReduceLROnPlateau`). The loss is the validation loss, or the training loss without a validation
  /// part.
  case plateau(factor: Double = 0.1, patience: Int = 10)

  /// From `from` to 1 in equal steps over `epochs` epochs (`LinearLR`), then another schedule for the rest.
  case warmUp(epochs: Int, from: Double = 1.0 / 3, then: Schedule = .constant)

  /// The factor of a step.
  ///
  /// - Parameters:
  ///   - step: The number of steps before this one.
  ///   - stepsPerEpoch: The steps of an epoch, 1 or more.
  ///   - epochs: The epochs of the training, 1 or more.
  ///   - losses: The watched loss of each finished epoch.
  public func factor(atStep step: Int, stepsPerEpoch: Int, epochs: Int, losses: [Double] = []) -> Double {
    // In Double, because the total number of steps may exceed Int.
    let (at, steps) = (Double(step), Double(stepsPerEpoch) * Double(epochs))
    switch self {
    case .constant:
      return 1
    case .step(let every, let factor):
      return ElementaryFunctions.power(factor, step / stepsPerEpoch / every)
    case .exponential(let factor):
      return ElementaryFunctions.power(factor, step / stepsPerEpoch)
    case .cosine(let to, let length):
      let end = Double(stepsPerEpoch) * Double(length ?? epochs)
      return Schedule.halfCosine(from: 1, to: to, at: at / end)
    case .oneCycle(let rise):
      let (low, last) = (1.0 / 25, 1.0 / 25 / 1e4)
      let peak = rise * steps - 1
      if at <= peak { return Schedule.halfCosine(from: low, to: 1, at: peak > 0 ? at / peak : 1) }
      return Schedule.halfCosine(from: 1, to: last, at: (at - peak) / (steps - 1 - peak))
    case .plateau(let factor, let patience):
      return ElementaryFunctions.power(factor, Schedule.plateaus(in: losses, patience: patience))
    case .warmUp(let length, let from, let next):
      if step / stepsPerEpoch < length { return from + (1 - from) * at / (Double(stepsPerEpoch) * Double(length)) }
      return next.factor(
        atStep: step - length * stepsPerEpoch, stepsPerEpoch: stepsPerEpoch, epochs: epochs - length,
        losses: Array(losses.dropFirst(length)))
    }
  }

  /// Half a cosine from one number to another, for a `place` from 0 to 1.
  private static func halfCosine(from start: Double, to end: Double, at place: Double) -> Double {
    end + (start - end) * (1 + ElementaryFunctions.cosine(turns: min(1, place) / 2)) / 2
  }

  /// How many times the loss has not fallen for more than `patience` epochs.
  private static func plateaus(in losses: [Double], patience: Int) -> Int {
    var (count, waited, best) = (0, 0, Double.infinity)
    for loss in losses {
      if loss < best * (1 - 1e-4) {
        (best, waited) = (loss, 0)
      } else {
        waited += 1
      }
      if waited > patience { (count, waited) = (count + 1, 0) }
    }
    return count
  }

  /// Throws an error for the first thing that is wrong with the schedule in a training with this number of epochs.
  func check(epochs: Int) throws(TrainingError) {
    func demand(_ isGood: Bool, _ setting: String, _ found: String, _ expected: String) throws(TrainingError) {
      if !isGood { throw .schedule(setting: setting, found: found, expected: expected) }
    }
    let share = "above 0 and at most 1"
    switch self {
    case .constant: break
    case .step(let every, let factor):
      try demand(every >= 1, "number of epochs between steps", "\(every)", "1 or more")
      try demand(factor > 0 && factor <= 1, "factor", "\(factor)", share)
    case .exponential(let factor):
      try demand(factor > 0 && factor <= 1, "factor", "\(factor)", share)
    case .cosine(let to, let length):
      try demand(to >= 0 && to <= 1, "end", "\(to)", "0 to 1")
      if let length, length < epochs { throw .scheduleEnds(after: length, epochs: epochs) }
    case .oneCycle(let rise):
      try demand(rise > 0 && rise < 1, "rise", "\(rise)", "above 0 and below 1")
    case .plateau(let factor, let patience):
      try demand(factor > 0 && factor <= 1, "factor", "\(factor)", share)
      try demand(patience >= 0, "patience", "\(patience)", "0 or more")
    case .warmUp(let length, let from, let next):
      try demand(length >= 1, "number of warm-up epochs", "\(length)", "1 or more")
      try demand(from >= 0 && from <= 1, "first factor", "\(from)", "0 to 1")
      guard length < epochs else { throw .warmUp(length, epochs: epochs) }
      try next.check(epochs: epochs - length)
    }
  }
}
