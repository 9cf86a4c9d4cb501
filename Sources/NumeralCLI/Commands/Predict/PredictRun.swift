import Numeral
import NumeralData
import NumeralReading
import NumeralRendering
import NumeralWorkbench
import NumeralModels

/// The reading of one input after the other, and its printing.
final class PredictRun {
  /// More digits than this are listed, not drawn.
  private static let mostDrawn = 25

  private let options: PredictOptions
  private let ensemble: ModelEnsemble
  /// The first model; all models have its input and its classes.
  private let model: Model
  private let kernels: KernelSet
  private let context: CommandContext
  private let imageCount: Int
  private let isAlone: Bool
  private var reader: DigitReader?
  private var lastImageId = 0
  private var isFirst = true

  /// Prepares for some inputs.
  ///
  /// - Throws: `CommandFailure` for options that do not fit the inputs or the model.
  init(
    options: PredictOptions, ensemble: ModelEnsemble, kernels: KernelSet, inputs: [PredictInput],
    context: CommandContext
  ) throws {
    self.options = options
    self.ensemble = ensemble
    model = ensemble.first
    self.kernels = kernels
    self.context = context
    imageCount = inputs.count {
      if case .image = $0 { true } else { false }
    }
    isAlone = inputs.count == 1
    if options.annotate != nil, imageCount != 1 || !isAlone {
      throw CommandFailure(.usage, "--annotate takes one image, found \(inputs.count) inputs")
    }
    if imageCount > 0 {
      // The lowest accepted confidence is calibrated for one model that reads each image once.
      guard ensemble.members.count == 1, ensemble.augmentation.copies == 0 else {
        throw CommandFailure(
          .usage,
          "images are read once, by one model; leave out --augment-test and all but one --model, or give rows of a "
            + "dataset")
      }
      // The detector works only for models of digits like MNIST's.
      let isOfDigits = model.classNames == KnownDataset.mnist.classNames && DigitFrame(model.network.input) == .mnist
      reader = DigitReader(
        model.network, classNames: model.classNames, temperature: model.temperature,
        detector: isOfDigits ? try Model.builtInDetector().network : nil,
        minimumConfidence: options.minConfidence.map { Float($0) } ?? DigitReader.standardConfidence,
        threads: 1, kernels: kernels)
      if reader == nil {
        throw CommandFailure(
          .data, "the model takes images of \(model.network.input), expected 28×28 or 8×8 to read images")
      }
    }
    switch options.chosenFormat {
    case .csv: try context.output.line(PredictionRecord.header)
    case .kaggle: try context.output.line("ImageId,Label")
    case .text, .json: break
    }
  }

  /// Reads and prints one input.
  ///
  /// - Throws: `InputFailure` if it cannot be read.
  func read(_ input: PredictInput) throws {
    switch input {
    case .image(let name): try readImage(name)
    case .rows(let source): try readRows(source)
    }
  }

  // MARK: Images

  private func readImage(_ name: String) throws {
    guard let reader, let frame = DigitFrame(model.network.input) else { return }
    let bitmap: Bitmap
    do {
      bitmap = try PredictInput.decode(name)
    } catch {
      throw InputFailure(cause: error)
    }
    let reading = try reader.read(bitmap)
    try printImage(name, reading, frame)
    let steps = ImageSteps(name: name, bitmap: bitmap, reading: reading, frame: frame)
    switch options.showSteps {
    case "-"?: for line in steps.lines { try context.errors.line(line) }
    case let folder?: try context.errors.line("steps in \(try steps.save(below: folder))")
    case nil: break
    }
    if let path = options.annotate { try annotate(bitmap, reading, path) }
  }

  private func printImage(_ name: String, _ reading: ImageReading, _ frame: DigitFrame) throws {
    switch options.chosenFormat {
    case .text:
      let view = ImageView(
        name: name, reading: reading, frame: frame, classNames: model.classNames, style: context.outputStyle)
      let isDrawn = imageCount <= 5 && reading.digits.count <= Self.mostDrawn
      if !isFirst, isDrawn { try context.output.line() }
      isFirst = false
      for line in isDrawn ? view.drawing() : [view.line()] { try context.output.line(line) }
    case .json, .csv:
      var records = reading.digits.enumerated().map { PredictionRecord($1, input: name, index: $0) }
      if let refusal = reading.refusal { records = [PredictionRecord(input: name, refusal: refusal)] }
      for record in records { try printRecord(record) }
    case .kaggle:
      // Always one line for each image: the most confident digit, refused or not.
      let best = reading.digits.max { $0.confidence < $1.confidence }
      if best == nil { try context.errors.line("numeral: \(name): no digit is found; its label is left empty") }
      try printKaggle(best?.label)
    }
  }

  private func annotate(_ bitmap: Bitmap, _ reading: ImageReading, _ path: String) throws {
    let format = try FigureFormat(path: path)
    let marks = reading.digits.map { digit in
      let share = "\(Int((digit.confidence * 100).rounded(.down)))%"
      return Annotation.Mark(
        box: digit.digit.box, text: digit.refusal == nil ? "\(model.classNames[digit.label]) \(share)" : "?",
        isRead: digit.refusal == nil)
    }
    let svg = Annotation.svg(bitmap, marks)
    let bytes: [UInt8] =
      switch format {
      case .svg: Array(svg.utf8)
      case .png: try Rasterizer.png(svg, dpi: 96)
      case .pdf: try Rasterizer.pdf(svg)
      }
    try OutputFile(path: path, option: "--annotate").write(bytes)
  }

  // MARK: Rows of datasets

  private func readRows(_ source: String) throws {
    let images: LabeledImages
    let rows: [Int]
    do {
      let data = try LoadedData(source, label: options.source.label, environment: context.environment)
      // Where there is a test part, its images are the ones that the model has not learnt.
      let all = data.dataset.test ?? data.dataset.training
      try model.check(all, from: source)
      rows = try self.rows(of: all, source)
      images = all.selecting(rows)
    } catch {
      throw InputFailure(cause: error)
    }
    let predictions = try ensemble.predict(
      images, threads: options.work.threads ?? availableCores(), kernels: kernels)
    for place in rows.indices {
      if place % 1024 == 0 { try context.checkCancellation() }
      let reading = Reading(
        source: source, index: rows[place], images: images, place: place, predictions: predictions,
        classNames: model.classNames)
      switch options.chosenFormat {
      case .json, .csv: try printRecord(reading.record)
      case .kaggle: try printKaggle(predictions.classes[place])
      case .text where rows.count > Self.mostDrawn: try context.output.line(reading.line(context.outputStyle))
      case .text:
        if place > 0 { try context.output.line() }
        for line in reading.drawing(context.outputStyle) { try context.output.line(line) }
      }
    }
  }

  private func rows(of images: LabeledImages, _ name: String) throws -> [Int] {
    guard let index = options.index else { return Array(0..<images.count) }
    guard index.upperBound < images.count else {
      throw CommandFailure(
        .data, "\(name): there is no image \(index.upperBound), expected 0 to \(images.count - 1)")
    }
    return Array(index.indices)
  }

  // MARK: Printing

  private func printRecord(_ record: PredictionRecord) throws {
    try context.output.line(options.chosenFormat == .csv ? record.row : record.json.text)
  }

  private func printKaggle(_ label: Int?) throws {
    lastImageId += 1
    try context.output.line("\(lastImageId),\(label.map { model.classNames[$0] } ?? "")")
  }
}
