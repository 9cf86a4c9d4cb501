import CNumeralCPU
import NumeralPlain
import NumeralTestSupport
import Testing

@testable import Numeral

@Suite struct LossTests {
  @Test(
    "Loss, prediction and gradient are those of the definition for 2 to 33 classes", arguments: KernelSet.available)
  func definition(_ kernels: KernelSet) {
    var stream = RandomStream.test(31)
    for classes in Array(2...33) + [100, 256] {
      for samples in [0, 1, 2, 15, 16, 17, 31, 32, 33] {
        let logits = stream.floats(samples * classes).map { $0 * 8 }
        let labels = (0..<samples).map { _ in UInt8(stream.integer(below: classes)) }
        let scale: Float = samples % 2 == 0 ? 1 : 1 / 128
        let result = run(kernels, logits, labels, samples, classes, scale)
        #expect(result.isTidy, "\(classes) classes, \(samples) samples")
        for s in 0..<samples {
          let row = Array(logits[s * classes..<(s + 1) * classes])
          let expected = ReferenceKernels.softmaxCrossEntropy(row, label: Int(labels[s]), scale: scale)
          // Logits below 8 and a loss below 16: z − max rounds to half of 2⁻²⁰, the loss to half of 2⁻²⁰ a few times.
          #expect(Tolerance(absolute: 4e-6, relative: 0).accepts(Double(result.losses[0, s]), reference: expected.loss))
          #expect(Int(result.predictions[0, s]) == expected.prediction)
          // e^(z − max) is off by half of 2⁻²⁰ for the difference and 1.5 ulp; p near 1 by two of its ulp.
          let tolerance = Tolerance(absolute: 2.4e-7 * Double(scale), relative: 2e-6)
          let delta = (0..<classes).map { Double(result.logits[s, $0]) }
          #expect(tolerance.firstDifference(delta, references: expected.delta) == nil, "\(classes) classes")
          #expect((classes..<result.logits.columns).allSatisfy { result.logits[s, $0] == 0 }, "padding")
        }
      }
    }
  }

  @Test(
    "With label smoothing, loss and gradient are those of the smoothed target, the prediction is not touched",
    arguments: KernelSet.available, [0.1, 0.5, 0.999] as [Float])
  func smoothing(_ kernels: KernelSet, _ smoothing: Float) {
    var stream = RandomStream.test(36)
    for classes in [2, 3, 10, 16, 17, 33, 256] {
      for samples in [0, 1, 15, 16, 17, 33] {
        let logits = stream.floats(samples * classes).map { $0 * 8 }
        let labels = (0..<samples).map { _ in UInt8(stream.integer(below: classes)) }
        let plain = run(kernels, logits, labels, samples, classes, 0.5)
        let result = run(kernels, logits, labels, samples, classes, 0.5, smoothing: smoothing)
        #expect(result.isTidy && result.predictions.values == plain.predictions.values)
        for s in 0..<samples {
          let row = Array(logits[s * classes..<(s + 1) * classes])
          let expected = ReferenceKernels.softmaxCrossEntropy(
            row, label: Int(labels[s]), scale: 0.5, smoothing: smoothing)
          // The limit without smoothing, and a mean of logits below 8: each term is off by half of 2⁻²¹ / classes, and
          // so is their sum at every addition.
          #expect(Tolerance(absolute: 8e-6, relative: 0).accepts(Double(result.losses[0, s]), reference: expected.loss))
          let delta = (0..<classes).map { Double(result.logits[s, $0]) }
          #expect(Tolerance(absolute: 3e-7, relative: 2e-6).firstDifference(delta, references: expected.delta) == nil)
          #expect((classes..<result.logits.columns).allSatisfy { result.logits[s, $0] == 0 }, "padding")
        }
      }
    }
  }

  @Test("Probabilities sum to 1 and have the bits of the loss's gradient", arguments: KernelSet.available)
  func probabilities(_ kernels: KernelSet) {
    var stream = RandomStream.test(32)
    for classes in 2...33 {
      let samples = 18
      let logits = stream.floats(samples * classes).map { $0 * 20 }
      let labels = [UInt8](repeating: 0, count: samples)
      let delta = run(kernels, logits, labels, samples, classes, 1).logits
      let p = classify(kernels, logits, labels, samples, classes).probabilities
      for s in 0..<samples {
        let row = (0..<classes).map { p[s, $0] }
        let expected = PlainLoss.softmax(logits[s * classes..<(s + 1) * classes].map(Double.init))
        let tolerance = Tolerance(absolute: 1e-37, relative: 3e-6)
        #expect(tolerance.firstDifference(row.map(Double.init), references: expected) == nil)
        // One rounding of 1 / Σ and one of each product: a sum of at most 33 parts is within 2⁻²².
        #expect(Tolerance(absolute: 2.4e-7, relative: 0).accepts(row.reduce(0) { $0 + Double($1) }, reference: 1))
        #expect(bits(Array(row.dropFirst())) == bits((1..<classes).map { delta[s, $0] }))
        #expect((row[0] - 1).bitPattern == delta[s, 0].bitPattern)
      }
    }
  }

  @Test(
    "Classifying gives the predictions and losses of training, as far as they are asked for",
    arguments: KernelSet.available)
  func classifying(_ kernels: KernelSet) {
    var stream = RandomStream.test(35)
    for classes in Array(2...33) + [100, 256] {
      for samples in [0, 1, 2, 15, 16, 17, 33] {
        let logits = stream.awkwardFloats(samples * classes).map { $0 * 20 }
        let labels = (0..<samples).map { _ in UInt8(stream.integer(below: classes)) }
        let expected = run(kernels, logits, labels, samples, classes, 1)
        let whole = classify(kernels, logits, labels, samples, classes)
        #expect(whole.isTidy, "\(classes) classes, \(samples) samples")
        #expect(whole.losses.bits == expected.losses.bits && whole.predictions.values == expected.predictions.values)
        let predictions = GuardedMatrix(rows: 1, columns: samples, offset: 1, sentinel: Int32(-9))
        let rows = padded(logits, samples, classes)
        let results = numeral_sample_results(labels: nil, losses: nil, predictions: predictions.base)
        kernels.table.loss.classify(nil, [rows.view(columns: classes)], [results])
        #expect(predictions.values == expected.predictions.values && predictions.surroundingsAreUntouched)
        let unlabeled = classify(kernels, logits, nil, samples, classes)
        #expect(unlabeled.isTidy && unlabeled.probabilities.bits == whole.probabilities.bits)
      }
    }
  }

  @Test("Logits of ±10⁴ and beyond give finite losses and whole probabilities", arguments: KernelSet.available)
  func stability(_ kernels: KernelSet) {
    let rows: [[Float]] = [
      [1e4, -1e4, 0], [-1e4, 1e4, -1e4], [1e4, 1e4, 1e4], [-1e4, -1e4, -1e4], [1e30, -1e30, 0], [-3e38, 0, -3e38],
      [-0.0, 0, -0.0], [.leastNonzeroMagnitude, -.leastNonzeroMagnitude, 0],
    ]
    let logits = rows.flatMap { $0 }
    for label in 0..<3 {
      let labels = [UInt8](repeating: UInt8(label), count: rows.count)
      let result = run(kernels, logits, labels, rows.count, 3, 1)
      let p = classify(kernels, logits, labels, rows.count, 3).probabilities
      for (s, row) in rows.enumerated() {
        let expected = ReferenceKernels.softmaxCrossEntropy(row, label: label, scale: 1)
        let tolerance = Tolerance(absolute: 1e-6, relative: 1e-6)
        #expect(tolerance.accepts(Double(result.losses[0, s]), reference: expected.loss), "\(row), label \(label)")
        let (found, delta) = ((0..<3).map { Double(p[s, $0]) }, (0..<3).map { Double(result.logits[s, $0]) })
        #expect(tolerance.firstDifference(found, references: expected.probabilities) == nil)
        #expect(tolerance.firstDifference(delta, references: expected.delta) == nil)
      }
    }
  }

  @Test("Of equal logits the first class is predicted, in every place", arguments: KernelSet.available)
  func ties(_ kernels: KernelSet) {
    for classes in [2, 10, 16, 17, 33] {
      for first in 0..<classes {
        for second in first..<classes {
          var row = [Float](repeating: -2, count: classes)
          row[first] = 3
          row[second] = 3
          let result = run(kernels, row, [0], 1, classes, 1)
          if result.predictions[0, 0] != Int32(first) { Issue.record("\(first) and \(second) of \(classes)") }
        }
      }
      let equal = run(kernels, [Float](repeating: -7, count: classes), [1], 1, classes, 1)
      #expect(equal.predictions[0, 0] == 0)
    }
  }

  @Test("A sample's results do not depend on the samples beside it", arguments: KernelSet.available, [2, 10, 16, 17])
  func partitions(_ kernels: KernelSet, classes: Int) {
    var stream = RandomStream.test(33)
    let samples = 37
    // Whole numbers, so that some of a sample's logits are equal.
    let logits = stream.floats(samples * classes).map { ($0 * 9).rounded() }
    let labels = (0..<samples).map { UInt8($0 % classes) }
    let whole = run(kernels, logits, labels, samples, classes, 0.25)
    for s in 0..<samples {
      let alone = run(kernels, Array(logits[s * classes..<(s + 1) * classes]), [labels[s]], 1, classes, 0.25)
      #expect(alone.losses[0, 0].bitPattern == whole.losses[0, s].bitPattern)
      #expect(alone.logits.bits == bits((0..<whole.logits.columns).map { whole.logits[s, $0] }))
      #expect(alone.predictions[0, 0] == whole.predictions[0, s])
    }
  }

  @Test("AVX2 and AVX-512 give the same bits")
  func twins() {
    var stream = RandomStream.test(34)
    for (a, b) in KernelSet.twins {
      for classes in 2...33 {
        let logits = stream.awkwardFloats(40 * classes).map { $0 * 10 }
        let labels = (0..<40).map { UInt8($0 % classes) }
        let (p, q) = (run(a, logits, labels, 40, classes, 0.1), run(b, logits, labels, 40, classes, 0.1))
        #expect(p.losses.bits == q.losses.bits && p.logits.bits == q.logits.bits)
        #expect(p.predictions.values == q.predictions.values)
        let (v, w) = (classify(a, logits, labels, 40, classes), classify(b, logits, labels, 40, classes))
        #expect(v.probabilities.bits == w.probabilities.bits && v.losses.bits == w.losses.bits)
      }
    }
  }

  private struct Result {
    let logits: GuardedMatrix<Float>
    let losses: GuardedMatrix<Float>
    let predictions: GuardedMatrix<Int32>
    var isTidy: Bool {
      logits.surroundingsAreUntouched && losses.surroundingsAreUntouched && predictions.surroundingsAreUntouched
    }
  }

  private func run(
    _ kernels: KernelSet, _ logits: [Float], _ labels: [UInt8], _ samples: Int, _ classes: Int, _ scale: Float,
    smoothing: Float = 0
  ) -> Result {
    let result = Result(
      logits: padded(logits, samples, classes), losses: GuardedMatrix(rows: 1, columns: samples, offset: 3),
      predictions: GuardedMatrix(rows: 1, columns: samples, offset: 1, sentinel: -9))
    let known = Buffer(labels)
    withExtendedLifetime(known) {
      let results = numeral_sample_results(
        labels: known.base, losses: result.losses.base, predictions: result.predictions.base)
      kernels.table.loss.softmax_cross_entropy([result.logits.view(columns: classes)], [results], scale, smoothing)
    }
    return result
  }

  private struct Classified {
    let probabilities: GuardedMatrix<Float>
    let losses: GuardedMatrix<Float>
    let predictions: GuardedMatrix<Int32>
    let logits: GuardedMatrix<Float>
    var isTidy: Bool {
      probabilities.surroundingsAreUntouched && losses.surroundingsAreUntouched
        && predictions.surroundingsAreUntouched && logits.surroundingsAreUntouched
    }
  }

  private func classify(
    _ kernels: KernelSet, _ logits: [Float], _ labels: [UInt8]?, _ samples: Int, _ classes: Int
  ) -> Classified {
    let result = Classified(
      probabilities: GuardedMatrix(rows: samples, columns: classes, offset: 5),
      losses: GuardedMatrix(rows: 1, columns: samples, offset: 3),
      predictions: GuardedMatrix(rows: 1, columns: samples, offset: 1, sentinel: -9),
      logits: padded(logits, samples, classes))
    let known = labels.map { Buffer($0) }
    withExtendedLifetime(known) {
      let results = numeral_sample_results(
        labels: known.map { UnsafePointer($0.base) }, losses: known == nil ? nil : result.losses.base,
        predictions: result.predictions.base)
      kernels.table.loss.classify(result.probabilities.base, [result.logits.view(columns: classes)], [results])
    }
    return result
  }

  /// Rows with room for whole vectors; the padding is NaN, as it may be after anything.
  private func padded(_ logits: [Float], _ samples: Int, _ classes: Int) -> GuardedMatrix<Float> {
    let rows = GuardedMatrix(
      rows: samples, columns: FloatMatrix.padded(classes), stride: FloatMatrix.padded(classes) + 5, offset: 7)
    for s in 0..<samples {
      for c in 0..<classes { rows[s, c] = logits[s * classes + c] }
    }
    return rows
  }
}
