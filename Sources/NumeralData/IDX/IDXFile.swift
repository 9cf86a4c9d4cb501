public import Numeral

/// The format of the MNIST files: a header of big-endian numbers, then one byte per pixel or label.
///
/// ```
/// images: 2051, count, rows, columns (4 bytes each), then [count, rows, columns]
/// labels: 2049, count (4 bytes each), then [count]
/// ```
///
/// Source: Y. LeCun, C. Cortes, C. Burges, *The MNIST database of handwritten digits*.
public enum IDXFile {
  /// Images that are not copied: they stay in the bytes of the file, behind its header.
  public struct Images {
    /// The whole file.
    public let bytes: Buffer<UInt8>
    /// The offset of the first pixel.
    public let pixelOffset: Int
    /// The number of images.
    public let count: Int
    /// The shape of one image.
    public let shape: Shape
  }

  static let imagesMagic = 2051
  static let labelsMagic = 2049
  /// The largest side of an image. No set of digits comes near it, and products of such numbers cannot overflow.
  static let greatestExtent = 4096

  /// Checks the images in a file without copying them.
  ///
  /// - Parameters:
  ///   - bytes: The whole file, unpacked.
  ///   - file: The name of the file in an error message.
  /// - Throws: ``DataError/idx(path:_:)``.
  public static func images(in bytes: Buffer<UInt8>, file: String) throws(DataError) -> Images {
    do throws(IDXFault) {
      try checkHeader(of: bytes, length: 16, magic: imagesMagic)
      let count = try dimension("images", at: 4, in: bytes, most: Int(Int32.max))
      let height = try dimension("rows", at: 8, in: bytes, most: greatestExtent)
      let width = try dimension("columns", at: 12, in: bytes, most: greatestExtent)
      let shape = Shape.image(height: height, width: width)
      let expected = 16 + count * shape.count
      guard bytes.count == expected else {
        throw IDXFault.length(found: bytes.count, expected: expected, contents: "\(count) images of \(shape)")
      }
      return Images(bytes: bytes, pixelOffset: 16, count: count, shape: shape)
    } catch {
      throw .idx(path: file, error)
    }
  }

  /// Reads the labels in a file.
  ///
  /// - Parameters:
  ///   - bytes: The whole file, unpacked.
  ///   - file: The name of the file in an error message.
  /// - Returns: `[count]`, each 0 to 9.
  /// - Throws: ``DataError/idx(path:_:)``.
  public static func labels(in bytes: Buffer<UInt8>, file: String) throws(DataError) -> [UInt8] {
    do throws(IDXFault) {
      try checkHeader(of: bytes, length: 8, magic: labelsMagic)
      let count = try dimension("labels", at: 4, in: bytes, most: Int(Int32.max))
      guard bytes.count == 8 + count else {
        throw IDXFault.length(found: bytes.count, expected: 8 + count, contents: "\(count) labels")
      }
      let labels = bytes.array(8..<bytes.count)
      if let place = labels.firstIndex(where: { $0 > 9 }) {
        throw IDXFault.label(offset: 8 + place, found: Int(labels[place]))
      }
      return labels
    } catch {
      throw .idx(path: file, error)
    }
  }

  /// Checks the magic number before the length. So a file of another kind is not reported as cut short.
  private static func checkHeader(of bytes: Buffer<UInt8>, length: Int, magic: Int) throws(IDXFault) {
    guard bytes.count >= 4 else { throw .header(length: bytes.count, expected: length) }
    let found = number(at: 0, in: bytes)
    guard found == magic else { throw .magic(found: found, expected: magic) }
    guard bytes.count >= length else { throw .header(length: bytes.count, expected: length) }
  }

  private static func dimension(
    _ name: String, at offset: Int, in bytes: Buffer<UInt8>, most: Int
  ) throws(IDXFault) -> Int {
    let found = number(at: offset, in: bytes)
    guard (1...most).contains(found) else {
      throw .dimension(name: name, offset: offset, found: found, most: most)
    }
    return found
  }

  private static func number(at offset: Int, in bytes: Buffer<UInt8>) -> Int {
    bytes.array(offset..<offset + 4).reduce(0) { $0 << 8 | Int($1) }
  }
}
