/// Images of one shape with their labels: what a network learns from and is measured on.
///
/// Pixels stay bytes until a kernel reads them. A network sees `pixel / pixelMaximum`, so every set is normalized from
/// its own format's range to [0, 1]. A value of this type is a *selection*: splitting and drawing share the pixels and
/// cost one index for each image.
///
/// ```swift
/// let images = try LabeledImages(
///   pixels: [0, 255, 128, 0], shape: .image(height: 1, width: 2), pixelMaximum: 255,
///   labels: [0, 1], classNames: ["left", "middle"])
/// ```
public struct LabeledImages: Sendable {
  /// The extent of one image.
  public var shape: Shape { content.shape }
  /// The pixel value that a network sees as 1, in 1 ... 255.
  public var pixelMaximum: UInt8 { content.pixelMaximum }
  /// The name of each class, in label order.
  public var classNames: [String] { content.classNames }
  /// The label of each image, 0 ..< classes; empty where the images are not labelled.
  public var labels: [UInt8] { content.labels }

  /// All pixels of the underlying set, image by image.
  var pixels: Buffer<UInt8> { content.pixels }
  /// Where the first image starts in `pixels`: a file's header may precede it.
  var pixelOffset: Int { content.pixelOffset }

  /// Never changed. One reference holds all of it, because a set is passed on for each predicted image.
  private let content: Content

  private final class Content: Sendable {
    let shape: Shape
    let pixelMaximum: UInt8
    let classNames: [String]
    let labels: [UInt8]
    let pixels: Buffer<UInt8>
    let pixelOffset: Int
    /// The place of each selected image in the underlying set.
    let places: [Int32]

    init(
      shape: Shape, pixelMaximum: UInt8, classNames: [String], labels: [UInt8], pixels: Buffer<UInt8>,
      pixelOffset: Int, places: [Int32]
    ) {
      self.shape = shape
      self.pixelMaximum = pixelMaximum
      self.classNames = classNames
      self.labels = labels
      self.pixels = pixels
      self.pixelOffset = pixelOffset
      self.places = places
    }
  }

  /// Creates a set from pixels in memory.
  ///
  /// - Parameters:
  ///   - pixels: `[count, channels, height, width]`, each in 0 ... `pixelMaximum`.
  ///   - shape: The extent of one image.
  ///   - pixelMaximum: The value that stands for full ink, 1 or more.
  ///   - labels: `[count]`, each in 0 ..< classes; empty if the images are not labelled.
  ///   - classNames: The name of each class, at least one and at most 256.
  /// - Throws: ``DatasetError`` naming the first thing that is wrong.
  public init(
    pixels: [UInt8], shape: Shape, pixelMaximum: UInt8, labels: [UInt8], classNames: [String]
  ) throws(DatasetError) {
    try self.init(
      pixels: Buffer(pixels), pixelOffset: 0, shape: shape, pixelMaximum: pixelMaximum, labels: labels,
      classNames: classNames)
  }

  /// Creates a set from a block of bytes in which the images start at an offset, without copying it.
  ///
  /// - Parameters:
  ///   - pixels: The block; from `pixelOffset` on it holds `[count, channels, height, width]`.
  ///   - pixelOffset: The number of bytes before the first image.
  ///   - shape: The extent of one image.
  ///   - pixelMaximum: The value of full ink, 1 or more.
  ///   - labels: `[count]`, each in 0 ..< classes; empty if the images are not labelled.
  ///   - classNames: The name of each class, at least one and at most 256.
  /// - Throws: ``DatasetError`` naming the first thing that is wrong.
  public init(
    pixels: Buffer<UInt8>, pixelOffset: Int, shape: Shape, pixelMaximum: UInt8, labels: [UInt8],
    classNames: [String]
  ) throws(DatasetError) {
    let bytes = pixels.count - pixelOffset
    guard shape.count > 0 else { throw .emptyShape(shape) }
    guard pixelOffset >= 0, bytes >= 0, bytes % shape.count == 0 else {
      throw .pixelCount(expectedMultipleOf: shape.count, found: bytes)
    }
    let count = bytes / shape.count
    guard count <= Int(Int32.max) else { throw .tooMany(found: count, most: Int(Int32.max)) }
    guard labels.isEmpty || labels.count == count else { throw .labelCount(expected: count, found: labels.count) }
    guard !classNames.isEmpty, classNames.count <= 256 else { throw .classCount(found: classNames.count) }
    guard pixelMaximum > 0 else { throw .pixelMaximum }
    if let place = labels.firstIndex(where: { Int($0) >= classNames.count }) {
      throw .label(found: Int(labels[place]), place: place, classes: classNames.count)
    }
    if pixelMaximum < 255, let place = pixels.firstIndex(above: pixelMaximum, from: pixelOffset) {
      throw .pixel(
        found: Int(pixels[place]), image: (place - pixelOffset) / shape.count,
        pixel: (place - pixelOffset) % shape.count, most: Int(pixelMaximum))
    }
    content = Content(
      shape: shape, pixelMaximum: pixelMaximum, classNames: classNames, labels: labels, pixels: pixels,
      pixelOffset: pixelOffset, places: (0..<Int32(count)).map { $0 })
  }

  private init(_ other: LabeledImages, rows: [Int]) {
    let (labels, places) = (other.labels, other.content.places)
    content = Content(
      shape: other.shape, pixelMaximum: other.pixelMaximum, classNames: other.classNames,
      labels: labels.isEmpty ? [] : rows.map { labels[$0] }, pixels: other.pixels, pixelOffset: other.pixelOffset,
      places: rows.map { places[$0] })
  }

  /// A set like another, with pixels and labels that are known to fit.
  init(_ other: LabeledImages, pixels: Buffer<UInt8>, labels: [UInt8]) {
    content = Content(
      shape: other.shape, pixelMaximum: other.pixelMaximum, classNames: other.classNames, labels: labels,
      pixels: pixels, pixelOffset: 0, places: (0..<Int32(pixels.count / other.shape.count)).map { $0 })
  }

  /// The number of images.
  public var count: Int { content.places.count }

  /// The number of classes.
  public var classCount: Int { classNames.count }

  /// True if every image has a label.
  public var isLabeled: Bool { labels.count == count }

  /// Where the bytes of an image start in `pixels`.
  func start(of index: Int) -> Int { pixelOffset + Int(content.places[index]) * shape.count }

  /// The pixels of one image, `[channels, height, width]`.
  ///
  /// - Precondition: `0 ≤ index < count`.
  public func pixels(at index: Int) -> [UInt8] {
    let start = start(of: index)
    return pixels.array(start..<start + shape.count)
  }

  /// The images at some rows, in that order; rows may repeat.
  ///
  /// - Precondition: Every row is in `0 ..< count`.
  public func selecting(_ rows: [Int]) -> LabeledImages {
    LabeledImages(self, rows: rows)
  }
}

extension Buffer<UInt8> {
  /// The index of the first byte above a limit, from a start on; nil if there is none.
  fileprivate func firstIndex(above limit: UInt8, from start: Int) -> Int? {
    unsafe withElements { bytes in
      unsafe bytes[start...].firstIndex { $0 > limit }
    }
  }
}
