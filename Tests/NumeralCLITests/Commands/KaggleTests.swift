import Foundation
import Numeral
import NumeralData
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// Kaggle's "Digit Recognizer" from end to end: a table for training, a table without labels to predict.
@Suite struct KaggleTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test("Tables made by 'data convert' are learnt from and read, one answer for each row in order")
  func endToEnd() throws {
    let images = try TestImages.images(300)
    let test = images.selecting(Array(200..<300))
    try TestImages.writeIDX(images.selecting(Array(0..<200)), to: place.folder, "set")
    try TestImages.writeIDX(test, to: place.folder, "set", part: "t10k")
    #expect(try place.run("data", "convert", "set", "kaggle", "--to", "csv", "--no-labels").exitCode == 0)
    let header = try place.folder.text("kaggle/test.csv").prefix { $0 != "\n" }
    #expect(header.hasPrefix("pixel0,pixel1,") && header.hasSuffix(",pixel783"))
    let training = try place.run(
      "train", "--data", "kaggle/train.csv", "--layers", "32", "--epochs", "8", "--json")
    #expect(training.exitCode == 0)
    let model = try #require(try training.objects().last?["output"]?.asString)
    let answers = try place.run("predict", "kaggle/test.csv", "--model", model, "--json").objects()
    #expect(answers.map { $0["index"]?.asInt } == (0..<100).map { $0 })
    #expect(answers.allSatisfy { $0["expected"] == .null })
    // The same images as IDX files with labels give the same answers, nearly all of them right.
    let labelled = try place.run("predict", "--data", "set", "--model", model, "--json").objects()
    #expect(answers.map { $0["digit"] } == labelled.map { $0["digit"] })
    #expect(zip(answers, test.labels).count { $0["digit"]?.asInt == Int($1) } >= 90)
  }
}
