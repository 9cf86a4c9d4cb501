// Label smoothing: the terms that it adds to the loss and the gradient of a one-hot target.

/// For each of at most sixteen samples, the difference between the label's logit and the mean logit, z[label] − Σ z /
/// classes. The smoothed loss is the plain loss plus smoothing times this.
///
/// The largest logit is subtracted first, and each term is divided before it is added, so nothing overflows unless the
/// loss does. The sum runs over the classes in order.
@inline(__always) func labelLeads(_ samples: LossRows) -> Vector {
  let classes = samples.classes
  var leads = Vector(repeating: 0)
  let share = 1 / Float(classes)
  var i = 0
  while i < samples.count {
    let row = samples.logits + i * samples.stride
    var best = row[0]
    var c = 1
    while c < classes {
      best = row[c] > best ? row[c] : best
      c += 1
    }
    var sum: Float = 0
    c = 0
    while c < classes {
      sum += (row[c] - best) * share
      c += 1
    }
    leads[i] = (row[Int(samples.labels[i])] - best) - sum
    i += 1
  }
  return leads
}

/// Adds smoothing · lead to the losses, and changes the gradients for the smoothed target: plus scale · smoothing for
/// the label, minus scale · smoothing / classes for every class.
@inline(__always) func smooth(_ samples: LossRows, _ scale: Float, _ smoothing: Float, _ leads: Vector) {
  let classes = samples.classes
  let taken = scale * smoothing
  let given = taken / Float(classes)
  var i = 0
  while i < samples.count {
    let row = samples.logits + i * samples.stride
    var c = 0
    while c < classes {
      row[c] -= given
      c += 1
    }
    row[Int(samples.labels[i])] += taken
    samples.losses[i] += smoothing * leads[i]
    i += 1
  }
}
