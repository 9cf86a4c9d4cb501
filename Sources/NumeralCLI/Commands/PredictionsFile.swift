import Foundation
import Numeral
import NumeralWorkbench

/// A CSV with one row for each picture: label, prediction, confidence, every probability.
///
/// It is written under a hidden name and renamed when whole.
struct PredictionsFile {
  private let path: String
  private let hidden: String

  /// Makes sure that the file can be written, before any work is done for it.
  init(path: String) throws {
    self.path = path
    let url = URL(fileURLWithPath: path)
    hidden =
      url.deletingLastPathComponent().path + "/." + url.lastPathComponent
      + ".\(ProcessInfo.processInfo.processIdentifier)"
    guard FileManager.default.createFile(atPath: hidden, contents: nil) else {
      throw RunError.cannotCreate(path: path, reason: String(cString: strerror(errno)))
    }
  }

  /// Writes the rows and gives the file its name.
  func write(_ predictions: Predictions, images: LabeledImages) throws {
    var text = "index,label,prediction,confidence"
    for label in 0..<predictions.classCount { text += ",p\(label)" }
    text += "\n"
    for index in 0..<predictions.count {
      let label = images.isLabeled ? String(images.labels[index]) : ""
      text += "\(index),\(label),\(predictions.classes[index]),\(predictions.confidence(at: index))"
      for probability in predictions.probabilities(at: index) { text += ",\(probability)" }
      text += "\n"
    }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: hidden))
    } catch {
      try? FileManager.default.removeItem(atPath: hidden)
      throw RunError.cannotWrite(path: path, reason: error.localizedDescription)
    }
    guard rename(hidden, path) == 0 else {
      let reason = String(cString: strerror(errno))
      try? FileManager.default.removeItem(atPath: hidden)
      throw RunError.cannotWrite(path: path, reason: reason)
    }
  }
}
