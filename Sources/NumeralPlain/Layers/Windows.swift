/// The windows that slide over an image. In the window of output row r and column q, row u and column v lie at the
/// image's row r · stride + u − padding and column q · stride + v − padding. Places outside the image are left out.
struct PlainWindows {
  /// The rows of windows, ⌊(height + 2 padding − window height) / stride⌋ + 1, and the windows of a row, likewise.
  let height: Int, width: Int
  /// What each window sees, row by row: its own number u · width + v, and the place in the image's plane.
  private(set) var sights: [[(own: Int, place: Int)]] = []

  init(_ window: (height: Int, width: Int), over input: PlainShape, stride: Int, padding: Int = 0) throws(PlainError) {
    let free = (input.height + 2 * padding - window.height, input.width + 2 * padding - window.width)
    guard min(window.height, window.width, stride) >= 1, padding >= 0, min(free.0, free.1) >= 0 else {
      throw .misfit("a window of \(window), stride \(stride), padding \(padding), over \(input)")
    }
    (height, width) = (free.0 / stride + 1, free.1 / stride + 1)
    for position in 0..<height * width {
      sights.append([])
      for own in 0..<window.height * window.width {
        let row = position / width * stride + own / window.width - padding
        let column = position % width * stride + own % window.width - padding
        guard (0..<input.height).contains(row), (0..<input.width).contains(column) else { continue }
        sights[position].append((own, row * input.width + column))
      }
    }
  }
}
