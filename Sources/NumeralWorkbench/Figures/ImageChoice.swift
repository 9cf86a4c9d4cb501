import Numeral
import NumeralModels

/// Chooses the images of a part that are shown. No choice is random: the same run gives the same images.
struct ImageChoice {
  let predictions: Predictions
  let labels: [UInt8]

  init(_ reading: PartReading) {
    predictions = reading.predictions
    labels = reading.part.images.labels
  }

  /// The places of the images of a kind, in the order in which they are shown: the order of the part, and for `worst`
  /// the largest confidence first (of equals, the earlier image first).
  func places(_ kind: FigureKind, label: Int?) -> [Int] {
    let ofLabel = labels.indices.filter { label == nil || Int(labels[$0]) == label }
    switch kind {
    case .right: return ofLabel.filter(isRight)
    case .wrong: return ofLabel.filter { !isRight($0) }
    case .worst:
      return ofLabel.filter { !isRight($0) }
        .sorted { (-confidence($0), $0) < (-confidence($1), $1) }
    default: return ofLabel
    }
  }

  /// The places of the outcomes of a class against the rest, in the order of the part.
  func outcomes(of label: Int) -> [(name: String, places: [Int])] {
    func places(_ isOfClass: Bool, _ isTakenForIt: Bool) -> [Int] {
      labels.indices.filter {
        (Int(labels[$0]) == label) == isOfClass && (predictions.classes[$0] == label) == isTakenForIt
      }
    }
    return [
      ("true positives", places(true, true)), ("false positives", places(false, true)),
      ("false negatives", places(true, false)), ("true negatives", places(false, false)),
    ]
  }

  func isRight(_ place: Int) -> Bool { predictions.classes[place] == Int(labels[place]) }

  func confidence(_ place: Int) -> Float { predictions.confidence(at: place) }

  /// The class with the second largest probability; of equals, the first.
  func runnerUp(_ place: Int) -> (label: Int, probability: Float) {
    let probabilities = predictions.probabilities(at: place)
    let others = probabilities.indices.filter { $0 != predictions.classes[place] }
    let label = others.max { (probabilities[$0], -$0) < (probabilities[$1], -$1) } ?? 0
    return (label, probabilities[label])
  }
}
