import Foundation
import Numeral
import NumeralWorkbench

/// A CSV with one row for each picture: label, prediction, confidence, every probability.
///
/// It is written under a hidden name and renamed when whole; what is not written must be discarded.
struct PredictionsFile {
  private let path: String
  private let hidden: String

  /// Makes sure that the file can be written, before any work is done for it.
  init(path: String) throws {
    self.path = path
    let url = URL(fileURLWithPath: path)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw CommandFailure(.cannotCreate, "\(path): is a folder, expected the name of a file for --predictions")
    }
    hidden = url.deletingLastPathComponent().path + "/." + url.lastPathComponent + ".\(UUID().uuidString)"
    guard FileManager.default.createFile(atPath: hidden, contents: nil) else {
      throw CommandFailure(
        .cannotCreate,
        "\(path): the file cannot be made (\(String(cString: strerror(errno)))); choose another with --predictions")
    }
  }

  /// Removes what was prepared and not written.
  func discard() {
    try? FileManager.default.removeItem(atPath: hidden)
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
      discard()
      throw RunError.cannotWrite(path: path, reason: error.localizedDescription)
    }
    guard rename(hidden, path) == 0 else {
      let reason = String(cString: strerror(errno))
      discard()
      throw RunError.cannotWrite(path: path, reason: reason)
    }
  }
}
