import Foundation
import Numeral
import NumeralData
import NumeralReading
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct RenormalizationTests {
  private static let mnist: Dataset? = try? DataSource("mnist", environment: ProcessInfo.processInfo.environment).load()

  @Test(
    "Normalizing MNIST's test digits again changes next to no prediction",
    .enabled(if: mnist != nil, "NUMERAL_DATA names no folder with mnist"))
  func renormalization() throws {
    let images = try #require(Self.mnist?.test).selecting(Array(0..<500))
    let normalizer = Normalizer(.mnist)
    var pixels: [UInt8] = []
    var broken = 0
    for place in 0..<images.count {
      let image = normalizer.normalize(Bitmap(width: 28, height: 28, gray: images.pixels(at: place)))
      broken += image.digits.count == 1 ? 0 : 1
      pixels += image.digits.first?.pixels ?? [UInt8](repeating: 0, count: 784)
    }
    let again = try LabeledImages(
      pixels: pixels, shape: images.shape, pixelMaximum: 255, labels: images.labels, classNames: images.classNames)
    let network = try Model.builtIn().network
    let changed = zip(try network.predict(images).classes, try network.predict(again).classes).count { $0 != $1 }
    // One in a hundred at most; Documentation/YourDigits.md has the figure for all 10,000.
    #expect(changed <= 5 && broken <= 5)
  }
}
