import Foundation
import NumeralTestSupport
import Testing

@testable import Numeral

/// scikit-learn's figures, written by `Scripts/reference/golden_metrics.py`: 240 random sets and sets in which
/// something is undefined. If scikit-learn raises, warns or returns NaN, the file says null, and ours must be nil.
@Suite struct GoldenMetricsTests {
  /// Both sides add and divide doubles made from the same whole numbers, about sixty of them, so a few times 2⁻⁵²
  /// remains. The file has ten digits, and losses are floats, rounded to 2⁻²⁴ of up to 36.
  static let tolerance = Tolerance(absolute: 1e-9, relative: 1e-7)

  static let file = GoldenMetrics.file
  static let sets = (file?.edges ?? []) + (file?.random ?? [])

  /// True if both are undefined, or both are there and close.
  private func same(_ value: Double?, _ reference: Double?) -> Bool {
    guard let value, let reference else { return value == nil && reference == nil }
    return Self.tolerance.accepts(value, reference: reference)
  }

  @Test("The golden file names its reference and has at least 200 random sets")
  func coverage() throws {
    let file = try #require(Self.file)
    #expect(file.reference == "scikit-learn 1.9.1, NumPy 2.4.6")
    #expect(file.random.count >= 200 && Set(file.random.map(\.classes)) == [2, 3, 4, 5, 6])
    // Every metric is undefined in some set and defined in another.
    let all = Self.sets
    for place in file.overall.indices {
      #expect(all.contains { $0.overall[place] == nil } && all.contains { $0.overall[place] != nil })
    }
    for place in file.scores.indices {
      let scores = all.flatMap { $0.perClass + [$0.macro, $0.weighted] }
      #expect(scores.contains { $0[place] == nil } && scores.contains { $0[place] != nil })
    }
  }

  @Test("Every metric is scikit-learn's, and undefined where its is", arguments: sets)
  func metrics(_ golden: GoldenMetrics) throws {
    let expected = golden.named(try #require(Self.file))
    let found = golden.evaluation.named
    #expect(found.map(\.key) == expected.map(\.key))
    for (metric, reference) in zip(found, expected) {
      #expect(
        same(metric.value, reference.value),
        "\(metric.key) is \(String(describing: metric.value)), expected \(String(describing: reference.value))")
    }
  }

  @Test("Counts of right and wrong, of each class against the rest, are scikit-learn's", arguments: sets)
  func counts(_ golden: GoldenMetrics) {
    let found = golden.evaluation.classes.map {
      [$0.truePositives, $0.falsePositives, $0.falseNegatives, $0.trueNegatives]
    }
    #expect(found == golden.counts)
  }

  @Test("Both curves have scikit-learn's points", arguments: sets)
  func curves(_ golden: GoldenMetrics) {
    let counts = golden.evaluation.thresholdCounts(of: golden.curves.label)
    let roc = counts?.rocCurve?.points
    #expect((roc == nil) == (golden.curves.roc == nil))
    if let roc, let reference = golden.curves.roc {
      #expect(roc[0].threshold == .infinity)
      #expect(roc.dropFirst().map(\.threshold) == reference.thresholds.map(golden.probability))
      #expect(Self.tolerance.firstDifference(roc.map(\.falsePositiveRate), references: reference.x) == nil)
      #expect(Self.tolerance.firstDifference(roc.map(\.truePositiveRate), references: reference.y) == nil)
    }
    let points = counts?.precisionRecallCurve?.points
    #expect((points == nil) == (golden.curves.precisionRecall == nil))
    if let points, let reference = golden.curves.precisionRecall {
      #expect(points[0].threshold == .infinity)
      #expect(points.dropFirst().map(\.threshold) == reference.thresholds.map(golden.probability))
      #expect(Self.tolerance.firstDifference(points.map(\.recall), references: reference.x) == nil)
      #expect(Self.tolerance.firstDifference(points.map(\.precision), references: reference.y) == nil)
    }
  }

  @Test("Reliability bins and calibration error are those of scikit-learn's calibration curve", arguments: sets)
  func calibration(_ golden: GoldenMetrics) {
    let found = golden.evaluation.calibration
    #expect((found == nil) == (golden.calibration == nil))
    guard let found, let reference = golden.calibration else { return }
    #expect(found.bins.map(\.count) == reference.counts)
    #expect(Self.tolerance.firstDifference(found.bins.compactMap(\.accuracy), references: reference.accuracies) == nil)
    #expect(
      Self.tolerance.firstDifference(found.bins.compactMap(\.meanConfidence), references: reference.confidences) == nil)
    #expect(same(found.error, reference.error))
  }

  @Test("The table of undefined metrics in Documentation/Metrics.md says what these sets show")
  func documentation() throws {
    let path = #filePath.components(separatedBy: "/Tests/")[0] + "/Documentation/Metrics.md"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let rows = text.split(separator: "\n").map {
      $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let edges = try #require(Self.file).edges
    for golden in edges {
      // A metric of several classes stands there once.
      let metrics = golden.evaluation.named.map {
        (key: $0.key.replacing(/^perClass\.\d+/, with: "perClass"), value: $0.value)
      }
      let stated = rows.first { $0.first == golden.name }?[1]
      let keys =
        stated == "everything"
        ? metrics.map(\.key) : (stated ?? "").matches(of: /`([A-Za-z0-9.]+)`/).map { String($0.output.1) }
      let undefined = metrics.filter { $0.value == nil }.map(\.key)
      #expect(stated != nil && Set(keys) == Set(undefined), "\(golden.name): \(Set(undefined).sorted())")
    }
    let sets = rows.drop { $0.first != "set" }.dropFirst(2).prefix { $0.count > 1 }
    #expect(sets.count == edges.count)
  }
}
