// Transposes sixteen rows of sixteen floats. A first layer of few units sums sixteen samples side by side, and the loss
// processes sixteen samples at once, but both read and write rows.

/// Sixteen vectors. A tuple, because a structure of this size has a copy function that all instruction sets would
/// share.
typealias Square = (
  r0: Vector, r1: Vector, r2: Vector, r3: Vector, r4: Vector, r5: Vector, r6: Vector, r7: Vector,
  r8: Vector, r9: Vector, r10: Vector, r11: Vector, r12: Vector, r13: Vector, r14: Vector, r15: Vector
)

/// Sixteen vectors of zeros.
@inline(__always) func zeroSquare() -> Square {
  let zero = Vector(repeating: 0)
  return (
    zero, zero, zero, zero, zero, zero, zero, zero,
    zero, zero, zero, zero, zero, zero, zero, zero
  )
}

/// Loads the first `count` of sixteen rows; the others are zeros.
@inline(__always) func loadSquare(_ rows: UnsafePointer<Float>, _ stride: Int, _ count: Int) -> Square {
  var s = zeroSquare()
  if count > 0 { s.r0 = load(rows + 0 * stride) }
  if count > 1 { s.r1 = load(rows + 1 * stride) }
  if count > 2 { s.r2 = load(rows + 2 * stride) }
  if count > 3 { s.r3 = load(rows + 3 * stride) }
  if count > 4 { s.r4 = load(rows + 4 * stride) }
  if count > 5 { s.r5 = load(rows + 5 * stride) }
  if count > 6 { s.r6 = load(rows + 6 * stride) }
  if count > 7 { s.r7 = load(rows + 7 * stride) }
  if count > 8 { s.r8 = load(rows + 8 * stride) }
  if count > 9 { s.r9 = load(rows + 9 * stride) }
  if count > 10 { s.r10 = load(rows + 10 * stride) }
  if count > 11 { s.r11 = load(rows + 11 * stride) }
  if count > 12 { s.r12 = load(rows + 12 * stride) }
  if count > 13 { s.r13 = load(rows + 13 * stride) }
  if count > 14 { s.r14 = load(rows + 14 * stride) }
  if count > 15 { s.r15 = load(rows + 15 * stride) }
  return s
}

/// Writes the first `count` vectors as rows.
@inline(__always) func storeSquare(_ s: Square, _ rows: UnsafeMutablePointer<Float>, _ stride: Int, _ count: Int) {
  if count > 0 { store(s.r0, rows + 0 * stride) }
  if count > 1 { store(s.r1, rows + 1 * stride) }
  if count > 2 { store(s.r2, rows + 2 * stride) }
  if count > 3 { store(s.r3, rows + 3 * stride) }
  if count > 4 { store(s.r4, rows + 4 * stride) }
  if count > 5 { store(s.r5, rows + 5 * stride) }
  if count > 6 { store(s.r6, rows + 6 * stride) }
  if count > 7 { store(s.r7, rows + 7 * stride) }
  if count > 8 { store(s.r8, rows + 8 * stride) }
  if count > 9 { store(s.r9, rows + 9 * stride) }
  if count > 10 { store(s.r10, rows + 10 * stride) }
  if count > 11 { store(s.r11, rows + 11 * stride) }
  if count > 12 { store(s.r12, rows + 12 * stride) }
  if count > 13 { store(s.r13, rows + 13 * stride) }
  if count > 14 { store(s.r14, rows + 14 * stride) }
  if count > 15 { store(s.r15, rows + 15 * stride) }
}

/// Adds x times a number to each of the first `count` vectors; `count` is a literal where this is inlined.
@inline(__always) func addProducts(_ s: inout Square, _ x: Vector, _ factors: UnsafePointer<Float>, _ count: Int) {
  if count > 0 { s.r0 = multiplyAdd(s.r0, factors[0], x) }
  if count > 1 { s.r1 = multiplyAdd(s.r1, factors[1], x) }
  if count > 2 { s.r2 = multiplyAdd(s.r2, factors[2], x) }
  if count > 3 { s.r3 = multiplyAdd(s.r3, factors[3], x) }
  if count > 4 { s.r4 = multiplyAdd(s.r4, factors[4], x) }
  if count > 5 { s.r5 = multiplyAdd(s.r5, factors[5], x) }
  if count > 6 { s.r6 = multiplyAdd(s.r6, factors[6], x) }
  if count > 7 { s.r7 = multiplyAdd(s.r7, factors[7], x) }
  if count > 8 { s.r8 = multiplyAdd(s.r8, factors[8], x) }
  if count > 9 { s.r9 = multiplyAdd(s.r9, factors[9], x) }
  if count > 10 { s.r10 = multiplyAdd(s.r10, factors[10], x) }
  if count > 11 { s.r11 = multiplyAdd(s.r11, factors[11], x) }
  if count > 12 { s.r12 = multiplyAdd(s.r12, factors[12], x) }
  if count > 13 { s.r13 = multiplyAdd(s.r13, factors[13], x) }
  if count > 14 { s.r14 = multiplyAdd(s.r14, factors[14], x) }
  if count > 15 { s.r15 = multiplyAdd(s.r15, factors[15], x) }
}

/// A square as sixteen rows of sixteen floats.
@inline(__always) func floats(_ square: UnsafeMutablePointer<Square>) -> UnsafeMutablePointer<Float> {
  UnsafeMutableRawPointer(square).assumingMemoryBound(to: Float.self)
}

/// Transposes a square in place: lane j of row i and lane i of row j are exchanged.
///
/// Four times, each row i is interleaved with row i + 8. The place of an element is its row and lane, eight bits. Each
/// interleaving rotates these bits by one, so after four the row and the lane are exchanged.
@inline(__always) func transpose(_ square: UnsafeMutablePointer<Square>) {
  var round = 0
  while round < 4 {
    square.pointee = interleaved(square.pointee)
    round += 1
  }
}

/// The rows `i` and `i + 8` interleaved lane by lane: their first halves as row 2 i, their second halves as row 2 i +
/// 1.
@inline(__always) private func interleaved(_ square: Square) -> Square {
  var s = square
  (s.r0, s.r1) = interleave(square.r0, square.r8)
  (s.r2, s.r3) = interleave(square.r1, square.r9)
  (s.r4, s.r5) = interleave(square.r2, square.r10)
  (s.r6, s.r7) = interleave(square.r3, square.r11)
  (s.r8, s.r9) = interleave(square.r4, square.r12)
  (s.r10, s.r11) = interleave(square.r5, square.r13)
  (s.r12, s.r13) = interleave(square.r6, square.r14)
  (s.r14, s.r15) = interleave(square.r7, square.r15)
  return s
}

@inline(__always) func interleave(_ a: Vector, _ b: Vector) -> (Vector, Vector) {
  var low = a
  low.evenHalf = a.lowHalf
  low.oddHalf = b.lowHalf
  var high = a
  high.evenHalf = a.highHalf
  high.oddHalf = b.highHalf
  return (low, high)
}
