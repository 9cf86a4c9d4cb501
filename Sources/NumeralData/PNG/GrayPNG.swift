import NumeralFiles

/// Reads images of 8-bit grey from PNG files, as in class folders. ``PNGEncoder`` writes them.
///
/// All five filters are read. Interlaced images, colour and transparency are refused with an error that names them.
///
/// Source: W3C, 2003, *Portable Network Graphics (PNG) Specification*, second edition.
enum GrayPNG {
  /// An image in memory.
  struct Image: Equatable {
    let width: Int
    let height: Int
    /// `[height, width]`.
    let pixels: [UInt8]
  }

  /// Decodes the image in a file.
  static func decode(_ file: [UInt8]) throws(PNGFault) -> Image {
    guard file.starts(with: PNGEncoder.signature) else { throw .signature(start: Array(file.prefix(4))) }
    var width = 0
    var height = 0
    var packed: [UInt8] = []
    var place = PNGEncoder.signature.count
    while true {
      guard place + 12 <= file.count else { throw .cut(length: file.count) }
      let length = number(file, at: place)
      guard length <= file.count - place - 12 else { throw .cut(length: file.count) }
      let name = String(decoding: file[place + 4..<place + 8], as: UTF8.self)
      let data = file[place + 8..<place + 8 + length]
      let sum = UInt32(number(file, at: place + 8 + length))
      guard Deflate.crc32(Array(file[place + 4..<place + 8 + length])) == sum else { throw .damaged(chunk: name) }
      // The header comes first, and only once.
      guard (name == "IHDR") == (width == 0) else { throw .damaged(chunk: name) }
      switch name {
      case "IHDR": (width, height) = try header(Array(data))
      case "IDAT": packed += data
      case "IEND":
        return Image(width: width, height: height, pixels: try pixels(packed, width: width, height: height))
      case "tRNS": throw .unsupported("transparent pixels")
      default:
        // A capital letter marks a critical chunk: a reader that does not know the chunk cannot show the image.
        guard file[place + 4] & 0x20 != 0 else { throw .unsupported("the unknown chunk \(name)") }
      }
      place += length + 12
    }
  }

  private static func header(_ data: [UInt8]) throws(PNGFault) -> (width: Int, height: Int) {
    guard data.count == 13 else { throw .damaged(chunk: "IHDR") }
    let (width, height) = (number(data, at: 0), number(data, at: 4))
    let allowed = 1...IDXFile.greatestExtent
    guard allowed.contains(width), allowed.contains(height) else {
      throw .size(width: width, height: height, most: IDXFile.greatestExtent)
    }
    let kinds = [0: "grey", 2: "colour", 3: "a palette", 4: "grey with transparency", 6: "colour with transparency"]
    guard data[8] == 8, data[9] == 0 else {
      throw .unsupported("\(data[8])-bit \(kinds[Int(data[9])] ?? "pixels of the unknown kind \(data[9])")")
    }
    guard data[12] == 0 else { throw .unsupported("interlaced rows") }
    guard data[10] == 0, data[11] == 0 else { throw .damaged(chunk: "IHDR") }
    return (width, height)
  }

  /// Unpacks rows and reverses their filters. A filter predicts a byte from the bytes to the left and above.
  private static func pixels(_ packed: [UInt8], width: Int, height: Int) throws(PNGFault) -> [UInt8] {
    guard let rows = Deflate.decompress(packed, container: .zlib, length: (width + 1) * height) else {
      throw .damaged(chunk: "IDAT")
    }
    var pixels = [UInt8](repeating: 0, count: width * height)
    for row in 0..<height {
      let filter = rows[row * (width + 1)]
      guard filter <= 4 else { throw .damaged(chunk: "IDAT") }
      for column in 0..<width {
        let place = row * width + column
        let left = column > 0 ? Int(pixels[place - 1]) : 0
        let above = row > 0 ? Int(pixels[place - width]) : 0
        let corner = row > 0 && column > 0 ? Int(pixels[place - width - 1]) : 0
        let prediction =
          switch filter {
          case 0: 0
          case 1: left
          case 2: above
          case 3: (left + above) / 2
          default: nearest(left, above, corner)
          }
        pixels[place] = rows[row * (width + 1) + 1 + column] &+ UInt8(prediction)
      }
    }
    return pixels
  }

  /// Returns the neighbour that is nearest to left + above − corner (the filter of A. W. Paeth).
  private static func nearest(_ left: Int, _ above: Int, _ corner: Int) -> Int {
    let guess = left + above - corner
    let distances = (abs(guess - left), abs(guess - above), abs(guess - corner))
    if distances.0 <= distances.1, distances.0 <= distances.2 { return left }
    return distances.1 <= distances.2 ? above : corner
  }

  private static func number(_ bytes: [UInt8], at place: Int) -> Int {
    (0..<4).reduce(0) { $0 << 8 | Int(bytes[place + $1]) }
  }
}
