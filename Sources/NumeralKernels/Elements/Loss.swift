// Softmax and cross-entropy: probabilities, loss, prediction and the logits' gradient, while a row is in registers.

internal import CNumeralCPU

/// Puts the kernels of this file into the table.
func putLoss(into table: inout numeral_kernel_table) {
  table.loss.softmax_cross_entropy = softmaxCrossEntropy
  table.loss.classify = classify
}

/// The operands of a loss for some samples: logits, labels and results. A tuple, because a structure that several files
/// use has copy functions that all instruction sets would share.
typealias LossRows = (
  logits: UnsafeMutablePointer<Float>, stride: Int, classes: Int, count: Int, labels: UnsafePointer<UInt8>,
  losses: UnsafeMutablePointer<Float>, predictions: UnsafeMutablePointer<Int32>
)

/// `count` of these samples, from one on.
@inline(__always) func part(of rows: LossRows, _ first: Int, _ count: Int) -> LossRows {
  (
    logits: rows.logits + first * rows.stride, stride: rows.stride, classes: rows.classes, count: count,
    labels: rows.labels + first, losses: rows.losses + first, predictions: rows.predictions + first
  )
}

/// The index of each lane. Computed, because a stored global would be initialized behind a lock at its first use.
@inline(__always) private var lanes: IntegerVector {
  IntegerVector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
}

/// Sixteen logits of a row; padding is replaced by −∞, so it has no weight.
@inline(__always) private func logits(_ row: UnsafeMutablePointer<Float>, _ c: Int, _ classes: Int) -> Vector {
  let beyond = lanes .>= IntegerVector(repeating: Int32(truncatingIfNeeded: classes - c))
  return load(row + c).replacing(with: -Float.infinity, where: beyond)
}

/// The largest logit of a row, and the first class that has it.
@inline(__always) private func largest(_ row: UnsafeMutablePointer<Float>, _ classes: Int) -> (Float, Int) {
  var best = row[0]
  var place = 0
  var c = 1
  while c < classes {
    let isLarger = row[c] > best
    best = isLarger ? row[c] : best
    place = isLarger ? c : place
    c += 1
  }
  return (best, place)
}

/// Replaces a row's logits by e^(z − max) and returns their sum: lanes over vectors first, then over lanes.
@inline(__always) private func exponentials(
  _ row: UnsafeMutablePointer<Float>, _ classes: Int, _ largest: Float
) -> Float {
  var sum = Vector(repeating: 0)
  var c = 0
  while c < classes {
    let e = exponential(logits(row, c, classes) - Vector(repeating: largest))
    store(e, row + c)
    sum += e
    c += 16
  }
  return sumOfLanes(sum)
}

/// See ``numeral_loss_kernels/softmax_cross_entropy``.
private func softmaxCrossEntropy(
  _ logits: UnsafePointer<numeral_matrix>, _ results: UnsafePointer<numeral_sample_results>, _ scale: Float,
  _ smoothing: Float
) {
  let matrix = logits.pointee
  let rows: LossRows = (
    logits: matrix.base, stride: matrix.stride, classes: matrix.columns, count: matrix.rows,
    labels: results.pointee.labels.unsafelyUnwrapped, losses: results.pointee.losses.unsafelyUnwrapped,
    predictions: results.pointee.predictions
  )
  if smoothing == 0 {
    oneHotCrossEntropy(rows, scale)
    return
  }
  var s = 0
  while s < rows.count {
    let some = part(of: rows, s, rows.count - s < 16 ? rows.count - s : 16)
    let leads = labelLeads(some)
    oneHotCrossEntropy(some, scale)
    smooth(some, scale, smoothing, leads)
    s += 16
  }
}

/// `softmax_cross_entropy` without smoothing.
private func oneHotCrossEntropy(_ all: LossRows, _ scale: Float) {
  let (rows, stride, classes, samples) = (all.logits, all.stride, all.classes, all.count)
  let (labels, losses, predictions) = (all.labels, all.losses, all.predictions)
  var s = 0
  if classes <= 16 {
    var square = zeroSquare()
    while samples - s >= 16 {
      sixteenSamples(&square, part(of: all, s, 16), scale)
      s += 16
    }
  }
  // Sixteen samples at a time, so that one vector logarithm gives their losses.
  while s < samples {
    let count = samples - s < 16 ? samples - s : 16
    var sums = Vector(repeating: 1)
    var offsets = Vector(repeating: 0)
    var i = 0
    while i < count {
      let row = rows + (s + i) * stride
      let label = Int(labels[s + i])
      let (best, place) = largest(row, classes)
      let labelLogit = row[label]
      let sum = exponentials(row, classes, best)
      let factor = Vector(repeating: 1 / sum)
      let step = Vector(repeating: scale)
      // The label's element is written separately: (p − 1) · scale, with the same p as for other classes.
      let probability = row[label] * (1 / sum)
      var c = 0
      while c < classes {
        store(load(row + c) * factor * step, row + c)
        c += 16
      }
      row[label] = (probability - 1) * scale
      predictions[s + i] = Int32(truncatingIfNeeded: place)
      let lane = lanes .== IntegerVector(repeating: Int32(truncatingIfNeeded: i))
      sums = sums.replacing(with: sum, where: lane)
      offsets = offsets.replacing(with: best - labelLogit, where: lane)
      i += 1
    }
    let loss = logarithm(sums) + offsets
    i = 0
    while i < count {
      losses[s + i] = loss[i]
      i += 1
    }
    s += 16
  }
}

/// `softmax_cross_entropy` of sixteen samples of at most sixteen classes, with the samples in the lanes: ten classes
/// take ten exponentials and no sum over lanes. Each number comes from the same operations as one sample at a time, and
/// sums over classes have the order of `sumOfLanes`, so the bits are the same.
@inline(__always) private func sixteenSamples(
  _ room: UnsafeMutablePointer<Square>, _ samples: LossRows, _ scale: Float
) {
  let (rows, stride, classes) = (samples.logits, samples.stride, samples.classes)
  let (labels, losses, predictions) = (samples.labels, samples.losses, samples.predictions)
  let square = floats(room)
  var i = 0
  while i < 16 {
    store(load(rows + i * stride), square + 16 * i)
    i += 1
  }
  transpose(room)
  var best = load(square)
  var place = IntegerVector(repeating: 0)
  var c = 1
  while c < classes {
    let z = load(square + 16 * c)
    let isLarger = z .> best
    best = best.replacing(with: z, where: isLarger)
    place = place.replacing(with: IntegerVector(repeating: Int32(truncatingIfNeeded: c)), where: isLarger)
    c += 1
  }
  var label = IntegerVector(repeating: 0)
  i = 0
  while i < 16 {
    label[i] = Int32(labels[i])
    i += 1
  }
  var labelLogit = Vector(repeating: 0)
  c = 0
  while c < classes {
    let isLabel = label .== IntegerVector(repeating: Int32(truncatingIfNeeded: c))
    labelLogit = labelLogit.replacing(with: load(square + 16 * c), where: isLabel)
    c += 1
  }
  exponentials(square, best, classes)
  let sum = sumOfVectors(square)
  let factor = 1 / sum
  let step = Vector(repeating: scale)
  c = 0
  while c < classes {
    let p = load(square + 16 * c) * factor
    let isLabel = label .== IntegerVector(repeating: Int32(truncatingIfNeeded: c))
    store((p * step).replacing(with: (p - 1) * step, where: isLabel), square + 16 * c)
    c += 1
  }
  transpose(room)
  i = 0
  while i < 16 {
    store(load(square + 16 * i), rows + i * stride)
    i += 1
  }
  store(logarithm(sum) + (best - labelLogit), losses)
  UnsafeMutableRawPointer(predictions).storeBytes(of: place, as: IntegerVector.self)
}

/// Replaces the rows of some classes by e^(z − max), the others by zeros.
///
/// A separate function: in a longer one the compiler calls `exponential` instead of inlining it.
@inline(never) private func exponentials(_ rows: UnsafeMutablePointer<Float>, _ largest: Vector, _ classes: Int) {
  var c = 0
  while c < classes {
    store(exponential(load(rows + 16 * c) - largest), rows + 16 * c)
    c += 1
  }
  while c < 16 {
    store(Vector(repeating: 0), rows + 16 * c)
    c += 1
  }
}

/// The sum of sixteen vectors: halves are added until one is left, lane by lane the order of `sumOfLanes`.
@inline(__always) private func sumOfVectors(_ rows: UnsafePointer<Float>) -> Vector {
  let (a0, a1) = (load(rows) + load(rows + 128), load(rows + 16) + load(rows + 144))
  let (a2, a3) = (load(rows + 32) + load(rows + 160), load(rows + 48) + load(rows + 176))
  let (a4, a5) = (load(rows + 64) + load(rows + 192), load(rows + 80) + load(rows + 208))
  let (a6, a7) = (load(rows + 96) + load(rows + 224), load(rows + 112) + load(rows + 240))
  return ((a0 + a4) + (a2 + a6)) + ((a1 + a5) + (a3 + a7))
}

/// See ``numeral_loss_kernels/classify``.
private func classify(
  _ probabilities: UnsafeMutablePointer<Float>?, _ logits: UnsafePointer<numeral_matrix>,
  _ results: UnsafePointer<numeral_sample_results>
) {
  let (rows, stride) = (logits.pointee.base, logits.pointee.stride)
  let (samples, classes) = (logits.pointee.rows, logits.pointee.columns)
  let (labels, losses) = (results.pointee.labels, results.pointee.losses)
  let predictions = results.pointee.predictions
  var s = 0
  while s < samples {
    let count = samples - s < 16 ? samples - s : 16
    var sums = Vector(repeating: 1)
    var offsets = Vector(repeating: 0)
    var i = 0
    while i < count {
      let row = rows + (s + i) * stride
      let (best, place) = largest(row, classes)
      predictions[s + i] = Int32(truncatingIfNeeded: place)
      let lane = lanes .== IntegerVector(repeating: Int32(truncatingIfNeeded: i))
      if let labels { offsets = offsets.replacing(with: best - row[Int(labels[s + i])], where: lane) }
      let sum = exponentials(row, classes, best)
      sums = sums.replacing(with: sum, where: lane)
      if let probabilities {
        normalize(row, sum, probabilities + (s + i) * classes, classes, (samples - s - i) * classes)
      }
      i += 1
    }
    if let losses {
      let loss = logarithm(sums) + offsets
      i = 0
      while i < count {
        losses[s + i] = loss[i]
        i += 1
      }
    }
    s += 16
  }
}

/// Writes a row's exponentials divided by their sum. A vector may reach into the following rows, but not beyond `room`.
@inline(__always) private func normalize(
  _ row: UnsafeMutablePointer<Float>, _ sum: Float, _ out: UnsafeMutablePointer<Float>, _ classes: Int, _ room: Int
) {
  let factor = Vector(repeating: 1 / sum)
  var c = 0
  while c < classes {
    let p = load(row + c) * factor
    if c + 16 <= room {
      store(p, out + c)
    } else {
      store(p, row + c)
      var i = c
      while i < classes {
        out[i] = row[i]
        i += 1
      }
    }
    c += 16
  }
}
