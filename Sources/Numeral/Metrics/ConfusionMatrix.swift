/// How often images of each class were predicted as each class.
public struct ConfusionMatrix: Sendable, Hashable {
  /// `[classes, classes]`: row by true class, column by predicted class.
  public let counts: [[Int]]

  /// Counts predictions.
  ///
  /// - Parameters:
  ///   - predicted: `[images]`, each in `0 ..< classCount`.
  ///   - expected: `[images]`, each in `0 ..< classCount`.
  ///   - classCount: The number of classes.
  /// - Precondition: Both lists have one length, and every class exists.
  public init(predicted: [Int], expected: [Int], classCount: Int) {
    precondition(predicted.count == expected.count, "one prediction for each label")
    var counts = [Int](repeating: 0, count: classCount * classCount)
    for (guess, truth) in zip(predicted, expected) {
      precondition(guess >= 0 && guess < classCount, "there is no such class")
      counts[truth * classCount + guess] += 1
    }
    self.counts = (0..<classCount).map { Array(counts[$0 * classCount..<($0 + 1) * classCount]) }
  }

  /// The number of classes.
  public var classCount: Int { counts.count }

  /// The number of images.
  public var total: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }

  /// The number of images predicted correctly.
  public var right: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }

  /// The number of images of a class.
  public func support(of label: Int) -> Int { counts[label].reduce(0, +) }

  /// The number of images predicted as a class.
  public func predicted(as label: Int) -> Int { counts.reduce(0) { $0 + $1[label] } }
}
