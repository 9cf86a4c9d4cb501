import Foundation

/// What `Scripts/reference/golden_optimizers.py` writes; the engine and the plain optimizers are held to the same file.
public struct GoldenOptimizers: Decodable, Sendable {
  /// The program that computed the figures, with its version.
  public let reference: String
  /// The parameters before the first step.
  public let start: [Double]
  /// The gradient of each step.
  public let gradients: [[Double]]
  /// Every optimizer with its figures.
  public let optimizers: [Golden]

  /// One optimizer: its settings, those left out at their defaults, and the parameters after some steps.
  public struct Golden: Decodable, Sendable, CustomStringConvertible {
    /// The optimizer, as options write it.
    public let name: String
    /// Its settings, those left out at their defaults.
    public let settings: [String: Double]
    /// The parameters after some steps, by the number of the step.
    public let parameters: [String: [Double]]

    /// Name and settings.
    public var description: String {
      "\(name) \(settings.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })"
    }
  }

  /// The committed file, nil if it cannot be read.
  public static let file: GoldenOptimizers? = {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return (try? Data(contentsOf: tests.appendingPathComponent("NumeralTests/Golden/optimizers.json"))).flatMap {
      try? JSONDecoder().decode(GoldenOptimizers.self, from: $0)
    }
  }()
}
