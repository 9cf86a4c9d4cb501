import Foundation
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// `numeral compare` as a person and as a program see it.
@Suite struct CompareCommandTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private func failure(_ sentence: String, code: Int32) -> CommandRunner.Result {
    .init(standardError: "numeral: \(sentence)\n", exitCode: code)
  }

  @Test("Two runs of one seed are compared in this text, outside a terminal without a drawing")
  func text() throws {
    let environment = ["NUMERAL_KERNELS": Optional("baseline")]
    var paths: [String] = []
    for words in [["--epochs", "1"], ["--epochs", "2"]] {
      let result = try place.run(["train", "digits", "--json"] + words, environment: environment)
      paths.append(try #require(try result.objects().last?["output"]?.asString))
    }
    let result = try place.run("compare", paths[0], paths[1], environment: environment)
    #expect(result.exitCode == 0 && result.standardError.isEmpty)
    #expect(result.settledOutput.replacing("digits-1-2", with: "digits-1") == CompareCommandTests.golden)
    // As JSON, the same figures and all of the images.
    let json = try #require(
      try place.run("compare", paths[0], paths[1], "--json", environment: environment).objects().first)
    #expect(json["first"]?["model"] == .string(paths[0]) && json["second"]?["model"] == .string(paths[1]))
    let sentence = try #require(json["sentence"]?.asString)
    #expect(result.standardOutput.replacing("\n", with: " ").contains(sentence))
    for (key, path) in zip(["first", "second"], paths) {
      let evaluation = try place.run("evaluate", path, "--json", environment: environment).objects().first
      for member in try #require(json[key]?["score"]?.asObject) { #expect(evaluation?[member.key] == member.value) }
    }
  }

  static let golden = """
    A  runs/DATE-digits-1
       recipe digits, data digits, seed 1: 8×8-64-32-10
    B  runs/DATE-digits-1
       recipe digits, data digits, seed 1: 8×8-64-32-10

    on the test part of digits, 359 images

    model  accuracy     loss  errors  95 % interval
    A       70.19 %   0.8610     107  65.27 to 74.69 %
    B       84.40 %   0.4109      56  80.29 to 87.79 %
    B - A  +14.21 %  -0.4501     -51  +8.80 to +19.55 %

    images   B right  B wrong
    A right      226       26
    A wrong       77       30

    B makes 51 fewer mistakes than A; between equally good models, a difference this
    large would arise by chance in less than 0.1 % of cases.
    McNemar's exact test: p < 0.0001

    77 images that only B reads right
    image  is  A reads  B reads
      #11  3   2, 55 %  3, 98 %
      #19  3   2, 67 %  3, 96 %
      #28  5   2, 48 %  5, 44 %
      #36  3   9, 25 %  3, 73 %
      #54  3   2, 38 %  3, 98 %
      #60  3   2, 57 %  3, 99 %
      #64  1   8, 35 %  1, 99 %
      #65  1   2, 50 %  1, >99 %
      #80  9   2, 58 %  9, 63 %
      #88  3   2, 42 %  3, 69 %
    and 67 more; --json lists them all

    26 images that only A reads right
    image  is  A reads  B reads
       #6  8   8, 57 %  1, 45 %
      #13  2   2, 82 %  1, 76 %
      #16  2   2, 77 %  1, 86 %
      #25  4   4, 70 %  1, 66 %
      #38  4   4, 62 %  1, 72 %
      #45  4   4, 61 %  1, 83 %
      #47  8   8, 48 %  1, 98 %
      #56  8   8, 68 %  1, 69 %
      #77  8   8, 70 %  1, 51 %
     #105  4   4, 36 %  1, 75 %
    and 16 more; --json lists them all

    """

  @Test("--split and --data choose the images; a model file serves as well as a run")
  func images() throws {
    let path = try place.trainedRun()
    let validation = try place.run("compare", path, path + "/model.safetensors", "--split", "validation", "--json")
    #expect(try validation.objects().first?["count"] == 144)
    let all = try place.run("compare", path, path, "--split", "all", "--data", "digits", "--json").objects().first
    #expect(all?["count"] == 1797 && all?["split"] == "all" && all?["pValue"]?.asDouble == 1)
  }

  @Test("A run whose data moved says how to name it; named, it is compared")
  func movedData() throws {
    try place.folder.write(TestImages.labelLast(try TestImages.images(80)), to: "data/k.csv")
    let words = ["train", "--layers", "4", "--epochs", "1", "--data", "data/k.csv", "--label", "last", "--json"]
    let path = try #require(try place.run(words).objects().last?["output"]?.asString)
    // Name and place of the label come from the record.
    #expect(try place.run("compare", path, path).exitCode == 0)
    try FileManager.default.moveItem(
      atPath: place.folder.path + "/data/k.csv", toPath: place.folder.path + "/moved.csv")
    #expect(
      try place.run("compare", path, path)
        == failure(
          "\(path): the data that it was trained on cannot be read any more (data/k.csv: no such file or folder; "
            + "check the "
            + "path); name the data with --data", code: 66))
    let named = try place.run("compare", path, path, "--data", "moved.csv", "--label", "last", "--json").objects().first
    #expect(named?["count"] == 16 && named?["notes"] == [])
  }

  @Test("A folder that is not a run, a damaged run, and two runs with different images are refused")
  func refusals() throws {
    let path = try place.trainedRun()
    try place.folder.write("a file", to: "folder/readme")
    try place.folder.write(try place.folder.bytes(path + "/run.json"), to: "damaged/run.json")
    try place.folder.write([1, 2, 3], to: "damaged/model.safetensors")
    try place.folder.write(try place.folder.bytes(path + "/run.json"), to: "bare/run.json")
    try place.folder.write(TestImages.kaggle(try TestImages.images(60)), to: "large.csv")
    let words = ["train", "--layers", "4", "--epochs", "1", "--data", "large.csv", "--json"]
    let large = try #require(try place.run(words).objects().last?["output"]?.asString)
    let noModel = "there is no model.safetensors in this folder, expected the folder of a run or a model file"
    for (other, sentence, code) in [
      ("none", "none: no such file or folder; check the path", 66),
      ("folder", "folder: \(noModel)", 66),
      ("bare", "bare: \(noModel)", 66),
      (
        "damaged",
        "damaged/model.safetensors: the file ends after 3 bytes, expected at least 8; it is cut short, or it is not a "
          + "model file", 65
      ),
      (
        large,
        "\(large): the model reads 28×28 images, expected 8×8 as \(path) does; "
          + "only models that read the same images can be compared", 65
      ),
    ] as [(String, String, Int32)] {
      #expect(try place.run("compare", path, other) == failure(sentence, code: code))
    }
    let json = try place.run("compare", path, large, "--json").objects()
    #expect(json.count == 1 && json[0]["event"] == "error" && json[0]["code"] == 65)
  }

  @Test("A part that does not exist is refused, by name or because the run set none aside")
  func splits() throws {
    let path = try place.trainedRun("--validation", "0")
    #expect(
      try place.run("compare", path, path, "--split", "validation")
        == failure("digits: the run has no validation part; use another --split, or --split all", code: 65))
    let unknown = try place.run("compare", path, path, "--split", "nothing")
    #expect(
      unknown
        == .init(
          standardError: "numeral: --split is 'nothing', expected train, validation, test or all\n"
            + "See 'numeral help compare'.\n", exitCode: 64))
    #expect(try place.run("compare", path).exitCode == 64)
  }

  @Test("A run without record and history is compared all the same")
  func incomplete() throws {
    let path = try place.trainedRun()
    for name in ["run.json", "history.csv"] {
      try FileManager.default.removeItem(atPath: place.folder.path + "/\(path)/\(name)")
    }
    #expect(try place.run("compare", path, path).exitCode == 0)
  }
}
