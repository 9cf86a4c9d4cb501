import CRsvg

/// An SVG text that was parsed by librsvg.
struct SVGDocument: ~Copyable {
  private let library: numeral_rsvg_functions
  private let handle: OpaquePointer
  /// The width in units; 96 units are an inch.
  let width: Double
  let height: Double

  /// Parses a text.
  ///
  /// - Throws: ``RasterizerError/unreadable(reason:)`` and ``RasterizerError/size(width:height:)``.
  init(_ svg: String, library: numeral_rsvg_functions) throws(RasterizerError) {
    var error: UnsafeMutablePointer<numeral_gerror>?
    let text = Array(svg.utf8)
    guard let handle = library.rsvg_handle_new_from_data(text, text.count, &error) else {
      throw .unreadable(reason: SVGDocument.message(error, library))
    }
    var (hasWidth, hasHeight, hasViewBox) = (Int32(0), Int32(0), Int32(0))
    var (ownWidth, ownHeight, viewBox) = (numeral_length(), numeral_length(), numeral_rectangle())
    library.rsvg_handle_get_intrinsic_dimensions(
      handle, &hasWidth, &ownWidth, &hasHeight, &ownHeight, &hasViewBox, &viewBox)
    var (width, height) = (viewBox.width, viewBox.height)
    if hasViewBox == 0 {
      library.rsvg_handle_set_dpi(handle, 96)
      if library.rsvg_handle_get_intrinsic_size_in_pixels(handle, &width, &height) == 0 { (width, height) = (0, 0) }
    }
    guard width > 0, height > 0, width.isFinite, height.isFinite else {
      library.g_object_unref(UnsafeMutableRawPointer(handle))
      throw .size(width: width, height: height)
    }
    self.library = library
    self.handle = handle
    self.width = width
    self.height = height
  }

  deinit { library.g_object_unref(UnsafeMutableRawPointer(handle)) }

  /// Draws the image at the upper left corner of a surface, in the given size (in units of the surface).
  func draw(on surface: OpaquePointer?, width: Double, height: Double) throws(RasterizerError) {
    let context = library.cairo_create(surface)
    defer { library.cairo_destroy(context) }
    var viewport = numeral_rectangle(x: 0, y: 0, width: width, height: height)
    var error: UnsafeMutablePointer<numeral_gerror>?
    guard library.rsvg_handle_render_document(handle, context, &viewport, &error) != 0 else {
      throw .failed(reason: SVGDocument.message(error, library))
    }
    try Rasterizer.check(library.cairo_status(context), library)
  }

  /// Returns the message of an error in one line and frees the error.
  private static func message(_ error: UnsafeMutablePointer<numeral_gerror>?, _ library: numeral_rsvg_functions)
    -> String
  {
    guard let error else { return "no reason was given" }
    defer { library.g_error_free(error) }
    guard let message = error.pointee.message else { return "no reason was given" }
    return String(cString: message).split(whereSeparator: \.isNewline).joined(separator: "; ")
  }
}
