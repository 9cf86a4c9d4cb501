import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct PublishedResultTests {
  private func published(_ name: String) throws -> PublishedResult { try #require(Recipe(name: name)).published }

  @Test(
    "The published figures are those that the five systems state",
    arguments: [
      ("two-hidden", "none stated"), ("tiny", "about 83 % train"), ("one-hidden", "over 93 % test"),
      ("sigmoid", "88.5 % train, 86.8 % test"), ("digits", "93.06 to about 95 % test"),
    ])
  func summaries(name: String, summary: String) throws {
    #expect(try published(name).summary == summary)
    #expect(try !published(name).shows.isEmpty)
  }

  @Test(
    "A figure is met from the published accuracy on, and 'over' only above it",
    arguments: [
      ("tiny", PartName.train, 0.83, 0.8299), ("one-hidden", .test, 0.9301, 0.93), ("sigmoid", .train, 0.885, 0.8849),
      ("sigmoid", .test, 0.868, 0.8679), ("digits", .test, 0.9306, 0.9305),
    ] as [(String, PartName, Double, Double)])
  func met(name: String, part: PartName, enough: Double, tooLittle: Double) throws {
    let figure = try #require(try published(name).figure(part))
    #expect(figure.isMet(by: enough) && figure.isMet(by: 1))
    #expect(!figure.isMet(by: tooLittle) && !figure.isMet(by: 0))
  }

  @Test("A part without a published figure has none")
  func noFigure() throws {
    #expect(try published("two-hidden").figure(.test) == nil)
    #expect(try published("tiny").figure(.test) == nil)
    #expect(try published("one-hidden").figure(.train) == nil)
  }

  @Test("tiny's accuracy is published every 50 iterations, from 0 to 450")
  func progress() throws {
    let progress = try published("tiny").progress
    #expect(progress.map(\.iteration) == [0, 50, 100, 150, 200, 250, 300, 350, 400, 450])
    #expect(
      progress.map(\.accuracy)
        == [0.0839, 0.4223, 0.6072, 0.6873, 0.7363, 0.7671, 0.7903, 0.8074, 0.8198, 0.83])
    for name in ["two-hidden", "one-hidden", "sigmoid", "digits"] { #expect(try published(name).progress.isEmpty) }
  }

  @Test("What sigmoid's authors leave open is said plainly")
  func remark() throws {
    let remark = try #require(try published("sigmoid").remark)
    #expect(remark.contains("pixels of 0 to 255") && remark.contains("Documentation/Architecture.md"))
  }
}
