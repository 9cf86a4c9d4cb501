package import Numeral

/// The file of a run's epochs: one row an epoch, with a header; empty cells where there is no validation part.
package struct RunHistory {
  /// The name of the file in the folder of a run.
  package static let fileName = "history.csv"
  private static let header = "epoch,trainLoss,trainAccuracy,validationLoss,validationAccuracy,seconds,imagesPerSecond"

  /// The epochs in order.
  let epochs: [EpochRecord]
  /// Why reading stopped early; nil if the file is complete.
  let fault: RunFault?

  /// Creates a history.
  package init(epochs: [EpochRecord], fault: RunFault?) {
    self.epochs = epochs
    self.fault = fault
  }

  /// The text of the file.
  package var csv: String {
    func cell(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    var text = RunHistory.header + "\n"
    for epoch in epochs {
      text += "\(epoch.epoch),\(epoch.trainLoss),\(epoch.trainAccuracy),"
      text += "\(cell(epoch.validationLoss)),\(cell(epoch.validationAccuracy)),"
      text += "\(epoch.seconds),\(epoch.imagesPerSecond)\n"
    }
    return text
  }

  /// Reads the text of a file up to the first line that is not an epoch.
  init(csv: String, path: String) {
    var lines = csv.split(separator: "\n", omittingEmptySubsequences: false)
    // A whole file ends in a line break; without one the last line may be cut short.
    let isWhole = lines.last?.isEmpty ?? false
    if isWhole { lines.removeLast() }
    guard lines.first.map({ $0 == RunHistory.header }) ?? false else {
      self.init(epochs: [], fault: .header(path: path, expected: RunHistory.header))
      return
    }
    var epochs: [EpochRecord] = []
    for (place, line) in lines.enumerated().dropFirst() {
      let mayBeCut = !isWhole && place == lines.count - 1
      guard !mayBeCut, let epoch = RunHistory.epoch(line, number: place) else {
        self.init(epochs: epochs, fault: .row(path: path, line: place + 1, kept: epochs.count))
        return
      }
      epochs.append(epoch)
    }
    self.init(epochs: epochs, fault: nil)
  }

  private static func epoch(_ line: Substring, number: Int) -> EpochRecord? {
    let cells = line.split(separator: ",", omittingEmptySubsequences: false)
    guard cells.count == 7, Int(cells[0]) == number, let loss = Double(cells[1]), let accuracy = Double(cells[2]),
      cells[3].isEmpty == cells[4].isEmpty, cells[3].isEmpty || Double(cells[3]) != nil,
      cells[4].isEmpty || Double(cells[4]) != nil, let seconds = Double(cells[5]), let rate = Double(cells[6])
    else { return nil }
    return EpochRecord(
      epoch: number, trainLoss: loss, trainAccuracy: accuracy, validationLoss: Double(cells[3]),
      validationAccuracy: Double(cells[4]), seconds: seconds, imagesPerSecond: rate)
  }
}
