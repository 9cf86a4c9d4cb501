internal import CNumeralCPU

/// The memory of a plan: buffers, matrices and planes that are used together in every step and live as long as the
/// plan.
///
/// An arena may use large pages. The second cache keeps only a few lines for each address modulo 128 KiB, and small
/// pages at random physical addresses may crowd some of these sets; a large page is contiguous. Measured on Zen 4,
/// cycles a sample of a sparse first layer's forward product: 2,100 in every run with large pages; 2,100 to 2,490 with
/// small pages, depending on the run. Where planes are large or a plan lives for one run only, ordinary pages waste
/// less.
final class Arena {
  private let hasLargePages: Bool
  /// The size of a region: a large page, or enough for many small buffers.
  private let regionSize: Int
  private var regions: [Region] = []
  /// The free rest of the last shared region.
  private var shared: Region?
  private var next = 0
  private var end = 0

  init(largePages: Bool) {
    hasLargePages = largePages
    regionSize = largePages ? 1 << 21 : 1 << 16
  }

  /// A buffer of `count` elements, all equal to `value`, that keeps this memory alive.
  func buffer<Element: BitwiseCopyable>(repeating value: Element, count: Int) -> Buffer<Element> {
    let bytes = max(64, (count * MemoryLayout<Element>.stride + 63) / 64 * 64)
    let base = unsafe memory(bytes).bindMemory(to: Element.self, capacity: count)
    return unsafe Buffer(repeating: value, count: count, at: base, in: self)
  }

  /// A matrix of zeros; its user must keep this memory alive.
  func matrix(rows: Int, columns: Int, stride: Int) -> FloatMatrix {
    FloatMatrix(buffer(repeating: 0, count: rows * stride), rows: rows, columns: columns, stride: stride)
  }

  /// A row of zeros, rounded up to whole vectors.
  func row(_ columns: Int) -> FloatMatrix { matrix(rows: 1, columns: columns, stride: FloatMatrix.padded(columns)) }

  /// Room for a packed matrix: panels of sixteen columns, a row of biases above each.
  func panels(rows: Int, columns: Int) -> FloatMatrix {
    matrix(rows: (rows + 1) * FloatMatrix.padded(columns) / 16, columns: 16, stride: 16)
  }

  /// Planes of zeros for images of a shape; their user must keep this memory alive.
  func planes(_ shape: Shape, border: Int) -> Planes {
    guard case .image(let height, let width, let channels) = shape else {
      preconditionFailure("features are no planes")
    }
    let plane = Planes.plane(height: height, width: width, border: border)
    return Planes(
      buffer(repeating: 0, count: channels * plane), channels: channels, height: height, width: width, border: border)
  }

  /// Memory that starts on a 64-byte boundary.
  private func memory(_ bytes: Int) -> UnsafeMutableRawPointer {
    if let shared, end - next >= bytes {
      defer { next += bytes }
      return unsafe shared.base + next
    }
    // With small pages a large request gets a region of its own.
    let isAlone = !hasLargePages && bytes > regionSize / 4
    let size = isAlone ? bytes : (bytes + regionSize - 1) / regionSize * regionSize
    let region = Region(bytes: size, alignment: hasLargePages ? regionSize : 64)
    if hasLargePages { unsafe numeral_use_large_pages(region.base, size) }
    regions.append(region)
    if !isAlone { (shared, next, end) = (region, bytes, size) }
    return unsafe region.base
  }

  @safe private final class Region {
    let base: UnsafeMutableRawPointer

    init(bytes: Int, alignment: Int) {
      unsafe base = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: alignment)
    }

    deinit { unsafe base.deallocate() }
  }
}
