import Numeral
import NumeralData
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct ComparisonPageTests {
  private func run(_ name: String, in place: TemporaryFolder, epochs: Int) throws -> SavedRun {
    let dataset = try DataSource("digits", environment: [:]).load()
    let result = try SmallExperiment.result(SmallExperiment.setup(epochs: epochs), seed: 1, dataset: dataset)
    return try SavedRun(path: try place.write(result.model.safetensors.bytes, to: name))
  }

  @Test("A comparison's page has the verdict, both models' figures and every image that only one reads right")
  func page() throws {
    let place = try TemporaryFolder()
    let comparison = try Comparison(
      run("<one>", in: place, epochs: 1), run("other&", in: place, epochs: 4), environment: [:])
    #expect(!comparison.lost.isEmpty && !comparison.won.isEmpty)
    let page = try #require(XMLContents(comparison.page.text))
    #expect(
      page.texts("h2") == [
        "Summary", "Only B is right", "Only A is right", "Classes", "Curves", "Provenance of A", "Provenance of B",
      ])
    #expect(page.texts("strong") == [comparison.sentence])
    #expect(page.all("img").count == comparison.lost.count + comparison.won.count)
    #expect(page.texts("p").contains { $0.hasPrefix("A is <one>: recipe custom, data digits") })
    // Confusion, ROC and reliability of each; a model file has no epochs.
    #expect(page.all("svg").count == 6)
    #expect(page.texts("td").contains(Quantity.grouped(comparison.paired.bothRight)))
    #expect(comparison.page.text == comparison.page.text)
  }
}
