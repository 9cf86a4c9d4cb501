import NumeralFetch
import NumeralWorkbench

/// The progress of fetching on stderr: a bar for each file, and a line for each address that failed.
final class FetchView {
  private let context: CommandContext
  private let isQuiet: Bool
  private var line: ProgressLine?
  private var current = ""
  private var saidWaiting = false

  /// Creates a view; with `isQuiet` nothing is shown.
  init(_ context: CommandContext, isQuiet: Bool) {
    self.context = context
    self.isQuiet = isQuiet
  }

  /// Shows an event; false if the program was asked to stop.
  func observe(_ event: DatasetFetcher.Event) -> Bool {
    switch event {
    case .waiting:
      if !saidWaiting { say("another numeral is fetching this dataset; waiting for it") }
      saidWaiting = true
    case .progress(let file, let address, let received, let total):
      // Until the server says how long the file is there is nothing to show a share of.
      if let total { show(file, address: address, received, of: total) }
    case .failed(_, let attempt):
      say("\(attempt.address): \(attempt.failure)")
    case .unpacking(let file):
      finish()
      say("unpacking \(file)")
    }
    return !context.cancellation.isRequested
  }

  /// Takes the bar off the terminal.
  func finish() {
    line?.finish()
    line = nil
    current = ""
  }

  private func show(_ file: String, address: String, _ received: Int, of total: Int) {
    // The rate of another file, or of a part that was there, says nothing of this one.
    if current != address || line == nil {
      finish()
      current = address
      line = ProgressLine(
        file, unit: "bytes", total: total, output: context.errors, style: context.errorStyle, isQuiet: isQuiet)
    }
    line?.update(received)
  }

  private func say(_ text: String) {
    guard !isQuiet else { return }
    finish()
    try? context.errors.line("numeral: \(text)")
  }
}
