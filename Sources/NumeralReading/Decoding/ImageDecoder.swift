import CPixbuf

/// Decodes PNG, JPEG, GIF, BMP and WebP files into pixels with gdk-pixbuf.
///
/// An image is rotated as its EXIF orientation says. Transparent pixels become white paper. If white paper would hide
/// light ink, they become black. Of several frames the first one is read.
public enum ImageDecoder {
  /// The largest number of bytes of a file.
  public static let fileLimit = 256 << 20

  /// Decodes a file.
  ///
  /// - Throws: ``ImageFault``. A file that is cut short or too large is not decoded at all.
  public static func decode(_ bytes: [UInt8]) throws(ImageFault) -> Bitmap {
    guard let format = ImageFormat(of: bytes) else { throw .format(start: Array(bytes.prefix(8))) }
    let size = try format.check(bytes)
    let library = try PixbufLibrary.functions()

    var error: UnsafeMutablePointer<numeral_pixbuf_error>?
    guard let loader = library.gdk_pixbuf_loader_new_with_type(format.rawValue, &error) else {
      throw fault(error, format, size, library)
    }
    defer { library.g_object_unref(UnsafeMutableRawPointer(loader)) }
    let isWritten = library.gdk_pixbuf_loader_write(loader, bytes, bytes.count, &error) != 0
    // A loader must be closed in any case. Only the first error is reported.
    guard isWritten else {
      _ = library.gdk_pixbuf_loader_close(loader, nil)
      throw fault(error, format, size, library)
    }
    guard library.gdk_pixbuf_loader_close(loader, &error) != 0 else { throw fault(error, format, size, library) }
    guard let stored = library.gdk_pixbuf_loader_get_pixbuf(loader) else {
      throw .damaged(format, reason: "it has no image")
    }
    guard let upright = library.gdk_pixbuf_apply_embedded_orientation(stored) else {
      throw .outOfMemory(width: size.width, height: size.height)
    }
    defer { library.g_object_unref(UnsafeMutableRawPointer(upright)) }
    return try bitmap(upright, format, library)
  }

  private static func bitmap(
    _ pixbuf: OpaquePointer, _ format: ImageFormat, _ library: numeral_pixbuf_functions
  ) throws(ImageFault) -> Bitmap {
    let width = Int(library.gdk_pixbuf_get_width(pixbuf))
    let height = Int(library.gdk_pixbuf_get_height(pixbuf))
    let channels = Int(library.gdk_pixbuf_get_n_channels(pixbuf))
    let stride = Int(library.gdk_pixbuf_get_rowstride(pixbuf))
    guard width > 0, height > 0, channels == 3 || channels == 4, stride >= width * channels,
      let source = library.gdk_pixbuf_read_pixels(pixbuf)
    else { throw .damaged(format, reason: "its pixels are of an unknown kind") }
    var pixels = [UInt8](repeating: 0, count: 3 * width * height)
    guard channels == 4 else {
      for y in 0..<height {
        for x in 0..<3 * width { pixels[y * 3 * width + x] = source[y * stride + x] }
      }
      return Bitmap(width: width, height: height, pixels: pixels)
    }
    compose(over: 255, source, stride: stride, width: width, height: height, into: &pixels)
    let isBlank = (pixels.min() ?? 0) > 240
    let hasInk = (0..<height).contains { y in (0..<width).contains { source[y * stride + 4 * $0 + 3] > 127 } }
    let hasPaper = (0..<height).contains { y in (0..<width).contains { source[y * stride + 4 * $0 + 3] < 128 } }
    if isBlank, hasInk, hasPaper {
      compose(over: 0, source, stride: stride, width: width, height: height, into: &pixels)
    }
    return Bitmap(width: width, height: height, pixels: pixels)
  }

  /// `colour · opacity + paper · (1 − opacity)`, rounded.
  private static func compose(
    over paper: Int, _ source: UnsafePointer<UInt8>, stride: Int, width: Int, height: Int, into pixels: inout [UInt8]
  ) {
    for y in 0..<height {
      for x in 0..<width {
        let opacity = Int(source[y * stride + 4 * x + 3])
        for channel in 0..<3 {
          let color = Int(source[y * stride + 4 * x + channel])
          pixels[3 * (y * width + x) + channel] = UInt8((color * opacity + paper * (255 - opacity) + 127) / 255)
        }
      }
    }
  }

  /// Translates an error of gdk-pixbuf and frees it.
  private static func fault(
    _ error: UnsafeMutablePointer<numeral_pixbuf_error>?, _ format: ImageFormat, _ size: ImageSize,
    _ library: numeral_pixbuf_functions
  ) -> ImageFault {
    guard let error else { return .damaged(format, reason: "no reason was given") }
    defer { library.g_error_free(error) }
    if error.pointee.domain == library.gdk_pixbuf_error_quark() {
      switch error.pointee.code {
      case Int32(numeral_pixbuf_unknown_type): return .noDecoder(format)
      case Int32(numeral_pixbuf_insufficient_memory): return .outOfMemory(width: size.width, height: size.height)
      default: break
      }
    }
    guard let message = error.pointee.message else { return .damaged(format, reason: "no reason was given") }
    return .damaged(format, reason: String(cString: message).split(whereSeparator: \.isNewline).joined(separator: "; "))
  }
}
