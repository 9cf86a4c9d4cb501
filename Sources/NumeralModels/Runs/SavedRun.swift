import Foundation
public import Numeral
import NumeralData

/// A run that was saved, read back: its record, its history, its model, and what of them is missing or damaged.
///
/// If a part of the folder is missing, the others are still read. A model file alone is a run without record and
/// history.
///
/// ```swift
/// let run = try SavedRun(path: "runs/20260101-120000-digits-1")
/// for problem in run.problems { print(problem) }
/// print(run.record?.date ?? "when it was trained is not known")
/// ```
public struct SavedRun: Sendable {
  /// The path that it was opened by.
  public let path: String
  /// What `run.json` says; nil if it is missing or damaged, or if this is a model file.
  public let record: SavedRecord?
  /// The epochs in order, as far as `history.csv` can be read; empty if there is none.
  public let history: [EpochRecord]
  /// What is missing or damaged, a sentence each; empty for a run that is whole, and for a model file.
  public let problems: [String]
  private let loadedModel: Result<Model, ModelError>

  /// The trained network; nil if `model.safetensors` is missing or damaged.
  public var model: Model? { try? loadedModel.get() }

  /// What the model, or else the record, says of the training.
  public var provenance: Model.Provenance? { model?.provenance ?? record?.provenance }

  /// Opens the folder of a run, or a model file.
  ///
  /// - Throws: ``ModelError`` if nothing is there, if a folder holds no part of a run, or if a model file is damaged.
  public init(path: String) throws(ModelError) {
    self.path = path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      loadedModel = .success(try Model(path: path))
      (record, history, problems) = (nil, [], [])
      return
    }
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    func text(_ name: String) throws(RunFault) -> String {
      do {
        let bytes = try FileBytes.read(folder + "/" + name)
        return String(decoding: bytes.array(0..<bytes.count), as: UTF8.self)
      } catch {
        throw .file(error)
      }
    }
    var problems: [String] = []
    var record: SavedRecord?
    var history = RunHistory(epochs: [], fault: nil)
    do {
      record = try SavedRecord(text(SavedRecord.fileName), path: folder + "/" + SavedRecord.fileName)
    } catch {
      problems.append(error.description)
    }
    do {
      history = RunHistory(csv: try text(RunHistory.fileName), path: folder + "/" + RunHistory.fileName)
      if let fault = history.fault { problems.append(fault.description) }
    } catch {
      problems.append(error.description)
    }
    do {
      loadedModel = .success(try Model(path: folder + "/" + Model.fileName))
    } catch {
      // If a folder holds no part of a run, that is the only problem to report.
      let names = [SavedRecord.fileName, RunHistory.fileName, Model.fileName]
      if !names.contains(where: { FileManager.default.fileExists(atPath: folder + "/" + $0) }) {
        throw .noModel(folder: path)
      }
      loadedModel = .failure(error.isMissing ? .noModel(folder: path) : error)
      problems.append(error.description)
    }
    if let record {
      if history.fault == nil, !history.epochs.isEmpty, history.epochs.count != record.epochs {
        problems.append(
          RunFault.epochs(folder: folder, expected: record.epochs, found: history.epochs.count).description)
      }
      if case .success(let model) = loadedModel, model.safetensors.dataHash != record.weightsHash {
        problems.append(RunFault.weights(folder: folder).description)
      }
    }
    self.record = record
    self.history = history.epochs
    self.problems = problems
  }

  /// The trained network.
  ///
  /// - Throws: ``ModelError`` saying why there is none.
  public func trainedModel() throws(ModelError) -> Model { try loadedModel.get() }
}
