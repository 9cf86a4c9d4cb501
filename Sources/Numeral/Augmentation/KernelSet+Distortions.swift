internal import CNumeralCPU

// The kernels that distort images, as `ImageDistorter` calls them. Shapes are checked here; kernels get plain pointers.
// `NumeralDistortion.h` says what each call computes.

extension KernelSet {
  /// Uniform numbers in (−1, 1) from the values of a stream from an index on, four for each value.
  func drawField(_ field: FloatMatrix, from stream: RandomStream, after first: UInt64) {
    var field = unsafe field.view
    unsafe table.distortion.random_field(&field, stream.key, first)
  }

  /// Smooths the field of some planes.
  func smooth(_ planes: DistortionPlanes, _ taps: Buffer<Float>, into out: Buffer<Float>) {
    let (height, columns, radius) = (planes.height, planes.columns, planes.radius)
    precondition(taps.count == radius + 1 && planes.fieldStart >= radius, "the filter does not fit")
    precondition(planes.field.count >= height * planes.fieldStride && out.count >= height * columns, "no room")
    precondition(planes.fieldStride >= columns + 2 * planes.fieldStart, "no room for zeros")
    precondition(planes.rows.count >= (height + 2 * radius) * columns, "no room for rows")
    var field = unsafe numeral_matrix(
      base: planes.field.base + planes.fieldStart, stride: planes.fieldStride, rows: height, columns: columns)
    var filter = unsafe numeral_filter(taps: taps.base, radius: radius)
    unsafe table.distortion.smooth_field(out.base, planes.rows.base + radius * columns, &field, &filter)
  }

  /// Finds the source place of each pixel.
  func locate(_ planes: DistortionPlanes, _ map: numeral_inverse_map, isElastic: Bool) {
    let size = planes.height * planes.columns
    precondition(planes.places.count >= size && planes.right.count >= size && planes.below.count >= size, "no room")
    precondition(!isElastic || planes.dx.count >= size && planes.dy.count >= size, "there are no fields")
    var (sources, map) = unsafe (planes.sources, map)
    unsafe table.distortion.locate(
      &sources, &map, isElastic ? planes.dx.base : nil, isElastic ? planes.dy.base : nil)
  }

  /// Reads one channel of an image at the places that were found; this overwrites the places.
  func interpolate(_ planes: DistortionPlanes, _ images: LabeledImages, image: Int, channel: Int) {
    let (height, width) = (planes.height, planes.width)
    let start = images.start(of: image) + channel * height * width
    precondition(start >= 0 && start + height * width <= images.pixels.count, "image out of range")
    precondition(planes.plane.count >= (height + 3) * (width + 3), "the image does not fit")
    let end = planes.inkedStart + (height - 1) * planes.inkedStride + planes.columns
    precondition(end <= planes.inked.count, "no room")
    for row in 0..<height {
      unsafe (planes.plane.base + (row + 1) * (width + 3) + 1).update(
        from: images.pixels.base + start + row * width, count: width)
    }
    var sources = unsafe planes.sources
    unsafe table.distortion.interpolate(
      planes.inked.base + planes.inkedStart, planes.inkedStride, &sources, planes.plane.base)
  }

  /// Applies strokes, noise and rounding, and writes bytes to a block from a place on.
  func finish(
    _ planes: DistortionPlanes, thickness: Float, noise: Float, maximum: UInt8, into out: Buffer<UInt8>, at place: Int
  ) {
    precondition(place >= 0 && place + planes.height * planes.width <= out.count, "no room for the image")
    precondition(planes.inked.count >= (planes.height + 2) * planes.inkedStride, "the plane lacks its zeros")
    precondition(planes.inkedStart > planes.inkedStride, "the plane lacks its zeros")
    precondition(planes.noise.count >= planes.height * planes.columns, "no room for noise")
    precondition(planes.places.count >= planes.columns, "no room for a row")
    var plane = unsafe numeral_matrix(
      base: planes.inked.base + planes.inkedStart, stride: planes.inkedStride, rows: planes.height,
      columns: planes.width)
    var finish = unsafe numeral_finish(
      thickness: thickness, deviation: noise, noise: noise > 0 ? planes.noise.base : nil,
      noise_stride: planes.columns, maximum: Float(maximum))
    unsafe table.distortion.finish_plane(out.base + place, &plane, &finish, planes.places.base)
  }
}

extension DistortionPlanes {
  /// The source places of the pixels, as kernels take them.
  fileprivate var sources: numeral_pixel_sources {
    unsafe numeral_pixel_sources(
      places: places.base, right: right.base, below: below.base, height: height, width: width, columns: columns)
  }
}
