import Foundation
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct InspectCommandTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test("The text shows layers, shapes, parameters and how the model was trained")
  func text() throws {
    let path = try place.trainedRun("--seed", "5")
    let result = try place.run("inspect", path)
    #expect(result.exitCode == 0 && result.standardError.isEmpty)
    #expect(
      result.standardOutput.replacing(/weights  [0-9a-f]{64}/, with: "weights  HASH") == """
        8×8 images, pixels 0 to 16 seen as 0 to 1, 10 classes: 0 1 2 3 4 5 6 7 8 9

        layer  kind            output  weights  parameters
            0  Dense 64, relu      64    64×64       4,160
            1  Dense 32, relu      32    32×64       2,080
            2  Dense 10            10    10×32         330

               total                                 6,570

        trained  recipe digits, seed 5, by numeral 0.1.0
                 pixelScale unit, initializer he, optimizer sgd, learningRate 0.1, batchSize 16, epochs 2, lossReduction mean
                 weights of epoch 2
        data     digits: train 1,294, validation 144, test 359
                 fc1fc00fda80b7d4dafaf3a810ee2ac26ca4715ccb0cc372c28f0959964e3cdb
        weights  HASH

        """)
  }

  @Test("Layers without weights show none, and running means are no parameters")
  func convolutional() throws {
    let path = try place.trainedRun("--body", "conv:4:3:no-bias,batch-norm:relu,max:2", "--layers", "none")
    let result = try place.run("inspect", path)
    #expect(result.exitCode == 0)
    let rows = result.lines.dropFirst(2).prefix(7).map { $0.split(separator: " ").joined(separator: " ") }
    #expect(
      rows == [
        "layer kind output weights parameters", "0 Convolution 4, 3×3 4×6×6 4×1×3×3 36",
        "1 Batch normalization, relu 4×6×6 4 8", "2 Pooling, max of 2×2 4×3×3 0", "3 Dense 10 10 10×36 370", "",
        "total 414",
      ])
  }

  @Test("The object has these keys in this order")
  func json() throws {
    let run = try place.run("train", "digits", "--epochs", "1", "--json").objects()
    let path = try #require(run.last?["output"]?.asString)
    let objects = try place.run("inspect", path, "--json").objects()
    #expect(objects.count == 1)
    #expect(
      objects[0].asObject?.map(\.key) == [
        "input", "pixelMaximum", "pixelScale", "classNames", "layers", "parameters", "provenance", "weightsHash",
      ])
    #expect(objects[0]["weightsHash"] == run.last?["weightsHash"])
    #expect(objects[0]["parameters"] == 6570 && objects[0]["pixelMaximum"] == 16)
    #expect(
      objects[0]["layers"]?.asArray?.first
        == ["layer": 0, "kind": "Dense 64, relu", "output": "64", "parameters": 4160])
    #expect(objects[0]["provenance"]?["recipe"] == "digits")
    let record = try JSONValue(parsing: try place.folder.text(path + "/run.json"))
    #expect(objects[0]["provenance"] == record["provenance"])
  }
}
