/// The data between the execution of two layers: values on the way forward, their deltas on the way back.
///
/// Images travel as ``Planes`` of sixteen samples each, features as rows of a matrix. A *slot* holds the planes of one
/// group of sixteen samples. There is a slot for each group if a stage ends before all groups are done, else one for
/// each thread.
///
/// A delta is ∂loss/∂(input of the activation). The layer that computes a delta also multiplies it by the derivative of
/// ``activation``, because it has the numbers at hand.
final class Signal {
  /// The shape of one sample.
  let shape: Shape
  /// Whether samples are planes, not rows.
  let isPlanes: Bool
  /// The activation that gave the values; its derivative is a factor of the deltas.
  let activation: Activation
  /// Whether parameters below need the deltas.
  let needsDelta: Bool

  /// The zeros that readers of values and of deltas need around them.
  private var valueBorder = 0
  private var deltaBorder = 0
  private var valueOwner: Signal?
  private var deltaOwner: Signal?
  private var sharesItsOwn = false

  private(set) var values: [Planes] = []
  private(set) var deltas: [Planes] = []
  private var valueMatrix: FloatMatrix?
  private var deltaMatrix: FloatMatrix?

  init(_ shape: Shape, isPlanes: Bool, activation: Activation = .identity, needsDelta: Bool = true) {
    self.shape = shape
    self.isPlanes = isPlanes
    self.activation = activation
    self.needsDelta = needsDelta
  }

  /// Values of all samples, `[samples, features]`.
  var valueRows: FloatMatrix {
    guard let valueMatrix else { preconditionFailure("planes have no rows") }
    return valueMatrix
  }

  /// Deltas of all samples, `[samples, features]`.
  var deltaRows: FloatMatrix {
    guard let deltaMatrix else { preconditionFailure("planes have no rows") }
    return deltaMatrix
  }

  /// Requests a number of zeros around values or deltas.
  func needsBorder(ofValues border: Int) { valueBorder = max(valueBorder, border) }
  func needsBorder(ofDeltas border: Int) { deltaBorder = max(deltaBorder, border) }

  /// The values are those of another signal, without a copy.
  func takeValues(of other: Signal) { valueOwner = other }

  /// The deltas overwrite another signal's deltas, which are then no longer needed.
  func overwriteDeltas(of other: Signal) { deltaOwner = other }

  /// The deltas overwrite the values, as those of the logits do.
  func overwriteOwnValues() { sharesItsOwn = true }

  /// Allocates all signals, when all requests are known.
  ///
  /// - Parameters:
  ///   - slots: The number of groups of sixteen samples with memory for planes.
  ///   - rows: The number of samples with memory for rows.
  static func allocate(_ signals: [Signal], slots: Int, rows: Int, in arena: Arena) {
    for signal in signals {
      signal.valueRoot.needsBorder(ofValues: signal.valueBorder)
      signal.deltaRoot.needsBorder(ofDeltas: signal.deltaBorder)
    }
    for signal in signals {
      if signal.valueOwner == nil { signal.makeValues(slots: slots, rows: rows, in: arena) }
      if signal.needsDelta, signal.deltaOwner == nil { signal.makeDeltas(slots: slots, rows: rows, in: arena) }
    }
    for signal in signals {
      let (values, deltas) = (signal.valueRoot, signal.deltaRoot)
      signal.values = values.values
      signal.valueMatrix = values.valueMatrix
      signal.deltas = deltas.deltas
      signal.deltaMatrix = deltas.deltaMatrix
    }
  }

  private var valueRoot: Signal { valueOwner?.valueRoot ?? self }
  private var deltaRoot: Signal { deltaOwner?.deltaRoot ?? self }

  private func makeValues(slots: Int, rows: Int, in arena: Arena) {
    if isPlanes {
      values = (0..<slots).map { _ in arena.planes(shape, border: valueBorder) }
    } else {
      valueMatrix = matrix(rows: rows, in: arena)
    }
  }

  private func makeDeltas(slots: Int, rows: Int, in arena: Arena) {
    if isPlanes {
      deltas = (0..<slots).map { _ in arena.planes(shape, border: deltaBorder) }
    } else {
      deltaMatrix = sharesItsOwn ? valueMatrix : matrix(rows: rows, in: arena)
    }
  }

  private func matrix(rows: Int, in arena: Arena) -> FloatMatrix {
    arena.matrix(rows: rows, columns: shape.count, stride: FloatMatrix.spreadStride(shape.count))
  }
}

/// The values and the deltas of a group in either form, for elementwise work.
extension Signal {
  func values(of group: SampleGroup) -> Planes {
    isPlanes ? values[group.slot] : Planes(valueRows.rows(group.rows))
  }

  func deltas(of group: SampleGroup) -> Planes {
    isPlanes ? deltas[group.slot] : Planes(deltaRows.rows(group.rows))
  }

  /// Multiplies deltas by the derivative of the activation that gave the values.
  func differentiate(_ group: SampleGroup, _ kernels: KernelSet) {
    if activation == .identity { return }
    kernels.differentiate(deltas(of: group), through: activation, of: values(of: group))
  }

  /// y = f(a x + b) from another signal's values, with a line for each channel or feature; f is this signal's
  /// activation.
  func line(_ group: SampleGroup, of input: Signal, a: FloatMatrix, b: FloatMatrix, _ kernels: KernelSet) {
    if isPlanes {
      kernels.line(input.values[group.slot], a: a, b: b, activation: activation, into: values[group.slot])
    } else {
      kernels.line(
        input.valueRows.rows(group.rows), a: a, b: b, activation: activation, into: valueRows.rows(group.rows))
    }
  }
}
