import Dispatch
public import Numeral
import Synchronization
import NumeralFiles

/// A folder of IDX files with the usual names: a training part and, if present, an official test part.
///
/// Two forms of a name are accepted, `train-images-idx3-ubyte` and `train-images.idx3-ubyte`, each with or without
/// `.gz`. If several files exist, the first one in this order is read.
public struct IDXFolder {
  /// The two files of one part.
  struct Part: Equatable {
    let images: String
    let labels: String
  }

  let training: Part
  let test: Part?

  /// Finds the files of a dataset.
  ///
  /// - Throws: ``DataError/noDataset(folder:)`` if there are no training images, and
  ///   ``DataError/noCompanion(of:expected:)`` if images have no labels.
  public init(_ folder: String) throws(DataError) {
    guard let training = try IDXFolder.part("train", in: folder) else { throw .noDataset(folder: folder) }
    self.training = training
    test = try IDXFolder.part("t10k", in: folder)
  }

  /// Reads and checks all files. Both parts are read at the same time.
  ///
  /// - Parameter classNames: The names of the ten classes; nil for digits.
  /// - Throws: ``DataError`` that names the file and the byte.
  public func read(
    classNames: [String]? = nil
  ) throws(DataError) -> (training: LabeledImages, test: LabeledImages?) {
    let names = classNames ?? DigitClasses.names
    guard let test else { return (try IDXFolder.read(training, names), nil) }
    let parts = [training, test]
    let results = Mutex([Result<LabeledImages, DataError>?](repeating: nil, count: parts.count))
    DispatchQueue.concurrentPerform(iterations: parts.count) { index in
      let result = Result { () throws(DataError) in try IDXFolder.read(parts[index], names) }
      results.withLock { $0[index] = result }
    }
    // An error in the training part is reported before one in the test part.
    var images: [LabeledImages] = []
    for case let result? in results.withLock({ $0 }) { images.append(try result.get()) }
    let (trainingImages, testImages) = (images[0], images[1])
    guard testImages.shape == trainingImages.shape else {
      let fault = IDXFault.shape(
        found: testImages.shape.description, expected: trainingImages.shape.description, trainingFile: training.images)
      throw .idx(path: test.images, fault)
    }
    return (trainingImages, testImages)
  }

  private static func read(_ part: Part, _ classNames: [String]) throws(DataError) -> LabeledImages {
    let images = try IDXFile.images(in: FileBytes.readUnpacked(part.images), file: part.images)
    let labels = try IDXFile.labels(in: FileBytes.readUnpacked(part.labels), file: part.labels)
    guard labels.count == images.count else {
      let fault = IDXFault.labelCount(found: labels.count, expected: images.count, imagesFile: part.images)
      throw .idx(path: part.labels, fault)
    }
    do {
      return try LabeledImages(
        pixels: images.bytes, pixelOffset: images.pixelOffset, shape: images.shape, pixelMaximum: 255, labels: labels,
        classNames: classNames)
    } catch {
      throw .images(path: part.images, error)
    }
  }

  /// The paths of the files, the training part first.
  public var files: [String] {
    [training, test].compactMap { $0 }.flatMap { [$0.images, $0.labels] }
  }

  private static func part(_ prefix: String, in folder: String) throws(DataError) -> Part? {
    let images = try file(prefix + "-images", "idx3-ubyte", in: folder)
    let labels = try file(prefix + "-labels", "idx1-ubyte", in: folder)
    switch (images, labels) {
    case (let images?, let labels?): return Part(images: images, labels: labels)
    case (let images?, nil): throw .noCompanion(of: images, expected: prefix + "-labels-idx1-ubyte")
    case (nil, let labels?): throw .noCompanion(of: labels, expected: prefix + "-images-idx3-ubyte")
    case (nil, nil): return nil
    }
  }

  private static func file(_ stem: String, _ kind: String, in folder: String) throws(DataError) -> String? {
    for name in ["\(stem)-\(kind)", "\(stem)-\(kind).gz", "\(stem).\(kind)", "\(stem).\(kind).gz"] {
      let path = FileSystem.join(folder, name)
      if try FileStatus(of: path) == .file { return path }
    }
    return nil
  }
}
