import CNumeralAssets
import Numeral

extension Model {
  /// The name of the built-in model, used in place of a path.
  public static let builtInName = "the built-in model"

  /// The model that is part of the program, so that it reads digits without any other file.
  ///
  /// Trained by our own command; `Scripts/model.sh` holds the recipe and the seed.
  /// - Throws: ``ModelError`` only if the program itself was damaged.
  public static func builtIn() throws(ModelError) -> Model {
    var length = 0
    let start = numeral_asset_model(&length)
    return try Model(Buffer([UInt8](UnsafeBufferPointer(start: start, count: length))), file: builtInName)
  }

  /// The model that decides whether an image of 28×28 pixels shows a digit, trained with the recipe `digit-or-not`.
  ///
  /// - Throws: ``ModelError`` only if the program itself was damaged.
  public static func builtInDetector() throws(ModelError) -> Model {
    var length = 0
    let start = numeral_asset_detector(&length)
    return try Model(Buffer([UInt8](UnsafeBufferPointer(start: start, count: length))), file: "the built-in detector")
  }
}
