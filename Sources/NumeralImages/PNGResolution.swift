import CDeflate

/// The statement of a PNG file how many pixels make a metre, which cairo does not write.
///
/// Source: W3C, 2003, *Portable Network Graphics*, second edition, 11.3.5.3.
enum PNGResolution {
  /// The file with a `pHYs` chunk behind its header, which ends at byte 33.
  static func stating(dpi: Int, in file: [UInt8]) -> [UInt8] {
    let headerEnd = 33
    let perMetre = UInt32((Double(dpi) / 0.0254).rounded())
    let data = Array("pHYs".utf8) + bigEndian(perMetre) + bigEndian(perMetre) + [1]
    let chunk = bigEndian(UInt32(data.count - 4)) + data + bigEndian(libdeflate_crc32(0, data, data.count))
    return file[..<headerEnd] + chunk + file[headerEnd...]
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }
}
