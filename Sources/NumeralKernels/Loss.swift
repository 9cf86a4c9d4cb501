// Softmax and cross-entropy: probabilities, loss, prediction and the logits' gradient while a row is in registers.

/// The number of each lane. Computed, because a stored global would be initialised behind a lock at its first use.
@inline(__always) private var lanes: IntegerVector {
  IntegerVector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
}

/// Sixteen logits of a row, padding replaced by −∞ so that it has no weight.
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

/// See ``numeral_kernel_table/softmax_cross_entropy``.
func softmaxCrossEntropy(
  _ rows: UnsafeMutablePointer<Float>, _ stride: Int, _ losses: UnsafeMutablePointer<Float>,
  _ predictions: UnsafeMutablePointer<Int32>, _ labels: UnsafePointer<UInt8>, _ samples: Int, _ classes: Int,
  _ scale: Float
) {
  // Sixteen samples at a time, so that one vector logarithm ends their losses.
  var s = 0
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
      // The label's element is written alone: (p − 1) · scale, from the same p as the other classes.
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

/// See ``numeral_kernel_table/classify``.
func classify(
  _ probabilities: UnsafeMutablePointer<Float>?, _ predictions: UnsafeMutablePointer<Int32>,
  _ losses: UnsafeMutablePointer<Float>?, _ rows: UnsafeMutablePointer<Float>, _ stride: Int,
  _ labels: UnsafePointer<UInt8>?, _ samples: Int, _ classes: Int
) {
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

/// Writes a row's exponentials divided by their sum. A vector may reach into the rows that follow, not beyond `room`.
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
