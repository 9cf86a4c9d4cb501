import NumeralWorkbench

/// Some of the recipes, in the order of the list of all, each once.
struct RecipeSelection {
  /// The recipes.
  var recipes: [Recipe]
}

extension ValueReader<RecipeSelection> {
  /// Names, separated by commas.
  static var recipes: ValueReader {
    ValueReader(
      expected: "names separated by commas, of \(KnownNames.publishedRecipes.listed(with: "and"))",
      placeholder: "RECIPE,...", completion: .values(KnownNames.publishedRecipes),
      read: { text in
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard names.allSatisfy({ KnownNames.publishedRecipes.contains($0) }) else { return nil }
        return RecipeSelection(recipes: Recipe.all.filter { names.contains($0.name) })
      })
  }
}
