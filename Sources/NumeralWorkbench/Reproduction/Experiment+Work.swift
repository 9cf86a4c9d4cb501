import Numeral
public import NumeralData
import NumeralModels

extension Experiment {
  /// An estimate of the work of the training, in arbitrary units, for a progress bar over several trainings.
  ///
  /// The time for an image grows with the number of parameters plus 30,000: on two cores with AVX-512 an image of
  /// `tiny` (7,960 parameters) took 0.27 µs and one of `two-hidden` (109,386) 0.93 µs.
  public func work(on dataset: Dataset) -> Int {
    let images = dataset.training
    var count = min(setup.parts.drawing ?? images.count, images.count)
    if let perClass = setup.parts.perClass { count = min(perClass * images.classCount, count) }
    let sizes = [images.shape.count] + setup.hidden + [images.classCount]
    let parameters = zip(sizes, sizes.dropFirst()).reduce(0) { $0 + ($1.0 + 1) * $1.1 }
    return count * setup.training.epochs / 1000 * (parameters + 30_000) / 1000
  }
}
