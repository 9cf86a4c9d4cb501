import Numeral
import NumeralData

/// Predictions of the `two-hidden` network, one image at a time and the whole test part at once.
///
/// The weights are drawn, not trained: the time does not depend on them.
final class InferenceMeasurements {
  private var loaded: LabeledImages?
  private var singles: [LabeledImages] = []

  /// The times of `count` predictions of one image each, in seconds. Keys: `count`, `threads`.
  func one(_ command: Command) throws -> [String: [Double]] {
    let images = try images()
    if singles.isEmpty { singles = (0..<images.count).map { images.selecting([$0]) } }
    let predictor = try predictor(command)
    let count = try command.integer("count", default: 2000)
    _ = try predictor.predict(singles[0])
    var seconds: [Double] = []
    seconds.reserveCapacity(count)
    var sum = 0
    for index in 0..<count {
      let start = Stopwatch.seconds
      let predictions = try predictor.predict(singles[index % singles.count])
      seconds.append(Stopwatch.seconds - start)
      sum += predictions.classes[0]
    }
    guard sum >= 0 else { throw CommandError("a class is negative") }
    return ["seconds": seconds]
  }

  /// The time of a prediction of all 10,000 images, the mean of `repeats` runs. Keys: `repeats`, `threads`.
  func many(_ command: Command) throws -> [String: Double] {
    let images = try images()
    let predictor = try predictor(command)
    _ = try predictor.predict(images)
    let repeats = try command.integer("repeats", default: 5)
    let start = Stopwatch.seconds
    for _ in 0..<repeats { _ = try predictor.predict(images) }
    return ["seconds": (Stopwatch.seconds - start) / Double(repeats)]
  }

  private func predictor(_ command: Command) throws -> Predictor {
    let network = try Network(input: .image(height: 28, width: 28), seed: 1) {
      Dense(128, activation: .relu)
      Dense(64, activation: .relu)
      Dense(10)
    }
    return Predictor(network, threads: try command.integer("threads", default: availableCores()))
  }

  private func images() throws -> LabeledImages {
    if let loaded { return loaded }
    guard let images = try MNIST.load().test else { throw CommandError("the dataset has no test part") }
    loaded = images
    return images
  }
}
