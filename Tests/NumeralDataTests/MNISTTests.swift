import Foundation
import Numeral
import NumeralData
import Testing

/// The real MNIST. It is not part of the project, so these tests are skipped without `NUMERAL_DATA`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["NUMERAL_DATA"] != nil, "NUMERAL_DATA is not set"))
struct MNISTTests {
  private let environment = ProcessInfo.processInfo.environment

  // The containers differ between mirrors, the contents do not.
  @Test(
    "The unpacked files have their known checksums",
    arguments: [
      ("train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
      ("train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
      ("t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
      ("t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    ])
  func sums(name: String, sum: String) throws {
    let folder = try #require(KnownDataset.mnist.folders(environment: environment).first)
    let packed = FileManager.default.fileExists(atPath: "\(folder)/\(name).gz")
    #expect(SHA256.hash(of: try FileBytes.readUnpacked("\(folder)/\(name)\(packed ? ".gz" : "")")) == sum)
  }

  @Test("There are 60,000 training images and 10,000 test images")
  func contents() throws {
    let mnist = try DataSource("mnist", environment: environment).load()
    #expect(mnist.training.count == 60_000)
    #expect(mnist.training.shape == .image(height: 28, width: 28))
    #expect(mnist.training.classCounts == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    #expect(mnist.test?.count == 10_000)
    #expect(mnist.test?.classCounts == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
    #expect(mnist.contentHash() == "53b91aeb4d00bc4b5aabacc162269a702362ae65fab8b9365457f49a4bddb4d1")
  }
}
