import Foundation
import Numeral
import NumeralTestSupport
import NumeralWorkbench
import Testing

/// A folder in which a test runs the built program, away from the user's own data.
struct Workplace {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs `numeral` in the folder.
  func run(
    _ words: String..., environment: [String: String?] = [:], timeout: Double = 120,
    interruption: CommandRunner.Interruption? = nil
  ) throws -> CommandRunner.Result {
    try run(words, environment: environment, timeout: timeout, interruption: interruption)
  }

  /// Runs `numeral` in the folder.
  func run(
    _ words: [String], environment: [String: String?] = [:], timeout: Double = 120,
    interruption: CommandRunner.Interruption? = nil
  ) throws -> CommandRunner.Result {
    var all: [String: String?] = [
      "NUMERAL_DATA": nil, "XDG_CACHE_HOME": nil, "NUMERAL_KERNELS": nil, "HOME": folder.path,
    ]
    for (name, value) in environment { all[name] = value }
    return try CommandRunner.numeral().run(
      words, environment: all, folder: folder.url, timeout: timeout, interruption: interruption)
  }

  /// Trains two epochs on the built-in digits and returns the path of the run.
  func trainedRun(_ words: String...) throws -> String {
    let result = try run(["train", "digits", "--epochs", "2", "--json"] + words)
    return try #require(try result.objects().last?["output"]?.asString)
  }

  /// The paths below the folder but for those of runs, to see that nothing was left.
  var contents: [String] { folder.contents }
}

extension CommandRunner.Result {
  /// The JSON values on standard output, one a line.
  func objects() throws -> [JSONValue] {
    try standardOutput.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
  }

  /// The lines on standard output.
  var lines: [String] { standardOutput.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }

  /// Standard output with durations and names of runs made equal: what every run has in common.
  var settledOutput: String {
    standardOutput
      .replacing(/\d+ epochs? in .* on/) { "\($0.output.prefix { $0 != "i" })in TIME on" }
      .replacing(/\d{8}-\d{6}-/, with: "DATE-")
  }
}

/// The same pictures in every format that can be read.
enum SamplePictures {
  /// Ten classes of 28×28 strokes, learnt within a few epochs.
  static func images(_ count: Int = 200, side: Int = 28) throws -> LabeledImages {
    try .synthetic(count, shape: .image(height: side, width: side), classes: 10)
  }

  private static func rows(_ images: LabeledImages, labelLast: Bool, labels: Bool = true) -> String {
    (0..<images.count).map { index in
      let pixels = images.pixels(at: index).map { String($0) }
      let label = labels ? [String(images.labels[index])] : []
      return (labelLast ? pixels + label : label + pixels).joined(separator: ",") + "\n"
    }.joined()
  }

  /// Kaggle's table: a header, the label first.
  static func kaggle(_ images: LabeledImages) -> String {
    "label," + (0..<images.shape.count).map { "pixel\($0)" }.joined(separator: ",") + "\n"
      + rows(images, labelLast: false)
  }

  /// Kaggle's table of pictures to be read: a header, no label.
  static func unlabeled(_ images: LabeledImages) -> String {
    (0..<images.shape.count).map { "pixel\($0)" }.joined(separator: ",") + "\n"
      + rows(images, labelLast: false, labels: false)
  }

  /// A table without a header, the label last.
  static func labelLast(_ images: LabeledImages) -> String { rows(images, labelLast: true) }

  /// OpenML's ARFF.
  static func arff(_ images: LabeledImages) -> String {
    "@relation strokes\n" + (0..<images.shape.count).map { "@attribute pixel\($0) numeric\n" }.joined()
      + "@attribute class {0,1,2,3,4,5,6,7,8,9}\n@data\n" + rows(images, labelLast: true)
  }

  /// IDX files under their usual names.
  static func writeIDX(_ images: LabeledImages, to folder: TemporaryFolder, _ name: String, part: String = "train")
    throws
  {
    let pixels = (0..<images.count).flatMap { images.pixels(at: $0) }
    let header = [2051, images.count, 28, 28].flatMap { IDXBytes.number($0) }
    try folder.write(header + pixels, to: "\(name)/\(part)-images-idx3-ubyte")
    try folder.write(IDXBytes.labels(images.labels), to: "\(name)/\(part)-labels-idx1-ubyte")
  }
}
