public import Numeral
public import NumeralData
public import NumeralModels

/// A comparison of two models on the same images: which is better, whether the difference may be chance, and which
/// images only one of them reads right.
///
/// Texts call the models A and B. The terminal and the page show what is in here.
public struct Comparison: Sendable {
  /// One of the two models.
  public struct Side: Sendable {
    /// `A` or `B`.
    public let letter: String
    /// The run, or the model file.
    public let run: SavedRun
    /// The model.
    public let model: Model
    /// What it reads in the images.
    public let reading: PartReading
    /// What it saw of the images in training.
    public let exposure: Exposure
  }

  /// The first model, A.
  public let first: Side
  /// The second model, B.
  public let second: Side
  /// The images that both read.
  public let part: RunPart
  /// The name of the dataset.
  public let dataset: String
  /// The counts, the test and the interval of the difference, B minus A.
  public let paired: PairedComparison
  /// The places in the part of the images that only A reads right.
  public let lost: [Int]
  /// The places in the part of the images that only B reads right.
  public let won: [Int]

  /// Lets two models read the same images.
  ///
  /// The part is the one that the first model recorded, or the second if only the second was trained on the data.
  ///
  /// - Parameters:
  ///   - first: The run or model that is called A.
  ///   - second: The run or model that is called B.
  ///   - part: The part of the data.
  ///   - source: The data; nil for the data of the first model, or of the second if the first names none.
  ///   - label: Where the label stands in a table, if its header does not say.
  ///   - environment: The variables that say where known datasets are.
  ///   - threads: The threads to run on.
  ///   - kernels: The arithmetic.
  /// - Throws: ``ComparisonError``.
  public init(
    _ first: SavedRun, _ second: SavedRun, on part: PartName = .test, of source: String? = nil,
    label: LabelPosition? = nil, environment: [String: String], threads: Int = availableCores(),
    kernels: KernelSet = .preferred
  ) throws(ComparisonError) {
    let models: (Model, Model)
    do {
      models = (try first.trainedModel(), try second.trainedModel())
    } catch {
      throw .model(error)
    }
    try Comparison.check(first.path, models.0, second.path, models.1)
    do {
      let run = source == nil && first.source == nil && second.source != nil ? second : first
      let data = try run.data(from: source, label: label, environment: environment)
      let provenances = [models.0.provenance, models.1.provenance]
      let recorded = provenances.first { $0?.dataHash == data.hash } ?? provenances[0]
      let shared = try RunPart(part, of: recorded, in: data)
      let exposures = try Exposure.of(shared, data: data, to: provenances)
      self.first = Side(
        letter: "A", run: first, model: models.0,
        reading: try shared.read(by: models.0, threads: threads, kernels: kernels), exposure: exposures[0])
      self.second = Side(
        letter: "B", run: second, model: models.1,
        reading: try shared.read(by: models.1, threads: threads, kernels: kernels), exposure: exposures[1])
      self.part = shared
      dataset = data.dataset.name
    } catch {
      throw .part(error)
    }
    let labels = self.part.images.labels
    let answers = (self.first.reading.predictions.classes, self.second.reading.predictions.classes)
    paired = PairedComparison(first: answers.0, second: answers.1, labels: labels)
    lost = labels.indices.filter { answers.0[$0] == Int(labels[$0]) && answers.1[$0] != Int(labels[$0]) }
    won = labels.indices.filter { answers.0[$0] != Int(labels[$0]) && answers.1[$0] == Int(labels[$0]) }
  }

  /// Refuses two models that cannot read the same images.
  private static func check(
    _ first: String, _ a: Model, _ second: String, _ b: Model
  ) throws(ComparisonError) {
    guard a.network.input == b.network.input else {
      throw .shapes(first: first, a.network.input, second: second, b.network.input)
    }
    guard a.classNames == b.classNames else {
      throw .classes(first: first, a.classNames, second: second, b.classNames)
    }
  }
}
