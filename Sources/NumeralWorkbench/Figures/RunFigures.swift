public import Numeral
public import NumeralData
import NumeralPlots
public import NumeralModels

/// The figures of a saved run.
///
/// Data are read, and images are predicted, when a figure first needs them; both are then kept.
///
/// ```swift
/// let run = try SavedRun(path: "runs/20260101-120000-digits-1")
/// let figures = RunFigures(of: run, environment: environment)
/// let svg = try figures.figure(.confusion).svg(theme: .light)
/// ```
///
/// Not for use from several threads at a time.
public final class RunFigures {
  /// The run.
  public let run: SavedRun
  /// The requested part of the data; ``part()`` returns the actual one.
  private let partName: PartName
  private let readData: () throws(PartError) -> RunData
  private let threads: Int
  private let kernels: KernelSet

  private var loadedPart: RunPart?
  private var loadedReading: PartReading?

  /// Prepares the figures of a run on a part of its data, or of other data.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - part: The part of the data.
  ///   - source: Other data, or nil for the run's own.
  ///   - label: Where the label stands in a table; nil for what the file, or the run's record, says.
  ///   - environment: The variables that say where known datasets are.
  ///   - threads: The threads to run on.
  ///   - kernels: The arithmetic.
  public init(
    of run: SavedRun, on part: PartName = .test, source: String? = nil, label: LabelPosition? = nil,
    environment: [String: String], threads: Int = availableCores(), kernels: KernelSet = .preferred
  ) {
    self.run = run
    partName = part
    readData = { () throws(PartError) in try run.data(from: source, label: label, environment: environment) }
    self.threads = threads
    self.kernels = kernels
  }

  /// Prepares the figures of a run whose model has read the images already.
  public init(
    of run: SavedRun, reading: PartReading, threads: Int = availableCores(), kernels: KernelSet = .preferred
  ) {
    self.run = run
    partName = reading.part.name
    readData = { () throws(PartError) in
      throw .noSource(run: run.path, dataset: nil)
    }
    loadedPart = reading.part
    loadedReading = reading
    self.threads = threads
    self.kernels = kernels
  }

  /// Draws a figure.
  ///
  /// - Throws: ``FigureError`` saying what of the run is missing, or which choice does not apply.
  public func figure(_ kind: FigureKind, _ options: FigureOptions = FigureOptions()) throws(FigureError) -> Figure {
    if options.scale != nil, !kind.choices.contains(.scale) { throw .choice(kind, .scale) }
    if options.className != nil, !kind.choices.contains(.className) { throw .choice(kind, .className) }
    if options.count != nil, !kind.choices.contains(.count) { throw .choice(kind, .count) }
    switch kind {
    case .loss, .accuracy: return .lines(try curve(kind, scale: options.scale ?? .linear))
    case .confusion: return .confusion(try confusionMatrix(.counts))
    case .confusionNormalized: return .confusion(try confusionMatrix(.rowPercentages))
    case .roc: return .roc(try rocCurves(options))
    case .precisionRecall: return .precisionRecall(try precisionRecallCurves(options))
    case .reliability: return .reliability(try reliability())
    case .classes: return .bars(try classScores())
    case .samples: return .images(try samples(options))
    case .predictions, .right, .wrong, .worst: return .images(try predictions(kind, options))
    case .outcomes: return .images(try outcomes(options))
    case .weights: return .weights(try weightImages(options))
    case .weightHistogram: return .histogram(try weightHistogram())
    case .activationHistogram: return .histogram(try activationHistogram(options))
    }
  }

  /// The images of the part.
  ///
  /// - Throws: ``FigureError/part(_:)``.
  public func part() throws(FigureError) -> RunPart {
    if let loadedPart { return loadedPart }
    do throws(PartError) {
      let part = try RunPart(partName, of: run.provenance, in: readData())
      guard part.images.isLabeled else { throw .images(source: part.source, .unlabeled) }
      loadedPart = part
      return part
    } catch {
      throw .part(error)
    }
  }

  /// The images of the part with what the model reads in them.
  ///
  /// - Throws: ``FigureError/part(_:)`` or ``FigureError/model(_:)``.
  public func reading() throws(FigureError) -> PartReading {
    if let loadedReading { return loadedReading }
    let model = try model()
    let part = try part()
    do {
      let reading = try part.read(by: model, threads: threads, kernels: kernels)
      loadedReading = reading
      return reading
    } catch {
      throw .part(error)
    }
  }

  /// The outputs of each layer for some images.
  func layerOutputs(_ images: LabeledImages) throws(FigureError) -> [[Float]] {
    let predictor = Predictor(
      try model().network, pixelMaximum: images.pixelMaximum, threads: threads, kernels: kernels)
    do {
      return try predictor.layerOutputs(images)
    } catch {
      throw .part(.network(error))
    }
  }

  /// The model.
  func model() throws(FigureError) -> Model {
    do {
      return try run.trainedModel()
    } catch {
      throw .model(error)
    }
  }

  /// The names of the classes: the model's, or those of the images if there is no model.
  func classNames() throws(FigureError) -> [String] {
    if let model = run.model { return model.classNames }
    return try part().images.classNames
  }

  /// The class that was chosen, nil if none was.
  func label(_ options: FigureOptions) throws(FigureError) -> Int? {
    guard let className = options.className else { return nil }
    let names = try classNames()
    guard let label = names.firstIndex(of: className) else {
      throw .unknownClass(found: className, known: names)
    }
    return label
  }

  /// The name of the run in the subtitles of figures: `recipe two-hidden, data mnist, seed 1`.
  var runName: String {
    guard let provenance = run.provenance else { return run.path }
    return "recipe \(provenance.recipe), data \(provenance.dataset), seed \(provenance.seed)"
  }

  /// The run with its part: `recipe two-hidden, data mnist, seed 1; test part, 10,000 images`.
  func subtitle(of part: RunPart) -> String {
    let count = part.images.count
    let images = "\(NumberText.grouped(count)) image\(count == 1 ? "" : "s")"
    return part.name == .all ? "\(runName); all \(images)" : "\(runName); \(part.name.rawValue) part, \(images)"
  }
}
