import Foundation
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct RecipesCommandTests {
  @Test("The text shows every recipe's settings, and no line is wider than 80 characters")
  func text() throws {
    let result = try Workplace().run("recipes")
    #expect(result.exitCode == 0 && result.standardError.isEmpty)
    for recipe in Recipe.all { #expect(result.lines.contains { $0.hasPrefix(recipe.name + " ") }) }
    #expect(
      result.lines.contains { $0.hasPrefix("tiny          10-classes, relu       full batch, rate 0.1, 500 epochs") })
    #expect(result.standardOutput.contains("Tells `predict` which images show no digit. Data:"))
    #expect(result.standardOutput.contains("Published result: 88.5 % train, 86.8 % test."))
    #expect(result.lines.allSatisfy { $0.count <= 80 })
    #expect(!result.standardOutput.contains("e-0"))
  }

  @Test("There is one object for each recipe, with these keys in this order")
  func json() throws {
    let objects = try Workplace().run("recipes", "--json").objects()
    #expect(objects.map { $0["recipe"]?.asString } == Recipe.all.map(\.name))
    for json in objects {
      #expect(
        json.asObject?.map(\.key) == [
          "recipe", "summary", "published", "data", "body", "hidden", "activation", "training", "parts",
        ])
    }
  }
}
