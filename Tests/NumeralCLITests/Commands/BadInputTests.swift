import Foundation
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// Every kind of input that cannot be used: one sentence, an exit code, nothing written.
@Suite struct BadInputTests {
  /// Files to lay out, words to run, and what comes of it.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let words: [String]
    let code: Int32
    let sentence: String
    let files: [(name: String, bytes: [UInt8])]
    let environment: [String: String?]

    init(
      _ name: String, _ words: String, code: Int32, _ sentence: String, files: [(String, [UInt8])] = [],
      environment: [String: String?] = [:]
    ) {
      testDescription = name
      self.words = words.split(separator: " ").map(String.init)
      self.code = code
      self.sentence = sentence
      self.files = files
      self.environment = environment
    }

    /// A row with one file of text called `x.csv`.
    init(_ name: String, csv: String, _ sentence: String) {
      self.init(
        name, "train --layers 4 --data x.csv", code: 65, "x.csv: " + sentence, files: [("x.csv", Array(csv.utf8))])
    }

    /// A row with a folder of IDX files called `idx`.
    init(_ name: String, images: [UInt8], labels: [UInt8], code: Int32 = 65, _ sentence: String) {
      self.init(
        name, "train --layers 4 --data idx", code: code, sentence,
        files: [("idx/train-images-idx3-ubyte", images), ("idx/train-labels-idx1-ubyte", labels)])
    }
  }

  private static let images = "idx/train-images-idx3-ubyte"
  private static let labels = "idx/train-labels-idx1-ubyte"
  private static let row = "3" + String(repeating: ",7", count: 16)

  static let commandLine: [Row] = [
    Row(
      "an unknown recipe", "train two-hiden", code: 64,
      "RECIPE is 'two-hiden', expected two-hidden, tiny, one-hidden, sigmoid, digits, lenet5, race, "
        + "mlp-elastic, small-cnn, champion or digit-or-not; did you mean 'two-hidden'?"),
    Row(
      "nothing to train", "train", code: 64,
      "nothing to train: name a recipe (two-hidden, tiny, one-hidden, sigmoid, digits, lenet5, race, mlp-elastic, "
        + "small-cnn, "
        + "champion, digit-or-not) or give --layers"),
    Row(
      "a negative rate", "train digits --learning-rate -1", code: 64,
      "--learning-rate is '-1', expected a finite number above 0"),
    Row(
      "a rate of nan", "train digits --learning-rate nan", code: 64,
      "--learning-rate is 'nan', expected a finite number above 0"),
    Row(
      "a rate too small for a float", "train digits --learning-rate 1e-60", code: 64,
      "the learning rate is 0.0, expected a positive finite number"),
    Row(
      "an optimizer misspelt", "train digits --optimizer adm", code: 64,
      "--optimizer is 'adm', expected sgd, momentum, nesterov, rmsprop, adagrad, adam, adamw, nadam or muon; did you "
        + "mean 'adam'?"
    ),
    Row(
      "momentum of 2", "train digits --momentum 2", code: 64,
      "the optimizer's momentum is 2.0, expected 0 to 0.999999"),
    Row(
      "momentum for adam", "train digits --optimizer adam --momentum 0.5", code: 64,
      "--momentum and --optimizer adam cannot be used together; give one of them"),
    Row(
      "a negative weight decay", "train digits --optimizer adamw --weight-decay -1", code: 64,
      "the optimizer's weightDecay is -1.0, expected 0 or more, and less than 1 / learning rate"),
    Row(
      "weight decay for nothing", "train digits --weight-decay 0.1", code: 64,
      "--weight-decay: the training's optimizer is sgd, expected one with a weight decay of its own; "
        + "name one with --optimizer: adamw or muon"),
    Row(
      "momentum for a recipe of adam", "train lenet5 --momentum 0.5", code: 64,
      "--momentum: the training's optimizer is adam, expected one with a momentum; "
        + "name one with --optimizer: momentum, nesterov or muon"),
    Row(
      "two ways of clipping", "train digits --clip-norm 1 --clip-value 1", code: 64,
      "--clip-norm and --clip-value cannot be used together; give one of them"),
    Row(
      "a bound below 0", "train digits --clip-norm -1", code: 64,
      "the bound of the gradients' norm is -1.0, expected a positive finite number"),
    Row(
      "an average of everything", "train digits --ema 1", code: 64,
      "the decay of the average is 1.0, expected 0 to 0.999999"),
    Row("a penalty too large", "train digits --l1 2", code: 64, "the L1 penalty is 2.0, expected 0 to 1"),
    Row(
      "two decays", "train digits --optimizer muon --l2 0.1", code: 64,
      "--l2 and --optimizer muon cannot be used together; give one of them"),
    Row(
      "no room for weights", "train digits --max-norm 0", code: 64,
      "the largest norm of a unit's weights is 0.0, expected a positive finite number"),
    Row(
      "nothing but smoothing", "train digits --label-smoothing 1", code: 64,
      "the label smoothing is 1.0, expected 0 to 0.999999"),
    Row(
      "decay of biases alone", "train digits --decay-biases", code: 64,
      "--decay-biases and a training without --l1, --l2, adamw or muon cannot be used together; give one of them"),
    Row(
      "a schedule that is none", "train digits --schedule cosin", code: 64,
      "--schedule is 'cosin', expected constant, step:EPOCHS:FACTOR, exponential:FACTOR, cosine:END, one-cycle:RISE, "
        + "plateau:FACTOR:EPOCHS, or one of them after warm-up:EPOCHS:FROM and a comma; did you mean 'cosine'?"),
    Row(
      "a warm-up longer than the training", "train digits --epochs 3 --schedule warm-up:5,cosine", code: 64,
      "the warm-up takes 5 epochs of a training of 3, expected fewer"),
    Row(
      "a schedule that ends too soon", "train digits --epochs 30 --schedule cosine:0:20", code: 64,
      "the schedule ends after 20 epochs, but training lasts 30; expected a schedule of at least 30 epochs"),
    Row(
      "no epoch", "train digits --epochs 0", code: 64, "--epochs is '0', expected a whole number from 1 to 1000000"),
    Row(
      "a batch of none", "train digits --batch-size 0", code: 64,
      "--batch-size is '0', expected a whole number from 1, or full"),
    Row(
      "no thread", "train digits --threads 0", code: 64, "--threads is '0', expected a whole number from 1 to 1024"),
    Row(
      "an empty layer", "train digits --layers 5,0", code: 64,
      "--layers is '5,0', expected up to 64 sizes from 1 to 65536, as in 256,64, or none"),
    Row(
      "a network too large", "train digits --layers 65536,65536", code: 64,
      "the network has 4299948042 parameters, expected at most 268435456; make its layers narrower"),
    Row(
      "weights that cannot be drawn", "train digits --init normal:1e38", code: 64,
      "layer 0 draws its weights from normal:1e+38, expected finite numbers and a standard deviation of 0 or more"),
    Row(
      "patience without validation", "train digits --patience 2 --validation 0", code: 64,
      "early stopping watches the validation loss, but there is no validation part; hold one out, or set no patience"),
    Row(
      "saving and not saving", "train digits --no-save --output x", code: 64,
      "--no-save and --output cannot be used together; give one of them"),
    Row(
      "unknown kernels", "train digits", code: 69,
      "there is no kernel set \"nonsense\", expected one of baseline, avx2, avx512",
      environment: ["NUMERAL_KERNELS": "nonsense"]),
  ]

  static let data: [Row] = [
    Row(
      "more images of a class than there are", "train digits --per-class 500", code: 65,
      "digits: 500 images of class 0 were asked for, found 128; ask for at most 128"),
    Row(
      "a validation part of everything", "train digits --validation 1438", code: 65,
      "digits: a part of 1438 images was asked for, expected 1 to 1437 of the 1438 there are"),
    Row(
      "a dataset that is not there", "train two-hidden", code: 66,
      "mnist: the dataset is not there (nowhere to look, as neither NUMERAL_DATA nor HOME is set); "
        + "set NUMERAL_DATA to the folder that holds mnist/; or fetch it with 'numeral data fetch mnist'",
      environment: ["HOME": nil]),
    Row(
      "a name of no dataset", "train digits --data mnits", code: 66,
      "mnits: no dataset of this name, and no such file or folder; did you mean mnist?"),
    Row(
      "a missing file", "train --layers 4 --data no/x.csv", code: 66,
      "no/x.csv: no such file or folder; check the path"),
    Row(
      "a folder without data", "train --layers 4 --data idx", code: 66,
      "idx: the folder holds no dataset, expected train-images-idx3-ubyte and train-labels-idx1-ubyte, "
        + "with or without .gz, or a folder of PNG images for each class; pass the folder that holds them",
      files: [("idx/readme", [1])]),
    Row("an empty table", csv: "", "the file is empty; get it again"),
    Row(
      "a table of a header", csv: "label,pixel0\n",
      "nothing follows the header in line 1, expected at least one row; get the file again"),
    Row(
      "ragged rows", csv: "label,pixel0,pixel1,pixel2,pixel3\n1,0,0,0,0\n2,0,0,0\n",
      "line 3 has 4 columns, expected 5; is the file cut short?"),
    Row(
      "text where a number belongs", csv: "label,pixel0\n1,7\n2,red\n",
      "line 3, column 2: pixel is \"red\", expected a whole number from 0 to 255; correct the line or remove it"),
    Row(
      "NaN where a number belongs", csv: "label,pixel0\n1,NaN\n",
      "line 2, column 2: pixel is \"NaN\", expected a whole number from 0 to 255; correct the line or remove it"),
    Row(
      "a pixel out of range", csv: "label,pixel0\n1,256\n",
      "line 2, column 2: pixel is 256, expected a whole number from 0 to 255; correct the line or remove it"),
    Row(
      "a label out of range", csv: "label,pixel0\n12,0\n",
      "line 2, column 1: label is 12, expected a whole number from 0 to 9; "
        + "if the label is elsewhere, say so with --label first, --label last or --label none"),
    Row(
      "no hint where the label is", csv: row + "\n",
      "line 1 has 17 columns and no header, expected 65 (label last), 785 (label first) or a header; "
        + "say where the label is with --label first, --label last or --label none"),
    Row(
      "images without labels", csv: "pixel0\n1\n2\n",
      "the images have no labels, expected one each; training and evaluation need them"),
    Row(
      "a damaged gzip file", "train --layers 4 --data x.gz", code: 65,
      "x.gz: the gzip data that starts at byte 0 is cut short or damaged; get the file again",
      files: [("x.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3])]),
    Row(
      "an image", "train --layers 4 --data x.png", code: 65,
      "x.png: this looks like a PNG image, expected CSV, ARFF, NPZ or a folder of IDX files",
      files: [("x.png", [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13])]),
  ]

  static let idx: [Row] = [
    Row(
      "an empty file", images: [], labels: IDXBytes.labels([1]), "\(images): the file is empty; get it again"),
    Row(
      "a label file in place of pictures", images: IDXBytes.labels([1, 2]), labels: IDXBytes.labels([1, 2]),
      "\(images): magic at byte 0 is 2049, expected 2051; this looks like a label file"),
    Row(
      "a lying count", images: Array(IDXBytes.images(count: 3).dropLast(1)), labels: IDXBytes.labels([1, 2, 3]),
      "\(images): the file is 60 bytes long, expected 61 for 3 images of 3×5; it is cut short, get it again"),
    Row(
      "a header cut short", images: [0, 0, 8, 3, 0], labels: IDXBytes.labels([1]),
      "\(images): the file ends at byte 5, expected a header of 16 bytes; it is cut short, get it again"),
    Row(
      "absurd dimensions",
      images: IDXBytes.number(2051) + IDXBytes.number(1) + IDXBytes.number(-1) + IDXBytes.number(5),
      labels: IDXBytes.labels([1]),
      "\(images): the number of rows at byte 8 is 4294967295, expected 1 to 4096; check that this is an IDX file"),
    Row(
      "a label that is no digit", images: IDXBytes.images(count: 2), labels: IDXBytes.labels([1, 10]),
      "\(labels): the label at byte 9 is 10, expected 0 to 9; only sets of ten classes can be read"),
    Row(
      "too few labels", images: IDXBytes.images(count: 2), labels: IDXBytes.labels([1]),
      "\(labels): there are 1 labels, expected 2, one for each image in \(images); check that both files belong together"
    ),
    Row(
      "images alone", "train --layers 4 --data idx", code: 66,
      "\(images): train-labels-idx1-ubyte is missing in the same folder, with or without .gz; put both files into one folder",
      files: [(images, IDXBytes.images(count: 2))]),
  ]

  @Test("A wrong command line is refused", arguments: commandLine)
  func wrongWords(_ row: Row) throws { try check(row) }

  @Test("Data that cannot be used is refused with place, expected and found", arguments: data)
  func wrongData(_ row: Row) throws { try check(row) }

  @Test("IDX files with wrong contents are refused with place, expected and found", arguments: idx)
  func wrongFiles(_ row: Row) throws { try check(row) }

  /// Runs a row as text and with `--json`: the same sentence and code, and no file more or less than before.
  private func check(_ row: Row) throws {
    let place = try Workplace()
    for file in row.files { try place.folder.write(file.bytes, to: file.name) }
    let before = place.contents
    let text = try place.run(row.words, environment: row.environment)
    #expect(text.standardError.split(separator: "\n").first.map(String.init) == "numeral: " + row.sentence)
    #expect(text.exitCode == row.code && text.standardOutput.isEmpty)
    let json = try place.run(row.words + ["--json"], environment: row.environment)
    #expect(json.exitCode == row.code)
    #expect(
      try json.objects() == [
        ["event": "error", "code": .integer(Int(row.code)), "message": .string(row.sentence)]
      ])
    #expect(place.contents == before)
  }

  @Test("A place where nothing can be saved is refused before any training", arguments: ["file", "file/below"])
  func output(path: String) throws {
    let place = try Workplace()
    try place.folder.write("a file", to: "file")
    let result = try place.run("train", "digits", "--output", path)
    #expect(
      result
        == .init(
          standardError: "numeral: \(path): a run cannot be saved there (Not a directory); "
            + "choose another folder with --output\n", exitCode: 73))
    #expect(place.contents == ["file"])
  }
}
