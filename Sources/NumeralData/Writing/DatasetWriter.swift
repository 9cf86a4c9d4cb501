import Numeral
import NumeralFiles

/// Writes datasets in the formats that can be read. A dataset is written completely or not at all.
///
/// The files are written under a hidden name in the same folder. They get their name when all of them are complete.
public struct DatasetWriter {
  /// The dataset to write.
  public let dataset: Dataset
  /// The format.
  public let format: DatasetFormat
  /// True to leave the labels out of a table's test part, or out of its only part.
  public let leavesOutLabels: Bool

  /// Creates a writer and checks that the format can hold the images.
  ///
  /// Pixels are scaled to the range that readers of the format expect: 0 to 16 for tables of 8×8, otherwise 0 to 255.
  /// So 0 to 16 becomes `round(255 · pixel / 16)`. The way back is exact.
  /// - Throws: ``WritingError`` if the format cannot hold the images.
  public init(_ dataset: Dataset, as format: DatasetFormat, leavesOutLabels: Bool = false) throws(WritingError) {
    guard case .image(let height, let width, 1) = dataset.training.shape else {
      throw .shape(dataset.training.shape.description)
    }
    let isLabeled = dataset.training.isLabeled && dataset.test?.isLabeled ?? true
    switch format {
    case .idx, .png:
      guard isLabeled else { throw .unlabeled(format: format) }
    case .npz:
      guard isLabeled || dataset.test == nil else { throw .unlabeled(format: format) }
    case .csv:
      guard height == width else { throw .notSquare(shape: dataset.training.shape.description) }
    }
    guard format == .png || dataset.training.classCount <= 10 else {
      throw .classes(found: dataset.training.classCount)
    }
    let maximum = format.pixelMaximum(side: height == width ? height : 0)
    self.dataset = Dataset(
      name: dataset.name, training: try dataset.training.rescaled(to: maximum),
      test: try dataset.test.map { (images) throws(WritingError) in try images.rescaled(to: maximum) },
      attribution: dataset.attribution)
    self.format = format
    self.leavesOutLabels = leavesOutLabels
  }

  /// Writes the dataset.
  ///
  /// - Parameters:
  ///   - path: A file for `npz`, and for `csv` if the path ends so; otherwise a folder.
  ///   - replacing: True to replace what exists; a folder is replaced only if it holds nothing but a dataset.
  /// - Throws: ``WritingError``. Files that existed before remain then.
  public func write(to path: String, replacing: Bool = false) throws(WritingError) {
    let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    if format == .npz || format == .csv && DatasetFormat(endingOf: path) == .csv {
      guard format == .npz || dataset.test == nil else { throw .twoParts(path: path, name: dataset.name) }
      let output = try Self.output(path, .file, replacing: replacing)
      let bytes =
        format == .npz
        ? NPZFile.encode(training: dataset.training, test: dataset.test)
        : CSVFile.encode(dataset.training, hasLabels: dataset.training.isLabeled && !leavesOutLabels)
      try Self.writing { () throws(FileError) in try output.write(bytes) }
      try Self.finish(output, replacing: replacing)
      return
    }
    let output = try Self.output(path, .folder, replacing: replacing)
    try Self.writing { () throws(FileError) in
      switch format {
      case .idx: try writeIDX(to: output)
      case .csv: try writeTables(to: output)
      case .npz, .png: try writeImages(to: output)
      }
    }
    try Self.finish(output, replacing: replacing)
  }

  /// Prepares the output, if what exists at the path may be replaced.
  private static func output(
    _ path: String, _ kind: AtomicOutput.Kind, replacing: Bool
  ) throws(WritingError) -> AtomicOutput {
    let output = try writing { () throws(FileError) in try AtomicOutput(path, kind: kind) }
    try check(output, replacing: replacing)
    return output
  }

  /// Gives the output its name, if nothing has appeared there that may not be replaced.
  private static func finish(_ output: AtomicOutput, replacing: Bool) throws(WritingError) {
    try check(output, replacing: replacing)
    try writing { () throws(FileError) in _ = try output.finish() }
  }

  private static func check(_ output: AtomicOutput, replacing: Bool) throws(WritingError) {
    let path = output.path
    guard FileSystem.exists(path) else { return }
    guard replacing else { throw .exists(path: path) }
    if output.kind == .folder, let found = DatasetFolderContents.firstForeign(in: path) {
      throw .foreignFolder(path: path, found: found)
    }
  }

  private static func writing<Result>(_ body: () throws(FileError) -> Result) throws(WritingError) -> Result {
    do {
      return try body()
    } catch {
      throw WritingError(error)
    }
  }

  private func writeIDX(to output: AtomicOutput) throws(FileError) {
    for (images, prefix) in [(dataset.training, "train"), (dataset.test, "t10k")] {
      guard let images else { continue }
      try output.write(IDXFile.encodeImages(images), to: prefix + "-images-idx3-ubyte")
      try output.write(IDXFile.encodeLabels(images.labels), to: prefix + "-labels-idx1-ubyte")
    }
  }

  private func writeTables(to output: AtomicOutput) throws(FileError) {
    let isLabeled = dataset.training.isLabeled && !(leavesOutLabels && dataset.test == nil)
    try output.write(CSVFile.encode(dataset.training, hasLabels: isLabeled), to: "train.csv")
    if let test = dataset.test {
      try output.write(CSVFile.encode(test, hasLabels: test.isLabeled && !leavesOutLabels), to: "test.csv")
    }
  }

  private func writeImages(to output: AtomicOutput) throws(FileError) {
    guard case .image(let height, let width, _) = dataset.training.shape else { return }
    let names = dataset.training.classNames
    let folders =
      names == DigitClasses.names
      ? names : names.enumerated().map { "\($0)_\($1.replacing("/", with: "-"))" }
    let encoder = PNGEncoder()
    let parts = [(dataset.training, dataset.test == nil ? "" : "train/"), (dataset.test, "test/")]
    for (images, prefix) in parts {
      guard let images else { continue }
      for folder in folders { try output.makeFolder(prefix + folder) }
      for index in 0..<images.count {
        let number = String(index)
        let name = String(repeating: "0", count: max(0, 6 - number.count)) + number + ".png"
        let file = encoder.encode(images.pixels(at: index), width: width, height: height)
        try output.write(file, to: prefix + folders[Int(images.labels[index])] + "/" + name)
      }
    }
  }
}

extension LabeledImages {
  /// Returns the same images with another pixel value for full ink.
  fileprivate func rescaled(to maximum: UInt8) throws(WritingError) -> LabeledImages {
    if pixelMaximum == maximum { return self }
    let (from, to) = (Int(pixelMaximum), Int(maximum))
    let table = (0...255).map { UInt8(min(255, ($0 * to * 2 + from) / (from * 2))) }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(count * shape.count)
    withPixelBlocks { block in
      for pixel in block { pixels.append(table[Int(pixel)]) }
    }
    if to < from {
      // Only images that were scaled up before can be scaled down without loss.
      let back = (0...to).map { UInt8(($0 * from * 2 + to) / (to * 2)) }
      var place = 0
      var isExact = true
      withPixelBlocks { block in
        for pixel in block {
          if back[Int(pixels[place])] != pixel { isExact = false }
          place += 1
        }
      }
      guard isExact else { throw .range(maximum: from) }
    }
    do {
      return try LabeledImages(
        pixels: pixels, shape: shape, pixelMaximum: maximum, labels: labels, classNames: classNames)
    } catch {
      preconditionFailure("images that were valid became invalid: \(error)")
    }
  }
}
