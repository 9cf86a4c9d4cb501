import CNumeralCPU
import NumeralTestSupport

@testable import Numeral

/// Planes for kernels to read and write, in the middle of a block that must stay as it is.
///
/// Everything starts as a NaN that no kernel computes: what lies before, after and between channels too. The border is
/// zeros where a kernel may read it.
final class GuardedPlanes {
  let channels: Int
  let height: Int
  let width: Int
  let border: Int
  /// What kernels are given.
  let view: UnsafePointer<numeral_planes>
  private let block: GuardedMatrix<Float>
  private let rowStride: Int
  private let planeStride: Int

  /// Creates planes.
  ///
  /// - Parameters:
  ///   - border: The rows and columns around each channel.
  ///   - zeroBorder: Whether the border is zeros; else it must not be read.
  ///   - gap: The vectors between two channels.
  init(_ channels: Int, _ height: Int, _ width: Int, border: Int = 0, zeroBorder: Bool = true, gap: Int = 1) {
    self.channels = channels
    self.height = height
    self.width = width
    self.border = border
    rowStride = (width + 2 * border) * 16
    planeStride = (height + 2 * border) * rowStride + gap * 16
    block = GuardedMatrix(rows: 1, columns: channels * planeStride)
    let view = UnsafeMutablePointer<numeral_planes>.allocate(capacity: 1)
    view.initialize(
      to: numeral_planes(
        base: block.base + border * rowStride + border * 16, channels: channels, height: height, width: width,
        plane: planeStride, row: rowStride))
    self.view = UnsafePointer(view)
    if !zeroBorder { return }
    for c in 0..<channels {
      for y in -border..<height + border {
        for x in -border..<width + border where !isInside(y, x) { for lane in 0..<16 { self[c, y, x, lane] = 0 } }
      }
    }
  }

  /// Creates planes with some numbers, `[channels, height, width, 16]`.
  convenience init(
    _ values: [Float], _ channels: Int, _ height: Int, _ width: Int, border: Int = 0, zeroBorder: Bool = true,
    gap: Int = 1
  ) {
    self.init(channels, height, width, border: border, zeroBorder: zeroBorder, gap: gap)
    set(values)
  }

  deinit { view.deallocate() }

  subscript(c: Int, y: Int, x: Int, lane: Int) -> Float {
    get { view.pointee.base[c * planeStride + y * rowStride + x * 16 + lane] }
    set { view.pointee.base[c * planeStride + y * rowStride + x * 16 + lane] = newValue }
  }

  /// All numbers in order, `[channels, height, width, 16]`.
  var values: [Float] {
    var values: [Float] = []
    for c in 0..<channels {
      for y in 0..<height {
        let row = view.pointee.base + c * planeStride + y * rowStride
        values += UnsafeBufferPointer(start: row, count: width * 16)
      }
    }
    return values
  }

  func set(_ values: [Float]) {
    precondition(values.count == channels * height * width * 16)
    var next = 0
    for c in 0..<channels {
      for y in 0..<height {
        for x in 0..<width {
          for lane in 0..<16 {
            self[c, y, x, lane] = values[next]
            next += 1
          }
        }
      }
    }
  }

  /// True if border, gaps and what surrounds the planes are as they were, bit for bit.
  var surroundingsAreUntouched: Bool {
    guard block.surroundingsAreUntouched else { return false }
    for c in 0..<channels {
      for y in -border..<height + border {
        for x in -border..<width + border where !isInside(y, x) {
          for lane in 0..<16 where self[c, y, x, lane].bitPattern != 0 && !block.isSentinel(self[c, y, x, lane]) {
            return false
          }
        }
      }
      let end = (c + 1) * planeStride
      for place in c * planeStride + (height + 2 * border) * rowStride..<end
      where !block.isSentinel(block.base[place]) {
        return false
      }
    }
    return true
  }

  /// The offset of a place from the first position of the first channel.
  func offset(_ c: Int, _ y: Int, _ x: Int) -> Int32 { Int32(c * planeStride + y * rowStride + x * 16) }

  /// The place of a number among ``values``.
  func index(_ c: Int, _ y: Int, _ x: Int, _ lane: Int) -> Int { ((c * height + y) * width + x) * 16 + lane }

  private func isInside(_ y: Int, _ x: Int) -> Bool { y >= 0 && y < height && x >= 0 && x < width }
}

/// The sum of sixteen lanes as kernels add them: halves, until one is left.
func sumOfLanes(_ lanes: [Float]) -> Float {
  var lanes = lanes
  while lanes.count > 1 {
    let half = lanes.count / 2
    lanes = (0..<half).map { lanes[$0] + lanes[$0 + half] }
  }
  return lanes[0]
}
