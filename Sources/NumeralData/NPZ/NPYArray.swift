import Numeral

/// An array in NumPy's file format: a header that is a Python dictionary, then the numbers.
///
/// ```
/// \x93NUMPY, major, minor, length of the header (2 bytes, 4 bytes from version 2 on), header, numbers
/// {'descr': '|u1', 'fortran_order': False, 'shape': (60000, 28, 28), }
/// ```
///
/// Source: NumPy, *numpy.lib.format*, versions 1.0 to 3.0.
struct NPYArray {
  /// The type of the numbers in NumPy's notation, for example `|u1`.
  let type: String
  /// The shape.
  let shape: [Int]
  /// The whole file.
  let bytes: Buffer<UInt8>
  /// The offset of the first number.
  let offset: Int

  /// The largest length of a header that is read; NumPy itself writes 128 bytes.
  private static let mostHeader = 1 << 16

  /// Reads a header.
  init(_ bytes: Buffer<UInt8>) throws(NPYFault) {
    let start = bytes.array(0..<min(12, bytes.count))
    guard start.starts(with: [0x93] + Array("NUMPY".utf8)) else { throw .magic }
    guard start.count >= 10 else { throw .header("is cut short") }
    let version = start[6]
    guard (1...3).contains(version) else { throw .header("is of version \(version), expected 1 to 3") }
    let width = version == 1 ? 2 : 4
    guard start.count >= 8 + width else { throw .header("is cut short") }
    let length = LittleEndian.number(start, at: 8, width: width)
    let offset = 8 + width + length
    guard length <= NPYArray.mostHeader, offset <= bytes.count else { throw .header("is cut short") }
    let text = String(decoding: bytes.array(8 + width..<offset), as: UTF8.self)

    self.bytes = bytes
    self.offset = offset
    type = try NPYArray.text("descr", in: text)
    let order = try NPYArray.value("fortran_order", in: text)
    let isFortran = order.hasPrefix("True")
    guard isFortran || order.hasPrefix("False") else { throw .header("does not say the order of the axes") }
    shape = try NPYArray.shape(in: text)
    // With one axis both orders are the same.
    if isFortran, shape.count > 1 { throw .fortranOrder }
  }

  /// The number of elements; nil if the product overflows.
  var count: Int? {
    shape.reduce(1) { (product: Int?, extent) in
      let next = product.map { $0.multipliedReportingOverflow(by: extent) }
      return next.flatMap { $0.overflow ? nil : $0.partialValue }
    }
  }

  /// Checks that the file has as many bytes as the shape needs.
  func checkLength(width: Int) throws(NPYFault) {
    guard let count, count <= FileBytes.standardLimit else { throw .header("states a size that no file has") }
    guard bytes.count - offset == count * width else {
      throw .length(found: bytes.count - offset, expected: count * width)
    }
  }

  // MARK: The header

  /// Returns the text after a key.
  private static func value(_ key: String, in text: String) throws(NPYFault) -> Substring {
    for quote in ["'", "\""] {
      guard let place = text.firstRange(of: quote + key + quote) else { continue }
      let rest = text[place.upperBound...].drop { $0 == " " }
      guard rest.first == ":" else { continue }
      return rest.dropFirst().drop { $0 == " " }
    }
    throw .header("does not say '\(key)'")
  }

  private static func text(_ key: String, in header: String) throws(NPYFault) -> String {
    let rest = try value(key, in: header)
    guard let quote = rest.first, quote == "'" || quote == "\"" else {
      // A list of fields, as in a structured array.
      throw .type("a record", expected: "uint8")
    }
    let text = rest.dropFirst().prefix { $0 != quote }
    guard text.count <= 32 else { throw .header("names a type of \(text.count) letters") }
    return String(text)
  }

  private static func shape(in header: String) throws(NPYFault) -> [Int] {
    let rest = try value("shape", in: header)
    guard rest.first == "(", let end = rest.firstIndex(of: ")") else { throw .header("states no shape") }
    var shape: [Int] = []
    for part in rest[..<end].dropFirst().split(separator: ",") {
      let digits = part.filter { $0 != " " }
      if digits.isEmpty { continue }
      guard let extent = Int(digits), extent >= 0 else { throw .header("states the extent \(digits)") }
      shape.append(extent)
    }
    return shape
  }
}
