import Foundation
import Testing

@testable import Numeral

/// NumPy's and SciPy's images, written by `Scripts/reference/golden_augmentation.py`.
struct GoldenAugmentation: Decodable {
  let images: [Image]
  let fields: [Field]

  enum CodingKeys: String, CodingKey {
    case images = "pictures"
    case fields
  }

  /// An image and what it becomes.
  struct Image: Decodable {
    /// Channels, height, width.
    let shape: [Int]
    let maximum: UInt8
    let augmentation: Settings
    let seed: UInt64
    let epoch: Int
    let sample: Int
    let source: [UInt8]
    let expected: [UInt8]
  }

  /// The settings of an augmentation.
  struct Settings: Decodable {
    let shift: Double
    let rotation: Double
    let scale: [Double]
    let shear: Double
    let elastic: [Double]?
    let stroke: Double
    let noise: Double
    let cutout: Int

    var augmentation: Augmentation {
      Augmentation(
        shift: shift, rotation: rotation, scale: scale[0]...scale[1], shear: shear,
        elastic: elastic.map { .init(alpha: $0[0], sigma: $0[1]) }, stroke: stroke, noise: noise, cutout: cutout)
    }
  }

  /// Two smoothed fields, `[height, width]`.
  struct Field: Decodable {
    let height: Int
    let width: Int
    let sigma: Double
    let seed: UInt64
    let epoch: Int
    let sample: Int
    let dx: [Double]
    let dy: [Double]
  }

  static func read() throws -> GoldenAugmentation {
    let url = try #require(Bundle.module.url(forResource: "augmentation", withExtension: "json"))
    return try JSONDecoder().decode(GoldenAugmentation.self, from: Data(contentsOf: url))
  }
}
