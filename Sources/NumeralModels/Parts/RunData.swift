public import NumeralData

/// A dataset with its name and its content hash.
public struct RunData: Sendable {
  /// The name or path that it was found by.
  public let source: String
  /// The dataset.
  public let dataset: Dataset
  /// Its content hash; a model records it to recognise the data of its training.
  public let hash: String

  /// Takes a dataset that was read.
  public init(source: String, dataset: Dataset) {
    self.source = source
    self.dataset = dataset
    hash = dataset.contentHash()
  }

  /// Reads a dataset by name or path.
  ///
  /// - Throws: `DataError`.
  public init(source: String, label: LabelPosition?, environment: [String: String]) throws(DataError) {
    self.init(source: source, dataset: try DataSource(source, environment: environment).load(label: label))
  }
}

extension SavedRun {
  /// Reads the data that the run was trained on, or other data.
  ///
  /// The recorded name or path is used as it was given. ``RunPart`` checks whether it leads to the same images.
  /// - Parameters:
  ///   - source: Other data, or nil for the run's own.
  ///   - label: Where the label stands in a table; nil for what the file, or the run's record, says.
  ///   - environment: The variables that say where known datasets are.
  /// - Throws: ``PartError`` saying how to name the data.
  public func data(
    from source: String? = nil, label: LabelPosition? = nil, environment: [String: String]
  ) throws(PartError) -> RunData {
    if let source {
      do {
        return try RunData(source: source, label: label, environment: environment)
      } catch {
        throw .data(error)
      }
    }
    guard let recorded = self.source else {
      throw .noSource(run: path, dataset: provenance?.dataset)
    }
    do {
      return try RunData(source: recorded, label: label ?? record?.label, environment: environment)
    } catch {
      // A named dataset is searched in the usual folders; a path may have been moved.
      throw KnownDataset.sourceNames.contains(recorded) ? .data(error) : .moved(run: path, error)
    }
  }

  /// The name or path of the data it was trained on; nil if it is not known.
  public var source: String? {
    if let record { return record.source }
    return provenance.flatMap { KnownDataset.sourceNames.contains($0.dataset) ? $0.dataset : nil }
  }
}
