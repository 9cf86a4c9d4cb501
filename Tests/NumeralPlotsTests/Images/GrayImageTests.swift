import Foundation
import NumeralFiles
import NumeralTestSupport
import Testing

@testable import NumeralPlots

@Suite struct GrayImageTests {
  @Test("An image's maximum becomes white, and greater values too")
  func maximum() {
    let image = GrayImage([0, 8, 16, 200], width: 2, height: 2, maximum: 16)
    #expect(image.png == PNGEncoder(level: 9).encode([0, 128, 255, 255], width: 2, height: 2, times: 80))
  }

  @Test("A plot embeds the PNG file")
  func embedding() throws {
    let image = SamplePlots.image
    let svg = try #require(XMLContents(ImageGrid(title: "a", tiles: [.init(image)]).svg()))
    let embedded = try #require(svg.all("image").first)
    #expect(embedded.attributes["href"] == "data:image/png;base64," + Data(image.png).base64EncodedString())
    #expect(embedded.attributes["style"] == "image-rendering:pixelated")
  }
}
