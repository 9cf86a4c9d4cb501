import Foundation
import Testing

/// scipy's and mpmath's figures, written by `Scripts/reference/golden_statistics.py`.
struct GoldenStatistics: Decodable {
  let paired: [Paired]
  let student: [Student]

  /// One table of two readers.
  struct Paired: Decodable, Sendable, CustomTestStringConvertible {
    let counts: [Int]
    let pValue: Double
    let low: Double
    let high: Double

    var testDescription: String { "\(counts)" }
  }

  /// One quantile of Student's distribution.
  struct Student: Decodable, Sendable, CustomTestStringConvertible {
    let degrees: Int
    let quantile: Double

    var testDescription: String { "\(degrees) degrees of freedom" }
  }

  static func read() throws -> GoldenStatistics {
    let url = try #require(Bundle.module.url(forResource: "statistics", withExtension: "json"))
    return try JSONDecoder().decode(GoldenStatistics.self, from: Data(contentsOf: url))
  }
}
