import Foundation
import NumeralFiles
import NumeralTestSupport
import Testing

@testable import NumeralPlots

@Suite struct PictureTests {
  @Test("A picture's own maximum becomes white, and what exceeds it too")
  func maximum() {
    let picture = Picture([0, 8, 16, 200], width: 2, height: 2, maximum: 16)
    #expect(picture.png == PNGEncoder(level: 9).encode([0, 128, 255, 255], width: 2, height: 2, times: 80))
  }

  @Test("A plot embeds the very file")
  func embedding() throws {
    let picture = SamplePlots.picture
    let svg = try #require(XMLContents(ImageGrid(title: "a", tiles: [.init(picture)]).svg()))
    let image = try #require(svg.all("image").first)
    #expect(image.attributes["href"] == "data:image/png;base64," + Data(picture.png).base64EncodedString())
    #expect(image.attributes["style"] == "image-rendering:pixelated")
  }
}
