import Numeral
import NumeralData
import NumeralWorkbench
import NumeralModels

/// `numeral data convert`: writes a dataset in another format.
struct DataConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a dataset in another format",
    discussion: [
      "Formats: idx is a folder of MNIST's files; csv is Kaggle's table with a header and the label first, in one "
        + "file or as train.csv and test.csv in a folder; npz is NumPy's arrays x_train, y_train, x_test and y_test; "
        + "png is a folder of images for each class. The output is written completely or not at all."
    ],
    examples: [
      .init(line: "numeral data convert mnist mnist.npz", effect: "Write MNIST for NumPy."),
      .init(
        line: "numeral data convert train.csv images --to png", effect: "Write a folder of images for each digit."),
      .init(
        line: "numeral data convert mnist kaggle --to csv --no-labels",
        effect: "Write train.csv, and test.csv without labels, as Kaggle does."),
    ],
    exitCodes: [.data, .noInput, .cannotCreate])

  /// The dataset to write.
  @Argument(
    reading: .text(placeholder: "SOURCE", completion: .valuesAndFiles(KnownNames.datasets)),
    help: "The dataset: a name, a file or a folder")
  var source: String

  /// Where to write it.
  @Argument(reading: .path(placeholder: "OUT"), help: "The file or folder to write")
  var out: String

  /// The format.
  @Option(reading: .oneOf, help: "The format", default: "by the ending of OUT: .csv, .npz, else idx")
  var to: DatasetFormat?

  /// The part of the dataset.
  @Option(reading: .oneOf, help: "The part of the dataset to write")
  var part: PartChoice = .all

  /// True to leave out labels.
  @Flag(help: "Leave the labels out of a table; of two tables, out of test.csv only")
  var noLabels: Bool

  /// True to replace what is there.
  @Flag(help: "Replace an existing file, or a folder that holds only a dataset")
  var force: Bool

  @OptionGroup var table: LabelOptions

  @OptionGroup var format: FormatOptions

  func run(_ context: CommandContext) throws {
    let ending = DatasetFormat(endingOf: out)
    let target = to ?? ending ?? .idx
    if let ending, ending != target {
      throw CommandFailure(
        .usage,
        "\(out): the name ends in .\(ending.rawValue), but --to is \(target.rawValue); name a folder, or leave out "
          + "--to")
    }
    if target == .npz, ending == nil {
      throw CommandFailure(.usage, "\(out): the name does not end in .npz, expected that ending for --to npz")
    }
    if noLabels, target != .csv {
      throw CommandFailure(.usage, "--no-labels applies to csv only, but \(out) is written as \(target.rawValue)")
    }
    let loaded = try LoadedData(source, label: table.label, environment: context.environment)
    let dataset = try part.selection(of: loaded.dataset, source: source)
    try DatasetWriter(dataset, as: target, leavesOutLabels: noLabels).write(to: out, replacing: force)
    if format.json {
      try context.output.line(
        JSONValue.object([
          ("source", .string(source)), ("output", .string(out)), ("format", .string(target.rawValue)),
          ("train", .integer(dataset.training.count)), ("test", JSONValue(dataset.test?.count)),
        ]).text)
      return
    }
    let test = dataset.test.map { " and \(Quantity.grouped($0.count)) of the test part" } ?? ""
    try context.output.line(
      "\(out): \(Quantity.grouped(dataset.training.count)) images of \(dataset.training.shape)\(test), as "
        + "\(target.rawValue)"
    )
  }
}

/// Which part of a dataset is meant.
enum PartChoice: String, CaseIterable {
  case all
  case train
  case test

  /// The dataset that holds the part alone.
  func selection(of dataset: Dataset, source: String) throws(CommandFailure) -> Dataset {
    switch self {
    case .all: return dataset
    case .train:
      return Dataset(
        name: dataset.name, training: dataset.training, test: nil, attribution: dataset.attribution)
    case .test:
      guard let test = dataset.test else {
        throw CommandFailure(.data, "\(source): there is no test part, expected one for --part test")
      }
      return Dataset(name: dataset.name, training: test, test: nil, attribution: dataset.attribution)
    }
  }
}
