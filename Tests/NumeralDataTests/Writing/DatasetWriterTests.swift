import Foundation
import Numeral
import NumeralTestSupport
import Testing

@testable import NumeralData

@Suite struct DatasetWriterTests {
  private let folder: TemporaryFolder
  private let dataset: Dataset

  init() throws {
    folder = try TemporaryFolder()
    dataset = Dataset(
      name: "strokes", training: try .synthetic(40, shape: .image(height: 6, width: 6), classes: 10),
      test: try .synthetic(15, shape: .image(height: 6, width: 6), classes: 10, seed: 2), attribution: nil)
  }

  private func write(
    _ dataset: Dataset, _ format: DatasetFormat, _ name: String, replacing: Bool = false, leavesOutLabels: Bool = false
  ) -> String {
    do throws(WritingError) {
      try DatasetWriter(dataset, as: format, leavesOutLabels: leavesOutLabels)
        .write(to: folder.path + "/" + name, replacing: replacing)
      return "written"
    } catch {
      return error.description.replacing(folder.path + "/", with: "")
    }
  }

  private func load(_ name: String) throws -> Dataset {
    try DataSource(folder.path + "/" + name, environment: [:]).load()
  }

  private func part(_ images: LabeledImages, test: LabeledImages? = nil) -> Dataset {
    Dataset(name: "part", training: images, test: test, attribution: nil)
  }

  @Test(
    "Two parts are read back bit for bit from IDX, NPZ and PNG",
    arguments: [
      (DatasetFormat.idx, "set"), (.npz, "set.npz"), (.png, "set"),
    ])
  func roundTrips(format: DatasetFormat, name: String) throws {
    #expect(write(dataset, format, name) == "written")
    #expect(try load(name).contentHash() == dataset.contentHash())
    #expect(folder.contents.allSatisfy { !$0.hasPrefix(".") })
  }

  @Test("A table holds one part, a folder of tables two, with labels or without")
  func tables() throws {
    #expect(write(part(dataset.training), .csv, "a.csv") == "written")
    #expect(try load("a.csv").contentHash() == part(dataset.training).contentHash())
    #expect(try folder.text("a.csv").hasPrefix("label,pixel0,pixel1,pixel2,"))
    #expect(write(dataset, .csv, "tables", leavesOutLabels: true) == "written")
    #expect(try load("tables/train.csv").contentHash() == part(dataset.training).contentHash())
    let test = try load("tables/test.csv").training
    #expect(!test.isLabeled && test.count == 15 && test.pixels(at: 7) == dataset.test?.pixels(at: 7))
    #expect(try folder.text("tables/test.csv").hasPrefix("pixel0,pixel1,"))
    #expect(
      write(dataset, .csv, "b.csv") == "b.csv: strokes has a training and a test part, but a table file holds only one")
  }

  @Test("The 8×8 digits keep their pixels in a table, and are exact again after a conversion to 0 to 255")
  func ranges() throws {
    let digits = try DataSource("digits", environment: [:]).load()
    #expect(write(digits, .csv, "digits.csv") == "written")
    #expect(try load("digits.csv").contentHash() == digits.contentHash())
    #expect(write(digits, .npz, "digits.npz") == "written")
    let scaled = try load("digits.npz")
    #expect(scaled.training.pixelMaximum == 255 && scaled.training.pixels(at: 0).max() == 239)
    #expect(write(scaled, .csv, "again.csv") == "written")
    #expect(try load("again.csv").contentHash() == digits.contentHash())
    let fine = part(
      try LabeledImages(
        pixels: [UInt8](repeating: 7, count: 64), shape: .image(height: 8, width: 8), pixelMaximum: 255, labels: [1],
        classNames: DigitClasses.names))
    #expect(
      write(fine, .csv, "fine.csv")
        == "the images are 8×8 with pixels of 0 to 255, expected 0 to 16, as a table of 8×8 images needs"
    )
  }

  @Test("Names of classes survive in PNG folders, with any characters")
  func classNames() throws {
    let images = part(
      try LabeledImages(
        pixels: [1, 2, 3], shape: .image(height: 1, width: 1), pixelMaximum: 255, labels: [2, 0, 1],
        classNames: ["T-shirt/top", "b", "a"]))
    #expect(write(images, .png, "clothes") == "written")
    let read = try load("clothes").training
    #expect(read.classNames == ["T-shirt-top", "b", "a"] && read.labels == [2, 0, 1])
  }

  @Test("Nothing is replaced unless asked for, a folder with other files never; old files stay if writing fails")
  func replacing() throws {
    #expect(write(dataset, .idx, "set") == "written")
    #expect(write(dataset, .npz, "set.npz") == "written")
    let before = folder.contents
    #expect(write(dataset, .idx, "set") == "set: this exists already and may not be replaced")
    #expect(
      write(dataset, .npz, "set.npz") == "set.npz: this exists already and may not be replaced")
    #expect(
      write(dataset, .npz, "set", replacing: true)
        == "set: this is a folder, expected the name of a file; choose another name")
    #expect(
      write(dataset, .idx, "set.npz", replacing: true)
        == "set.npz: this is a file, expected the name of a folder; choose another name")
    #expect(folder.contents == before)
    #expect(write(dataset, .png, "set/", replacing: true) == "written")
    #expect(try load("set").contentHash() == dataset.contentHash())
    #expect(write(part(dataset.training), .npz, "set.npz", replacing: true) == "written")
    #expect(try load("set.npz").test == nil)
    try folder.write("a letter", to: "set/train/3/letter.txt")
    #expect(
      write(dataset, .idx, "set", replacing: true)
        == "set: the folder holds train/3/letter.txt, which is not part of a dataset, so the folder is not replaced; "
        + "choose another name or remove it yourself")
    #expect(try folder.text("set/train/3/letter.txt") == "a letter")
    #expect(write(dataset, .idx, "set.npz/x", replacing: true) != "written")
    #expect(folder.contents.allSatisfy { !$0.hasPrefix(".") })
  }

  @Test("Images that a format cannot hold are refused before anything is written")
  func refusals() throws {
    let bare = part(
      try LabeledImages(
        pixels: [1, 2, 3, 4, 5, 6], shape: .image(height: 2, width: 3), pixelMaximum: 255, labels: [],
        classNames: DigitClasses.names))
    for format in [DatasetFormat.idx, .png] {
      #expect(
        write(bare, format, "x")
          == "the images have no labels, expected one for each image, as \(format.rawValue) needs them"
      )
    }
    #expect(
      write(bare, .csv, "x")
        == "the images are 2×3, expected square images for csv")
    #expect(write(bare, .npz, "x.npz") == "written")
    #expect(try load("x.npz").contentHash() == bare.contentHash())
    let many = part(
      try LabeledImages(
        pixels: [1], shape: .image(height: 1, width: 1), pixelMaximum: 255, labels: [10],
        classNames: (0...10).map { "\($0)" }))
    #expect(write(many, .idx, "x") == "there are 11 classes, expected at most 10 for this format")
    let row = part(
      try LabeledImages(
        pixels: [1], shape: .features(1), pixelMaximum: 255, labels: [1], classNames: DigitClasses.names))
    #expect(write(row, .idx, "x") == "the images are 1, expected images with one channel; convert them to grey")
    #expect(folder.contents == ["x.npz"])
  }
}
