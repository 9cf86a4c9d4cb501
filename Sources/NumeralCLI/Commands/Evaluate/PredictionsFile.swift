import Numeral
import NumeralWorkbench

/// A CSV with one row for each image: label, prediction, confidence, every probability.
struct PredictionsFile {
  private let file: OutputFile

  /// Makes sure that the file can be written, before any work is done for it.
  init(path: String) throws(CommandFailure) {
    file = try OutputFile(path: path, option: "--predictions")
  }

  /// Writes the rows and gives the file its name.
  func write(_ predictions: Predictions, images: LabeledImages) throws(CommandFailure) {
    var text = "index,label,prediction,confidence"
    for label in 0..<predictions.classCount { text += ",p\(label)" }
    text += "\n"
    for index in 0..<predictions.count {
      let label = images.isLabeled ? String(images.labels[index]) : ""
      text += "\(index),\(label),\(predictions.classes[index]),\(predictions.confidence(at: index))"
      for probability in predictions.probabilities(at: index) { text += ",\(probability)" }
      text += "\n"
    }
    try file.write(Array(text.utf8))
  }
}
