internal import CNumeralCPU

/// The memory of a plan: buffers, matrices and planes that are used together, step after step, and live as long as it
/// does.
///
/// It lies in large pages, so that it is one piece for the caches as well: a second cache keeps few lines of each
/// address modulo 128 KiB, and small pages from anywhere may crowd some of them. Measured on Zen 4, cycles a sample of
/// a sparse first layer's forward product: 2,100 in every run, with small pages 2,100 to 2,490 by the pages that a run
/// was given.
final class Arena {
  /// A large page.
  private static let regionSize = 1 << 21

  private var regions: [Region] = []
  /// What is left of the last region.
  private var next = 0
  private var end = 0

  /// A buffer of `count` elements, all equal to `value`, that keeps this memory alive.
  func buffer<Element: BitwiseCopyable>(repeating value: Element, count: Int) -> Buffer<Element> {
    let bytes = max(64, (count * MemoryLayout<Element>.stride + 63) / 64 * 64)
    if end - next < bytes { addRegion(bytes) }
    let base = unsafe (regions[regions.count - 1].base + next).bindMemory(to: Element.self, capacity: count)
    next += bytes
    return unsafe Buffer(repeating: value, count: count, at: base, in: self)
  }

  /// A matrix of zeros; who uses it keeps this memory alive.
  func matrix(rows: Int, columns: Int, stride: Int) -> FloatMatrix {
    FloatMatrix(buffer(repeating: 0, count: rows * stride), rows: rows, columns: columns, stride: stride)
  }

  /// A row of zeros, whole vectors.
  func row(_ columns: Int) -> FloatMatrix { matrix(rows: 1, columns: columns, stride: FloatMatrix.padded(columns)) }

  /// Planes of zeros for images of a shape; who uses them keeps this memory alive.
  func planes(_ shape: Shape, border: Int) -> Planes {
    guard case .image(let height, let width, let channels) = shape else {
      preconditionFailure("features are no planes")
    }
    let plane = Planes.plane(height: height, width: width, border: border)
    return Planes(
      buffer(repeating: 0, count: channels * plane), channels: channels, height: height, width: width, border: border)
  }

  private func addRegion(_ bytes: Int) {
    end = (bytes + Arena.regionSize - 1) / Arena.regionSize * Arena.regionSize
    next = 0
    regions.append(Region(bytes: end))
  }

  /// Whole large pages.
  @safe private final class Region {
    let base: UnsafeMutableRawPointer

    init(bytes: Int) {
      unsafe base = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: Arena.regionSize)
      unsafe numeral_use_large_pages(base, bytes)
    }

    deinit { unsafe base.deallocate() }
  }
}
