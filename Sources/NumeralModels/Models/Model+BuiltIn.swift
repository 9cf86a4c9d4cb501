import CNumeralAssets
import Numeral

extension Model {
  /// What the built-in model is called where a path would stand.
  public static let builtInName = "the built-in model"

  /// The model that is part of the program, so that digits are read right after installing.
  ///
  /// Trained by our own command; `Scripts/model.sh` holds the recipe and the seed.
  /// - Throws: ``ModelError`` only if the program itself was damaged.
  public static func builtIn() throws(ModelError) -> Model {
    var length = 0
    let start = numeral_asset_model(&length)
    return try Model(Buffer([UInt8](UnsafeBufferPointer(start: start, count: length))), file: builtInName)
  }

  /// The model that tells digits of 28×28 from what is none, the recipe `digit-or-not`.
  ///
  /// - Throws: ``ModelError`` only if the program itself was damaged.
  public static func builtInDetector() throws(ModelError) -> Model {
    var length = 0
    let start = numeral_asset_detector(&length)
    return try Model(Buffer([UInt8](UnsafeBufferPointer(start: start, count: length))), file: "the built-in detector")
  }
}
