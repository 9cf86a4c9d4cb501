/// A block of memory that starts on a 64-byte boundary, the length of a cache line and of the widest vector.
///
/// Only this type and the kernels use unsafe pointers. A buffer is shared by reference. The engine gives every thread a
/// part of its own, so no two threads write the same elements between two barriers.
@safe public final class Buffer<Element: BitwiseCopyable>: @unchecked Sendable {
  /// The number of elements.
  public let count: Int
  let base: UnsafeMutablePointer<Element>
  /// The owner of the memory; nil if this buffer owns it.
  private let arena: Arena?

  private init(uninitialized count: Int) {
    precondition(count >= 0, "a buffer cannot hold a negative number of elements")
    self.count = count
    arena = nil
    unsafe base = Buffer.allocate(count)
  }

  /// Creates a buffer in memory that an arena keeps alive for it.
  init(repeating value: Element, count: Int, at base: UnsafeMutablePointer<Element>, in arena: Arena) {
    self.count = count
    self.arena = arena
    unsafe self.base = unsafe base
    unsafe base.initialize(repeating: value, count: count)
  }

  /// Creates a buffer of `count` elements, all equal to `value`.
  public convenience init(repeating value: Element, count: Int) {
    self.init(uninitialized: count)
    unsafe base.initialize(repeating: value, count: count)
  }

  /// Creates a buffer of `count` elements and lets `fill` write them all.
  ///
  /// - Throws: Whatever `fill` throws; the memory is then released.
  public convenience init<Failure: Error>(
    count: Int, fill: (UnsafeMutableBufferPointer<Element>) throws(Failure) -> Void
  ) throws(Failure) {
    self.init(uninitialized: count)
    try unsafe fill(UnsafeMutableBufferPointer(start: base, count: count))
  }

  /// Creates a buffer with the elements of an array.
  public convenience init(_ elements: [Element]) {
    unsafe self.init(count: elements.count) { (target: UnsafeMutableBufferPointer<Element>) in
      _ = unsafe target.initialize(fromContentsOf: elements)
    }
  }

  deinit {
    if arena == nil { unsafe UnsafeMutableRawPointer(base).deallocate() }
  }

  private static func allocate(_ count: Int) -> UnsafeMutablePointer<Element> {
    let bytes = max(64, count * MemoryLayout<Element>.stride)
    return unsafe UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .bindMemory(to: Element.self, capacity: count)
  }

  /// The element at an index.
  public subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count, "buffer index out of range")
      return unsafe base[index]
    }
    set {
      precondition(index >= 0 && index < count, "buffer index out of range")
      unsafe base[index] = newValue
    }
  }

  /// A copy of a range of elements.
  public func array(_ range: Range<Int>) -> [Element] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "buffer range out of range")
    return unsafe Array(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
  }

  /// A copy of all elements.
  public func array() -> [Element] { array(0..<count) }

  /// The result of a function that reads all elements.
  func map<Result>(_ transform: (Element) -> Result) -> [Result] {
    unsafe UnsafeBufferPointer(start: base, count: count).map(transform)
  }

  /// A copy of this buffer in an arena's memory.
  func copy(in arena: Arena) -> Buffer {
    guard count > 0 else { return copy() }
    let copy = arena.buffer(repeating: self[0], count: count)
    unsafe copy.base.update(from: base, count: count)
    return copy
  }

  /// A copy of this buffer.
  public func copy() -> Buffer {
    unsafe Buffer(count: count) { target in
      unsafe target.baseAddress?.initialize(from: base, count: count)
    }
  }

  /// Calls `body` with the elements for reading, without copying them.
  public func withElements<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe body(UnsafeBufferPointer(start: base, count: count))
  }
}
