import Numeral
import NumeralData
import NumeralPlots
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct RunFiguresTests {
  private let place: TemporaryFolder
  private let result: ExperimentResult
  private let data: RunData

  init() throws {
    place = try TemporaryFolder()
    result = try SmallExperiment.result()
    data = RunData(source: "strokes.csv", dataset: try SmallExperiment.dataset())
    for file in SavedRunTests.record(result).files { try place.write(file.bytes, to: "run/" + file.name) }
  }

  private func run() throws -> SavedRun { try SavedRun(path: place.path + "/run") }

  /// The figures of the run on a part that was read already: the run's data is no file.
  private func figures(_ part: PartName = .test) throws -> RunFigures {
    let run = try run()
    return RunFigures(of: run, reading: try run.reading(part, in: data, threads: 1), threads: 1)
  }

  @Test(
    "Every kind is drawn in every theme, with a title and without data of another kind",
    arguments: FigureKind.allCases)
  func everyKind(_ kind: FigureKind) throws {
    // Some images are read wrong in the training part of four epochs.
    let figure = try figures(.train).figure(kind)
    #expect(!figure.title.isEmpty && !kind.summary.isEmpty)
    for theme in Theme.allCases {
      let svg = figure.svg(theme: theme)
      #expect(svg.hasPrefix("<svg") && svg.contains("recipe custom, data strokes, seed 3") && svg.contains("</svg>"))
    }
    #expect(try figures(.train).figure(kind).svg() == figure.svg(), "drawn again it is the same")
  }

  @Test("Curves hold the epochs of the history; a logarithmic axis turns accuracies into errors")
  func curves() throws {
    let history = result.outcome.history
    guard case .lines(let loss) = try figures().figure(.loss),
      case .lines(let accuracy) = try figures().figure(.accuracy),
      case .lines(let errors) = try figures().figure(.accuracy, FigureOptions(scale: .logarithmic))
    else {
      Issue.record("these are line charts")
      return
    }
    #expect(loss.series.map(\.name) == ["training", "validation"] && loss.yScale == .linear)
    #expect(loss.series[0].x == [1, 2, 3, 4] && loss.series[0].y == history.map(\.trainLoss))
    #expect(loss.series[1].y == history.map { $0.validationLoss ?? .nan })
    #expect(accuracy.series[0].y == history.map(\.trainAccuracy))
    #expect(errors.series[0].y == history.map { 1 - $0.trainAccuracy } && errors.yScale == .logarithmic)
  }

  @Test("Figures of metrics hold the numbers of the evaluation")
  func metrics() throws {
    let figures = try figures(.train)
    let evaluation = try figures.reading().evaluation
    guard case .confusion(let matrix) = try figures.figure(.confusion),
      case .roc(let roc) = try figures.figure(.roc), case .bars(let bars) = try figures.figure(.classes),
      case .reliability(let reliability) = try figures.figure(.reliability)
    else {
      Issue.record("the kinds are mixed up")
      return
    }
    #expect(matrix.counts == evaluation.confusionMatrix.counts && matrix.classNames == result.model.classNames)
    #expect(roc.curves.map(\.area) == evaluation.classes.map(\.auc) && roc.xScale == .logarithmic)
    #expect(bars.groups.map(\.values) == evaluation.classes.map { [$0.precision, $0.recall, $0.f1] })
    #expect(reliability.bins.map(\.count) == evaluation.calibration?.bins.map(\.count))
    // The plot says the same error as the evaluation, up to the order of sums.
    let error = try #require(reliability.expectedCalibrationError)
    #expect(Tolerance(absolute: 1e-12, relative: 0).accepts(error, reference: evaluation.calibration?.error ?? .nan))
  }

  @Test("Precision over recall goes in steps whose area is the average precision")
  func precisionSteps() throws {
    guard case .precisionRecall(let plot) = try figures(.train).figure(.precisionRecall) else {
      Issue.record("this is a plot of precision and recall")
      return
    }
    for curve in plot.curves {
      var area = 0.0
      for step in 1..<curve.x.count {
        #expect(curve.x[step] == curve.x[step - 1] || curve.y[step] == curve.y[step - 1], "no slanted line")
        area += (curve.x[step] - curve.x[step - 1]) * curve.y[step]
      }
      #expect(Tolerance(absolute: 1e-12, relative: 0).accepts(area, reference: curve.area ?? .nan))
    }
  }

  @Test("A class selects its curve; each kind refuses a scale, a class or a count that does not apply to it")
  func choices() throws {
    let name = result.model.classNames[1]
    guard case .roc(let roc) = try figures().figure(.roc, FigureOptions(scale: .linear, className: name)) else {
      Issue.record("this is a ROC plot")
      return
    }
    #expect(roc.curves.map(\.name) == [name] && roc.xScale == .linear)
    for kind in FigureKind.allCases {
      let all: [(FigureKind.Choice, FigureOptions)] = [
        (.scale, FigureOptions(scale: .linear)), (.className, FigureOptions(className: name)),
        (.count, FigureOptions(count: 1)),
      ]
      for (choice, options) in all where !kind.choices.contains(choice) {
        #expect(throws: FigureError.choice(kind, choice)) { try figures().figure(kind, options) }
      }
    }
    #expect(throws: FigureError.unknownClass(found: "x", known: result.model.classNames)) {
      try figures().figure(.samples, FigureOptions(className: "x"))
    }
  }

  @Test("Weights are images of the input's shape, unit by unit; a count takes the first units")
  func weights() throws {
    guard case .weights(let plot) = try figures().figure(.weights, FigureOptions(count: 4)) else {
      Issue.record("these are images of weights")
      return
    }
    let values = result.model.network.values(of: result.model.network.tensors[0])
    #expect(plot.width == 5 && plot.height == 4 && plot.weights.count == 4)
    #expect(plot.weights.joined().map { Float($0) } == Array(values.prefix(80)))
  }

  @Test("Histograms have a panel for each layer, of all its weights or of its outputs for so many images")
  func histograms() throws {
    guard case .histogram(let weights) = try figures().figure(.weightHistogram),
      case .histogram(let outputs) = try figures().figure(.activationHistogram, FigureOptions(count: 5))
    else {
      Issue.record("these are histograms")
      return
    }
    #expect(weights.panels.map(\.values.count) == [20 * 6, 6 * 3] && outputs.panels.map(\.values.count) == [30, 15])
    #expect(outputs.panels[0].values.allSatisfy { $0 >= 0 } && outputs.panels[1].name == "layer 2, logits")
  }

  @Test("Figures need only those parts of a run that they are made from")
  func missing() throws {
    let folder = place.path + "/run"
    let model = RunFigures(of: try SavedRun(path: folder + "/model.safetensors"), environment: [:])
    #expect(throws: FigureError.noHistory(run: folder + "/model.safetensors", .loss)) { try model.figure(.loss) }
    #expect(throws: FigureError.part(.noSource(run: folder + "/model.safetensors", dataset: "strokes"))) {
      try model.figure(.confusion)
    }
    #expect(throws: Never.self) { try model.figure(.weights) }
    try place.write([], to: "run/model.safetensors")
    let history = RunFigures(of: try SavedRun(path: folder), environment: [:])
    #expect(throws: Never.self) { try history.figure(.loss) }
    #expect(throws: FigureError.self) { try history.figure(.weights) }
  }

  @Test(
    "Every error is one sentence",
    arguments: [
      (
        FigureError.noHistory(run: "r", .loss),
        "r: there are no epochs to draw loss from, expected the folder of a run with history.csv"
      ),
      (.model(.noModel(folder: "r")), ModelError.noModel(folder: "r").description),
      (.part(.noSource(run: "r", dataset: nil)), PartError.noSource(run: "r", dataset: nil).description),
      (
        .noImages(source: "digits", part: .test, .wrong, className: nil),
        "digits: the test part has no images to show for wrong"
      ),
      (
        .noImages(source: "digits", part: .test, .worst, className: "3"),
        "digits: the test part has no images to show for worst of class 3"
      ),
      (.unknownClass(found: "x", known: ["a", "b"]), "there is no class 'x', expected one of a, b"),
      (
        .weights(run: "r", input: .features(5)),
        "r: the first layer with weights has inputs of shape 5, expected images of one channel; only such weights can "
          + "be drawn"
      ),
      (
        .choice(.loss, .className),
        "loss takes no class; only these kinds take one: roc, precision-recall, samples, "
          + "predictions, right, wrong, worst, outcomes"
      ),
      (.choice(.confusion, .scale), "confusion takes no scale; only these kinds take one: loss, accuracy, roc"),
      (
        .choice(.loss, .count),
        "loss takes no count; only these kinds take one: samples, predictions, right, wrong, worst, outcomes, weights, "
          + "activation-histogram"
      ),
    ] as [(FigureError, String)])
  func wording(_ error: FigureError, _ text: String) { #expect(error.description == text) }
}
