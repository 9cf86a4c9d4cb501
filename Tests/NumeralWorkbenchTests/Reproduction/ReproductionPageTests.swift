import Foundation
import Numeral
import NumeralData
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The page, made of the five recipes trained for a moment on the built-in digits.
@Suite struct ReproductionPageTests {
  private let place: TemporaryFolder
  private let data: RunData

  init() throws {
    place = try TemporaryFolder()
    data = RunData(source: "digits", dataset: try DataSource("digits", environment: [:]).load())
  }

  private func entry(_ recipe: Recipe) throws -> ReproductionSummary.Entry {
    var setup = recipe.setup
    setup.training.epochs = 2
    setup.parts.perClass = 40
    setup.parts.test = .officialOr(fraction: 0.2)
    let experiment = Experiment(recipe: recipe.name, setup: setup, seed: 1, threads: 2, kernels: .preferred)
    let result = try experiment.prepare(data.dataset).run(dataHash: data.hash) { _ in .proceed }
    for file in SavedRunTests.record(result).files { try place.write(file.bytes, to: "\(recipe.name)/\(file.name)") }
    let reproduction = Reproduction(recipe, result, histories: [result.outcome.history])
    return .init(reproduction: reproduction, path: "\(place.path)/\(recipe.name)", data: data)
  }

  private func summary(
    _ recipes: [Recipe], missing: [ReproductionSummary.Missing] = []
  ) throws -> ReproductionSummary {
    ReproductionSummary(
      entries: try recipes.map(entry), missing: missing, seed: 1, threads: 2, kernels: "avx2", seconds: 3)
  }

  @Test("A page of all five systems is well formed, has a section for each, and stays under 3 MB")
  func whole() throws {
    let page = try summary(Recipe.publishedSystems).page()
    #expect(page.sections.map(\.id) == ["figures"] + Recipe.publishedSystems.map(\.name))
    let text = page.text
    #expect(text.utf8.count < 3_000_000)
    #expect(XMLParser(data: Data(page.bytes)).parse())
    #expect(!text.contains("<script") && !text.contains("http-equiv=\"refresh\""))
    // Of sigmoid's ten classes, the four outcomes in both parts.
    for outcome in ["true positives", "false positives", "false negatives", "true negatives"] {
      #expect(text.components(separatedBy: "\(outcome)<").count > 20)
    }
    #expect(text.components(separatedBy: "<details").count == 21)
    #expect(text.components(separatedBy: "aria-label=\"ROC: one class against the rest\"").count == 3)
    #expect(text.contains("<td class=\"number\">42.23 %</td>"))
    #expect(text.contains("weighted average"))
  }

  @Test("What could not be trained is named on the page, and markup in it stays text")
  func missing() throws {
    let missing = ReproductionSummary.Missing(
      recipes: [Recipe.publishedSystems[1]], source: "mnist", reason: "looked in <b>&; set it")
    let text = try summary([Recipe.publishedSystems[4]], missing: [missing]).page().text
    #expect(text.contains("not trained: tiny: looked in &lt;b&gt;&amp;; set it"))
    #expect(!text.contains("<b>"))
  }

  @Test("The verdict names what is reached, or what is not")
  func verdict() throws {
    #expect(try summary([]).verdict == "No figure was published to compare with.")
    #expect(try summary([]).isMet == nil)
    let poor = try summary([Recipe.publishedSystems[0], Recipe.publishedSystems[3]])
    #expect(poor.isMet == false && poor.verdict == "Not reached: the published accuracy of sigmoid.")
    #expect(poor.setting == "seed 1, 2 threads (avx2)")
  }

  @Test("The summary event names what was trained, what is missing and why")
  func json() throws {
    let missing = ReproductionSummary.Missing(
      recipes: [Recipe.publishedSystems[1]], source: "mnist", reason: "not there")
    #expect(
      try summary([Recipe.publishedSystems[0]], missing: [missing]).json(page: "x.html").text
        == #"{"event":"summary","seed":1,"trained":["two-hidden"],"#
        + #""missing":[{"recipe":"tiny","data":"mnist","message":"not there"}],"#
        + #""met":null,"seconds":3.0,"page":"x.html"}"#
    )
  }
}
