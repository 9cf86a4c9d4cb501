import Foundation
import Numeral
import NumeralData
import NumeralTestSupport
import Testing

@Suite struct DatasetTests {
  private func images(
    _ pixels: [UInt8] = [0, 1, 2, 3, 4, 5], labels: [UInt8] = [1, 0], height: Int = 1, maximum: UInt8 = 255,
    classes: Int = 2
  ) throws -> LabeledImages {
    try LabeledImages(
      pixels: pixels, shape: .image(height: height, width: 3 / height), pixelMaximum: maximum, labels: labels,
      classNames: (0..<classes).map { String($0) })
  }

  private func hash(_ training: LabeledImages, _ test: LabeledImages? = nil, name: String = "a") -> String {
    Dataset(name: name, training: training, test: test, attribution: nil).contentHash()
  }

  @Test("The hash is that of the documented bytes")
  func canonicalForm() throws {
    let numbers = [2, 1, 1, 3, 255, 2, 2, 2].flatMap { [UInt8]([$0, 0, 0, 0, 0, 0, 0, 0]) }
    let second = [1, 1, 3, 16, 2, 1, 0].flatMap { [UInt8]([$0, 0, 0, 0, 0, 0, 0, 0]) }
    let bytes: [UInt8] =
      Array("numeral dataset 1\n".utf8) + numbers + [1, 0, 0, 1, 2, 3, 4, 5] + second + [9, 8, 7]
    let test = try images([9, 8, 7], labels: [], maximum: 16)
    #expect(hash(try images(), test) == SHA256.hash(of: Buffer(bytes)))
  }

  @Test("The hash depends on everything that a network sees, and on nothing else")
  func differences() throws {
    let base = try images()
    let different = [
      hash(base), hash(base, base), hash(try images([0, 1, 2, 3, 4, 6])), hash(try images(labels: [0, 1])),
      hash(try images(labels: [])), hash(try images(height: 3)), hash(try images(maximum: 16)),
      hash(try images(classes: 3)), hash(base.selecting([1, 0])), hash(base.selecting([0])),
    ]
    #expect(Set(different).count == different.count)
    #expect(hash(base, name: "b") == hash(base))
    #expect(hash(base.selecting([1, 0]).selecting([1, 0])) == hash(base))
  }

  @Test("Equal contents have the same hash, as IDX or as CSV, packed or not")
  func formats() throws {
    let folder = try TemporaryFolder()
    let images = IDXBytes.images(count: 3, height: 2, width: 2)
    let labels = IDXBytes.labels([4, 0, 9])
    try folder.write(images, to: "plain/train-images-idx3-ubyte")
    try folder.write(labels, to: "plain/train-labels-idx1-ubyte")
    try folder.write(Gzip.compress(images), to: "packed/train-images-idx3-ubyte.gz")
    try folder.write(Gzip.compress(labels), to: "packed/train-labels-idx1-ubyte.gz")
    let csv = Array("label,a,b,c,d\n4,0,1,2,3\n0,4,5,6,7\n9,8,9,10,11\n".utf8)
    try folder.write(csv, to: "plain.csv")
    try folder.write(Gzip.compress(csv), to: "packed.csv.gz")
    let hashes = try ["plain", "packed", "plain.csv", "packed.csv.gz"].map {
      try DataSource("\(folder.path)/\($0)", environment: [:]).load().contentHash()
    }
    #expect(Set(hashes).count == 1)
  }
}
