import CRsvg

/// An SVG text that librsvg has read.
struct SVGDocument: ~Copyable {
  private let handle: UnsafeMutablePointer<RsvgHandle>
  /// Units of the picture, of which 96 make an inch.
  let width: Double
  let height: Double

  /// Reads a text.
  ///
  /// - Throws: ``RasterizerError/unreadable(reason:)`` and ``RasterizerError/size(width:height:)``.
  init(_ svg: String) throws(RasterizerError) {
    var error: UnsafeMutablePointer<GError>?
    let text = Array(svg.utf8)
    guard let handle = rsvg_handle_new_from_data(text, gsize(text.count), &error) else {
      throw .unreadable(reason: SVGDocument.message(error))
    }
    var (hasWidth, hasHeight, hasViewBox) = (gboolean(0), gboolean(0), gboolean(0))
    var (ownWidth, ownHeight, viewBox) = (RsvgLength(), RsvgLength(), RsvgRectangle())
    rsvg_handle_get_intrinsic_dimensions(
      handle, &hasWidth, &ownWidth, &hasHeight, &ownHeight, &hasViewBox, &viewBox)
    var (width, height) = (viewBox.width, viewBox.height)
    if hasViewBox == 0 {
      rsvg_handle_set_dpi(handle, 96)
      if rsvg_handle_get_intrinsic_size_in_pixels(handle, &width, &height) == 0 { (width, height) = (0, 0) }
    }
    guard width > 0, height > 0, width.isFinite, height.isFinite else {
      g_object_unref(handle)
      throw .size(width: width, height: height)
    }
    self.handle = handle
    self.width = width
    self.height = height
  }

  deinit { g_object_unref(handle) }

  /// Draws the picture from the upper left corner of a surface, as large as is asked for in its units.
  func draw(on surface: OpaquePointer?, width: Double, height: Double) throws(RasterizerError) {
    let context = cairo_create(surface)
    defer { cairo_destroy(context) }
    var viewport = RsvgRectangle(x: 0, y: 0, width: width, height: height)
    var error: UnsafeMutablePointer<GError>?
    guard rsvg_handle_render_document(handle, context, &viewport, &error) != 0 else {
      throw .failed(reason: SVGDocument.message(error))
    }
    try Rasterizer.check(cairo_status(context))
  }

  /// What an error says, in one line; it is freed.
  private static func message(_ error: UnsafeMutablePointer<GError>?) -> String {
    guard let error else { return "no reason was given" }
    defer { g_error_free(error) }
    return String(cString: error.pointee.message).split(whereSeparator: \.isNewline).joined(separator: "; ")
  }
}
