public import Numeral
public import NumeralData
public import NumeralModels

/// The report of a saved run: every figure, every mistake and where they come from, as one page.
///
/// If a part of the run is missing or its data cannot be read, the page says so and shows the rest.
///
/// ```swift
/// let run = try SavedRun(path: "runs/20260101-120000-digits-1")
/// let report = try RunReport(of: run, environment: environment)
/// let bytes = report.page.bytes
/// ```
public struct RunReport: Sendable {
  /// The run.
  public let run: SavedRun
  /// What is missing or damaged, and what a reader should know of the data; a sentence each.
  public let problems: [String]
  /// Why the run's own data could not be read; its sentence is the last of ``problems``.
  public let dataError: PartError?
  /// The parts that the model has read, in the order training, validation, test; without a model or data none.
  let readings: [PartReading]
  let threads: Int
  let kernels: KernelSet

  /// Lets the run's model read the parts of its data.
  ///
  /// - Parameters:
  ///   - run: The run, or a model file.
  ///   - source: Other data, or nil for the run's own.
  ///   - label: Where the label stands in a table; nil for what the file, or the run's record, says.
  ///   - environment: The variables that say where known datasets are.
  ///   - threads: The threads to run on.
  ///   - kernels: The arithmetic.
  /// - Throws: ``PartError`` if `source` cannot be read. If the run's own data cannot be read, this is one of the
  ///   ``problems``.
  public init(
    of run: SavedRun, source: String? = nil, label: LabelPosition? = nil, environment: [String: String],
    threads: Int = availableCores(), kernels: KernelSet = .preferred
  ) throws(PartError) {
    self.run = run
    self.threads = threads
    self.kernels = kernels
    var problems = run.problems
    var dataError: PartError?
    var readings: [PartReading] = []
    if run.model != nil {
      do throws(PartError) {
        let data = try run.data(from: source, label: label, environment: environment)
        let isOwn = run.provenance?.dataHash == data.hash
        for name in isOwn ? [PartName.train, .validation, .test] : [.test] {
          do throws(PartError) {
            readings.append(try run.reading(name, in: data, threads: threads, kernels: kernels))
          } catch .notSetAside {
            continue
          }
        }
        if !isOwn, let part = readings.last?.part {
          problems.append(
            part.note
              ?? "\(data.source): this is not the data that the model was trained on; "
              + "the figures are measured on this data")
        }
      } catch {
        if source != nil { throw error }
        problems.append(error.description)
        dataError = error
      }
    }
    self.dataError = dataError
    self.problems = problems
    self.readings = readings
  }

  /// The part whose figures describe the model: the test part, or the last part without one.
  var measured: PartReading? { readings.last }

  /// What the part is called in headings: `test part`.
  func name(of part: RunPart) -> String {
    switch part.name {
    case .train: "training part"
    case .all: "all images"
    case .validation, .test: "\(part.name.rawValue) part"
    }
  }

  /// The names of the classes.
  var classNames: [String] { run.model?.classNames ?? [] }

  /// The page.
  public var page: Page {
    var page = Page(title: title, lead: lead)
    page.add("summary", "Summary") { summary }
    page.add("training", "Training") { training }
    if let measured {
      let figures = RunFigures(of: run, reading: measured, threads: threads, kernels: kernels)
      let mistakes = MistakeSections(reading: measured, classNames: classNames)
      page.add("worst", "Worst mistakes") { mistakes.worst }
      page.add("confusion", "Confusion matrix") { confusionMatrix(figures, mistakes) }
      page.add("classes", "Classes") {
        scores(measured) + [plots(figures, .classes, .roc, .precisionRecall, .reliability)]
      }
      page.add("samples", "Example images") { samples }
      page.add("cells", "All mistakes") { mistakes.cells }
    }
    page.add("network", "Network") { network }
    page.add("provenance", "Provenance") { provenance }
    return page
  }

  /// Plots of the figures that can be drawn.
  func plots(_ figures: RunFigures, _ kinds: FigureKind...) -> HTML {
    .plots(kinds.compactMap { try? figures.figure($0).svg() })
  }

  /// The figures that need no images.
  var figuresWithoutImages: RunFigures {
    RunFigures(of: run, environment: [:], threads: threads, kernels: kernels)
  }
}
