import NumeralData
import NumeralWorkbench
import NumeralModels

/// The data of some recipes, as far as it is there.
struct ReproductionData {
  /// A recipe with its data.
  struct Entry {
    let recipe: Recipe
    let loaded: LoadedData
    let data: RunData
  }

  /// The recipes that can be trained, in their order.
  let entries: [Entry]
  /// Those that cannot.
  let missing: [ReproductionSummary.Missing]

  /// Reads what is there, each dataset once.
  ///
  /// - Parameter mustHaveAll: Whether missing data is an error even if other recipes have theirs.
  init(_ recipes: [Recipe], mustHaveAll: Bool, environment: [String: String]) throws {
    var entries: [Entry] = []
    var missing: [ReproductionSummary.Missing] = []
    var reason: DataError?
    var sources: [String] = []
    for recipe in recipes where !sources.contains(recipe.data) { sources.append(recipe.data) }
    for source in sources {
      let users = recipes.filter { $0.data == source }
      do {
        let loaded = try LoadedData(source, label: nil, environment: environment)
        let data = RunData(source: source, dataset: loaded.dataset)
        entries += users.map { Entry(recipe: $0, loaded: loaded, data: data) }
      } catch let error as DataError where error.kind == .noInput && !mustHaveAll {
        missing.append(.init(recipes: users, source: source, reason: error.sentence))
        reason = error
      }
    }
    if entries.isEmpty, let reason { throw reason }
    self.entries = recipes.compactMap { recipe in entries.first { $0.recipe.name == recipe.name } }
    self.missing = missing
  }
}
