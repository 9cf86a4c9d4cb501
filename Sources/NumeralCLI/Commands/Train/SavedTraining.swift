import Foundation
import NumeralData
import NumeralWorkbench
import NumeralModels

/// A training whose run is saved, or whose folder is gone again if it fails.
struct SavedTraining {
  let experiment: Experiment
  let data: LoadedData
  /// Where the label stands in a table, as the command line said.
  var label: LabelPosition?
  /// The folder of runs, or nil to save nothing.
  let output: String?

  /// Trains and saves.
  ///
  /// - Parameters:
  ///   - keep: Whether a result is worth saving.
  ///   - train: Trains what was prepared, and watches.
  /// - Returns: The result, and the path of the run if it was saved.
  func perform(
    if keep: (ExperimentResult) -> Bool = { _ in true },
    _ train: (Experiment.Prepared) throws -> ExperimentResult
  ) throws -> (result: ExperimentResult, path: String?) {
    let date = Date()
    let prepared = try experiment.prepare(data.dataset)
    // Made first, so that a full disk or a missing permission is found before the work, not after it.
    let folder = try output.map { parent in
      try RunFolder(
        in: parent, name: RunFolder.name(recipe: experiment.recipe, seed: experiment.seed, date: date))
    }
    // A folder that is not saved is gone with its last reference.
    let result = try train(prepared)
    guard keep(result) else { return (result, nil) }
    return (result, try folder?.save(record(result, date).files))
  }

  private func record(_ result: ExperimentResult, _ date: Date) -> RunRecord {
    RunRecord(
      result: result, date: date, arguments: Array(CommandLine.arguments.dropFirst()),
      version: "\(Version.number) (\(Version.commit))", source: data.source, label: label, loadSeconds: data.seconds)
  }
}
