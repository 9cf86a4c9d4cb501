import Foundation
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// `numeral train` as a person sees it.
@Suite struct TrainCommandTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test("The result of the digits is this text, the epochs stand on standard error")
  func text() throws {
    let result = try place.run(
      "train", "digits", "--epochs", "3", "--threads", "1", environment: ["NUMERAL_KERNELS": "baseline"])
    #expect(result.exitCode == 0)
    #expect(result.settledOutput == TrainCommandTests.golden)
    #expect(
      result.standardError.replacing(/\d[\d.]*k? images/, with: "N images") == """
        epoch 1  loss 1.3592  accuracy  61.05 %  validation 0.9358,  67.36 %  N images/s
        epoch 2  loss 0.4558  accuracy  87.25 %  validation 0.4997,  84.03 %  N images/s
        epoch 3  loss 0.2525  accuracy  92.81 %  validation 0.2352,  90.97 %  N images/s

        """)
  }

  static let golden = """
    recipe digits, data digits, seed 1: 8×8-64-32-10, 6,570 parameters
    3 epochs in TIME on 1 thread (baseline)

    part        accuracy    loss  errors  images  95 % interval
    train        95.75 %  0.1774      55   1,294  94.51 to 96.72 %
    validation   90.97 %  0.2352      13     144  85.17 to 94.65 %
    test         93.31 %  0.2187      24     359  90.25 to 95.47 %

    test part, class by class
    class     precision  recall      f1     auc  average precision  images
    0            1.0000  1.0000  1.0000  1.0000             1.0000      36
    1            0.9655  0.7778  0.8615  0.9945             0.9599      36
    2            0.9459  1.0000  0.9722  1.0000             1.0000      35
    3            0.9714  0.9189  0.9444  0.9977             0.9825      37
    4            0.9459  0.9722  0.9589  0.9991             0.9937      36
    5            0.9697  0.8889  0.9275  0.9948             0.9770      36
    6            0.9231  1.0000  0.9600  0.9999             0.9992      36
    7            0.9714  0.9444  0.9577  0.9996             0.9962      36
    8            0.7674  0.9429  0.8462  0.9946             0.9538      35
    9            0.9143  0.8889  0.9014  0.9948             0.9589      36

    macro        0.9375  0.9334  0.9330  0.9975             0.9821     359
    weighted     0.9380  0.9331  0.9332  0.9975             0.9821     359
    micro        0.9331  0.9331  0.9331  0.9976             0.9832     359

    confusion matrix: rows are the true class, columns the predicted
         predicted
    true   0   1   2   3   4   5   6   7   8   9   recall
    0     36   .   .   .   .   .   .   .   .   .  100.0 %
    1      .  28   2   .   1   .   2   .   3   .   77.8 %
    2      .   .  35   .   .   .   .   .   .   .  100.0 %
    3      .   .   .  34   .   .   1   .   2   .   91.9 %
    4      .   .   .   .  35   .   .   1   .   .   97.2 %
    5      .   .   .   .   .  32   .   .   2   2   88.9 %
    6      .   .   .   .   .   .  36   .   .   .  100.0 %
    7      .   .   .   .   .   .   .  34   1   1   94.4 %
    8      .   1   .   .   .   1   .   .  33   .   94.3 %
    9      .   .   .   1   1   .   .   .   2  32   88.9 %

    training loss  #._

    weights  0b4dd971e50c96d857a2a0a8355392c1a2ebba05f29cdfb916007305b2231c0c
    saved    runs/DATE-digits-1
    next     numeral inspect runs/DATE-digits-1
             numeral predict --model runs/DATE-digits-1 --index 0-4

    """

  @Test("A run is a folder named for time, recipe and seed, with three files and nothing beside them")
  func folder() throws {
    let path = try place.trainedRun("--seed", "42")
    #expect(path.wholeMatch(of: /runs\/\d{8}-\d{6}-digits-42/) != nil)
    #expect(
      place.contents == ["runs", path, path + "/history.csv", path + "/model.safetensors", path + "/run.json"])
    #expect(try place.folder.text(path + "/history.csv").split(separator: "\n").count == 3)
    let record = try JSONValue(parsing: try place.folder.text(path + "/run.json"))
    #expect(record["command"] == ["numeral", "train", "digits", "--epochs", "2", "--json", "--seed", "42"])
    #expect(record["source"] == "digits")
  }

  @Test("--no-save writes nothing, --output says where, --quiet says nothing while it trains")
  func options() throws {
    let unsaved = try place.run("train", "digits", "--epochs", "1", "--no-save", "-q")
    #expect(unsaved.exitCode == 0 && unsaved.standardError.isEmpty)
    #expect(!unsaved.standardOutput.contains("saved"))
    #expect(place.contents == [])
    let saved = try place.run("train", "digits", "--epochs", "1", "-q", "--output", "a/b c")
    #expect(saved.exitCode == 0)
    #expect(place.contents.count == 6)
    #expect(place.contents[2].wholeMatch(of: /a\/b c\/\d{8}-\d{6}-digits-1/) != nil)
    #expect(saved.standardOutput.contains("saved    a/b c/"))
  }

  @Test("Several seeds are trained one after the other, then mean and spread are printed")
  func seeds() throws {
    let result = try place.run("train", "digits", "--epochs", "1", "--seed", "3", "--seeds", "2", "-q", "-n")
    #expect(result.exitCode == 0)
    #expect(result.standardOutput.contains("recipe digits, data digits, seed 3: "))
    #expect(result.standardOutput.contains("\n\nrecipe digits, data digits, seed 4: "))
    // One of several seeds is only summarized.
    #expect(!result.standardOutput.contains("confusion matrix"))
    let figure = #"(\d\d\.\d\d|100\.00) %"#
    let row = #"  +"# + [figure, figure, figure].joined(separator: "  +")
    let patterns = [
      "seed +train  validation +test  errors", " +3\(row)  +\\d+", " +4\(row)  +\\d+", "", "mean\(row)",
      #"± sd( +\d+\.\d\d){3}"#, "",
      #"2 seeds: test accuracy \d\d\.\d\d % ± \d+\.\d\d \(mean ± standard deviation\)"#,
      #"The mean over all seeds lies between \d+\.\d\d % and \d+\.\d\d % with 95 % confidence\."#, "",
    ]
    for (line, pattern) in zip(result.lines.suffix(patterns.count), patterns) {
      #expect(try Regex(pattern).wholeMatch(in: line) != nil, "\(line) is not \(pattern)")
    }
    let one = try place.run("train", "digits", "--epochs", "1", "--seeds", "1", "-q", "-n")
    #expect(one.lines.dropLast().last?.wholeMatch(of: /1 seed: test accuracy \d\d\.\d\d %/) != nil)
  }

  @Test("Each of several seeds is saved as a run, named in the table")
  func savedSeeds() throws {
    let result = try place.run("train", "digits", "--epochs", "1", "--seeds", "3", "-q")
    let header = try #require(result.lines.firstIndex { $0.hasPrefix("seed") })
    #expect(result.lines[header].hasSuffix("errors  run"))
    let paths = result.lines[(header + 1)...].prefix(3).compactMap { $0.split(separator: " ").last.map(String.init) }
    #expect(Set(paths).count == 3)
    for (path, seed) in zip(paths, 1...3) {
      #expect(path.hasSuffix("-digits-\(seed)"))
      #expect(place.contents.contains(path + "/model.safetensors"))
    }
  }

  @Test("Validation can be left out, as a count or as a fraction")
  func validation() throws {
    func counts(_ validation: String) throws -> JSONValue? {
      let words = ["train", "digits", "--epochs", "1", "--validation", validation, "--json"]
      let path = try #require(try place.run(words).objects().last?["output"]?.asString)
      return try JSONValue(parsing: try place.folder.text(path + "/run.json"))["provenance"]?["counts"]
    }
    #expect(try counts("0") == ["train": 1438, "validation": nil, "test": 359])
    #expect(try counts("38") == ["train": 1400, "validation": 38, "test": 359])
    #expect(try counts("0.5") == ["train": 719, "validation": 719, "test": 359])
  }

  @Test("Early stopping keeps the best weights and says so")
  func patience() throws {
    let words = ["train", "digits", "--learning-rate", "0.5", "--epochs", "200", "--patience", "3", "-n"]
    let text = try place.run(words + ["-q"])
    let result = try #require(try place.run(words + ["--json"]).objects().last)
    let best = try #require(result["bestEpoch"]?.asInt)
    #expect(result["stoppedEarly"] == true && result["ending"] == "stoppedEarly")
    #expect(result["epochs"] == .integer(best + 3) && result["keptEpoch"] == .integer(best))
    #expect(text.lines[1].hasSuffix("; stopped early, weights of epoch \(best)"))
  }

  @Test("A network of flags is called custom, and every flag reaches the training")
  func custom() throws {
    let result = try place.run(
      "train", "--layers", "12,9", "--activation", "tanh", "--init", "uniform:0.25", "--loss-reduction", "sum",
      "--optimizer", "sgd", "--learning-rate", "0.001", "--batch-size", "50", "--epochs", "2", "--per-class", "20",
      "--data", "digits", "--threads", "2", "--json")
    let path = try #require(try result.objects().last?["output"]?.asString)
    #expect(path.hasSuffix("-custom-1"))
    let record = try JSONValue(parsing: try place.folder.text(path + "/run.json"))
    #expect(record["network"]?["layers"] == ["Dense 12, tanh", "Dense 9, tanh", "Dense 10"])
    #expect(record["provenance"]?["counts"]?["train"] == 200)
    #expect(
      record["training"]?.text
        == #"{"pixelScale":"unit","initializer":"uniform:0.25","optimizer":"sgd","learningRate":0.001,"#
        + #""batchSize":50,"epochs":2,"lossReduction":"sum","patience":null}"#)
  }

  @Test("Optimizer and schedule of flags reach the training, with what is usual where nothing is said")
  func optimizers() throws {
    let cases = [
      ("--optimizer adam", #""optimizer":"adam","learningRate":0.001,"beta1":0.9,"beta2":0.999,"epsilon":1e-08,"#),
      ("--optimizer nesterov", #""optimizer":"nesterov","learningRate":0.1,"momentum":0.9,"#),
      ("--momentum 0.5", #""optimizer":"momentum","learningRate":0.1,"momentum":0.5,"#),
      (
        "--optimizer adamw --learning-rate 0.01 --weight-decay 0.5 --schedule warm-up:1:0.5,cosine",
        #""weightDecay":0.5,"schedule":"warm-up:1:0.5,cosine:0.0","batchSize":16,"#
      ),
      ("--optimizer rmsprop --schedule step:1", #""schedule":"step:1:0.1","#),
      (
        "--augment rotate:10,elastic:5:1.5",
        #""lossReduction":"mean","patience":null,"augmentation":"rotate:10,elastic:5:1.5"}"#
      ),
      ("--optimizer adagrad", #""optimizer":"adagrad","learningRate":0.01,"epsilon":1e-10,"#),
      (
        "--optimizer muon --momentum 0.9 --clip-norm 2 --ema 0.99",
        #""learningRate":0.02,"momentum":0.9,"weightDecay":0.01,"othersLearningRate":0.001,"#
          + #""clipNorm":2.0,"averaging":0.99,"#
      ),
      (
        "--clip-value 0.5 --l1 1e-5 --l2 0.001 --max-norm 3 --label-smoothing 0.1 --decay-biases",
        #""clipValue":0.5,"l1":1e-05,"l2":0.001,"maxNorm":3.0,"labelSmoothing":0.1,"decaysBiases":true,"#
      ),
    ]
    var hashes: Set<String> = []
    for (flags, text) in cases {
      let words = ["train", "digits", "--epochs", "2", "--json", "-q"] + flags.split(separator: " ").map { String($0) }
      let result = try #require(try place.run(words).objects().last)
      let path = try #require(result["output"]?.asString)
      let record = try JSONValue(parsing: try place.folder.text(path + "/run.json"))
      #expect(record["training"]?.text.contains(text) == true, "\(flags)")
      hashes.insert(try #require(result["weightsHash"]?.asString))
    }
    #expect(hashes.count == cases.count)
  }

  @Test("The same images train the same weights, whatever file they come in")
  func sources() throws {
    let images = try TestImages.images()
    let last = try place.folder.write(TestImages.labelLast(images), to: "last.csv")
    try place.folder.write(TestImages.kaggle(images), to: "kaggle.csv")
    try place.folder.write(TestImages.arff(images), to: "strokes.arff")
    try TestImages.writeIDX(images, to: place.folder, "idx")
    let gzip = CommandRunner(program: URL(fileURLWithPath: "/usr/bin/env"))
    _ = try gzip.run(["gzip", "-k", last])
    _ = try gzip.run(["gzip", place.folder.path + "/idx/train-images-idx3-ubyte"])
    let words = ["train", "--layers", "8", "--epochs", "2", "--batch-size", "16", "-n", "--json", "--data"]
    let hashes = try [
      ["kaggle.csv"], ["last.csv", "--label", "last"], ["last.csv.gz", "--label", "last"],
      ["strokes.arff"], ["idx"], ["./idx/"],
    ].map { source in
      let result = try place.run(words + source)
      #expect(result.exitCode == 0, "\(result.standardError)")
      return try #require(try result.objects().last?["weightsHash"]?.asString)
    }
    #expect(Set(hashes).count == 1)
  }

  @Test("A source without a name is named again in what to try next, and the summary has no test accuracy")
  func ownData() throws {
    try place.folder.write(TestImages.kaggle(try TestImages.images(60)), to: "k.csv")
    let text = try place.run("train", "--layers", "8", "--epochs", "2", "--data", "k.csv", "-q")
    #expect(text.lines.dropLast().last?.contains(" --data k.csv --index 0-4") == true)
    let tiny = try place.run(
      "train", "tiny", "--validation", "10", "--epochs", "2", "--data", "k.csv", "--seeds", "2", "-q", "-n")
    #expect(tiny.lines.dropLast(2).last?.hasPrefix("2 seeds: validation accuracy ") == true)
  }
}
