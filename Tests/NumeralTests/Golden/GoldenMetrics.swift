import Foundation
import Testing

@testable import Numeral

/// One set of predictions with scikit-learn's figures.
struct GoldenMetrics: Decodable, Sendable, CustomTestStringConvertible {
  /// The whole file.
  struct File: Decodable, Sendable {
    let reference: String
    /// What stands in a set's `overall`.
    let overall: [String]
    /// What stands in the scores of classes and averages.
    let scores: [String]
    let edges: [GoldenMetrics]
    let random: [GoldenMetrics]
  }

  /// Points of a curve, thresholds falling; the first point has none.
  struct Curve: Decodable, Sendable {
    let thresholds: [Int]
    let x: [Double]
    let y: [Double]
  }

  /// Both curves of one class.
  struct Curves: Decodable, Sendable {
    let label: Int
    let roc: Curve?
    let precisionRecall: Curve?
  }

  /// All bins' counts; accuracy and confidence of those that hold something.
  struct Bins: Decodable, Sendable {
    let counts: [Int]
    let accuracies: [Double]
    let confidences: [Double]
    let error: Double
  }

  let name: String
  let classes: Int
  let denominator: Int
  let labels: [UInt8]
  let shares: [Int]
  let overall: [Double?]
  let counts: [[Int]]
  let perClass: [[Double?]]
  let macro: [Double?]
  let weighted: [Double?]
  let micro: [Double?]
  let curves: Curves
  let calibration: Bins?

  static let file: File? = Bundle.module.url(forResource: "metrics", withExtension: "json")
    .flatMap { try? Data(contentsOf: $0) }.flatMap { try? JSONDecoder().decode(File.self, from: $0) }

  var testDescription: String { name }

  /// A probability from its numerator: exact, since the denominator is a power of two.
  func probability(_ share: Int) -> Float { Float(share) / Float(denominator) }

  var evaluation: Evaluation {
    Evaluation(
      Predictions(probabilities: shares.map(probability), classCount: classes, labels: labels), labels: labels)
  }

  /// The reference's figures under the names of `evaluate --json`.
  func named(_ file: File) -> [(key: String, value: Double?)] {
    var result = zip(file.overall, overall).map { (key: $0, value: $1) }
    result.append(("calibrationError", calibration?.error))
    for (label, scores) in perClass.enumerated() {
      result += zip(file.scores, scores).map { ("perClass.\(label).\($0)", $1) }
    }
    for (kind, scores) in [("macro", macro), ("weighted", weighted), ("micro", micro)] {
      result += zip(file.scores, scores).map { ("\(kind).\($0)", $1) }
    }
    return result
  }
}

extension Evaluation {
  /// Our figures under the names of `evaluate --json`.
  var named: [(key: String, value: Double?)] {
    var result: [(key: String, value: Double?)] = [
      ("accuracy", accuracy), ("loss", loss), ("balancedAccuracy", confusionMatrix.balancedAccuracy),
      ("matthews", confusionMatrix.matthewsCorrelation), ("kappa", confusionMatrix.cohenKappa),
      ("topK.2", accuracy(top: 2)), ("topK.3", accuracy(top: 3)), ("topK.5", accuracy(top: 5)),
      ("calibrationError", calibration?.error),
    ]
    for (label, scores) in classes.enumerated() {
      result += [
        ("perClass.\(label).precision", scores.precision), ("perClass.\(label).recall", scores.recall),
        ("perClass.\(label).f1", scores.f1), ("perClass.\(label).auc", scores.auc),
        ("perClass.\(label).averagePrecision", scores.averagePrecision),
      ]
    }
    for (kind, scores) in [("macro", macro), ("weighted", weighted), ("micro", micro)] {
      result += [
        ("\(kind).precision", scores.precision), ("\(kind).recall", scores.recall), ("\(kind).f1", scores.f1),
        ("\(kind).auc", scores.auc), ("\(kind).averagePrecision", scores.averagePrecision),
      ]
    }
    return result
  }
}
