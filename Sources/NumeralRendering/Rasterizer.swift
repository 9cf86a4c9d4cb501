import CRsvg
import NumeralFiles

/// Converts SVG text to PNG and PDF with librsvg and cairo.
///
/// The size of the image is the size of its `viewBox`, 96 units an inch. Text is drawn with the machine's fonts.
/// Without fonts the text is missing, so `Scripts/setup.sh` installs some. A plot with the automatic theme is drawn
/// light.
public enum Rasterizer {
  /// The supported resolutions in pixels an inch.
  public static let resolutions = 72...1200
  /// The largest number of pixels, 4 bytes each: a plot of a whole page at 1200 dpi.
  public static let pixelLimit = 150_000_000

  /// Returns a PNG file that states its resolution.
  ///
  /// - Throws: ``RasterizerError``.
  public static func png(_ svg: String, dpi: Int = 300) throws(RasterizerError) -> [UInt8] {
    guard resolutions.contains(dpi) else { throw .resolution(found: dpi) }
    let library = try RsvgLibrary.functions()
    let document = try SVGDocument(svg, library: library)
    let scale = Double(dpi) / 96
    // A side that exceeds a whole number only by rounding gets no further pixel.
    let exact = (
      width: (document.width * scale - 1e-6).rounded(.up), height: (document.height * scale - 1e-6).rounded(.up)
    )
    // cairo draws at most 32,767 pixels a side.
    let longest = 32_767.0
    guard exact.width <= longest, exact.height <= longest, exact.width * exact.height <= Double(pixelLimit) else {
      throw .tooLarge(width: Int(min(exact.width, 1e15)), height: Int(min(exact.height, 1e15)), limit: pixelLimit)
    }
    let (width, height) = (Int(exact.width), Int(exact.height))
    let surface = library.cairo_image_surface_create(Int32(numeral_format_argb32), Int32(width), Int32(height))
    defer { library.cairo_surface_destroy(surface) }
    guard library.cairo_surface_status(surface) == numeral_status_success else {
      throw .outOfMemory(width: width, height: height)
    }
    try document.draw(on: surface, width: document.width * scale, height: document.height * scale)

    let sink = ByteSink()
    let status = library.cairo_surface_write_to_png_stream(surface, ByteSink.write, sink.context)
    try check(status, library)
    return PNGEncoder.stating(dpi: dpi, in: sink.bytes)
  }

  /// Returns a PDF file with one page of the image's size.
  ///
  /// - Throws: ``RasterizerError``.
  public static func pdf(_ svg: String) throws(RasterizerError) -> [UInt8] {
    let library = try RsvgLibrary.functions()
    let document = try SVGDocument(svg, library: library)
    // A point is 1/72 of an inch.
    let (width, height) = (document.width * 0.75, document.height * 0.75)
    // The longest side of a page that PDF readers accept: 200 inches.
    guard width <= 14_400, height <= 14_400 else {
      throw .tooLarge(width: Int(min(document.width, 1e15)), height: Int(min(document.height, 1e15)), limit: pixelLimit)
    }
    let sink = ByteSink()
    let surface = library.cairo_pdf_surface_create_for_stream(ByteSink.write, sink.context, width, height)
    defer { library.cairo_surface_destroy(surface) }
    try check(library.cairo_surface_status(surface), library)
    // Equal images give equal bytes: without this empty date the file would hold the time of day.
    library.cairo_pdf_surface_set_metadata(surface, Int32(numeral_pdf_create_date), "")
    try document.draw(on: surface, width: width, height: height)
    library.cairo_surface_finish(surface)
    try check(library.cairo_surface_status(surface), library)
    return sink.bytes
  }

  static func check(_ status: Int32, _ library: numeral_rsvg_functions) throws(RasterizerError) {
    guard status != numeral_status_success else { return }
    throw .failed(reason: String(cString: library.cairo_status_to_string(status)))
  }
}

/// Collects the bytes that cairo writes.
private final class ByteSink {
  var bytes: [UInt8] = []

  /// The sink as the pointer that cairo passes to ``write``. It is valid while the sink is retained.
  var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  static let write: numeral_write = { context, data, count in
    guard let context, let data else { return Int32(numeral_status_write_error) }
    let sink = Unmanaged<ByteSink>.fromOpaque(context).takeUnretainedValue()
    sink.bytes += UnsafeBufferPointer(start: data, count: Int(count))
    return Int32(numeral_status_success)
  }
}
