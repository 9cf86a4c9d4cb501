public import NumeralModels

/// The results of training the published systems again: the figures, and the recipes that could not be trained.
public struct ReproductionSummary: Sendable {
  /// A system, the folder of its run and its data.
  public struct Entry: Sendable {
    /// The figures.
    public let reproduction: Reproduction
    /// The folder of the run.
    public let path: String
    /// What it was trained on.
    public let data: RunData

    /// Creates an entry.
    public init(reproduction: Reproduction, path: String, data: RunData) {
      self.reproduction = reproduction
      self.path = path
      self.data = data
    }
  }

  /// Recipes that were not trained, for one reason.
  public struct Missing: Sendable {
    /// The recipes.
    public let recipes: [Recipe]
    /// The name of their data.
    public let source: String
    /// What is missing, where it was looked for and what to do.
    public let reason: String

    /// Creates an entry.
    public init(recipes: [Recipe], source: String, reason: String) {
      self.recipes = recipes
      self.source = source
      self.reason = reason
    }

    /// One sentence: which recipes, why, what to do.
    public var sentence: String { "not trained: \(recipes.map(\.name).joined(separator: ", ")): \(reason)" }
  }

  /// The systems that were trained.
  public let entries: [Entry]
  /// Those that were not.
  public let missing: [Missing]
  /// The seed.
  public let seed: UInt64
  /// The threads that computed.
  public let threads: Int
  /// The kernels that computed.
  public let kernels: String
  /// How long all of it took.
  public let seconds: Double

  /// Creates a summary.
  public init(
    entries: [Entry], missing: [Missing], seed: UInt64, threads: Int, kernels: String, seconds: Double
  ) {
    self.entries = entries
    self.missing = missing
    self.seed = seed
    self.threads = threads
    self.kernels = kernels
    self.seconds = seconds
  }

  /// True if all published figures are reached, nil if there are none.
  public var isMet: Bool? {
    let all = entries.compactMap(\.reproduction.isMet)
    return all.isEmpty ? nil : all.allSatisfy { $0 }
  }

  /// Whether what was published is reached, in one sentence.
  public var verdict: String {
    let compared = entries.map(\.reproduction).filter { $0.isMet != nil }
    let failed = compared.filter { $0.isMet == false }.map(\.recipe.name)
    if compared.isEmpty { return "No figure was published to compare with." }
    if !failed.isEmpty { return "Not reached: the published accuracy of \(failed.joined(separator: ", "))." }
    return "Every published accuracy is reached: \(compared.map(\.recipe.name).joined(separator: ", "))."
  }

  /// Seed, threads and kernels: `seed 1, 2 threads (avx512)`.
  public var setting: String { "seed \(seed), \(Quantity.count(threads, "thread")) (\(kernels))" }

  /// What the times mean, in one sentence.
  public var timeNote: String {
    "Times are for training only; none is published. All recipes took \(Quantity.duration(seconds))."
  }

  /// The `summary` event of `numeral reproduce --json`.
  ///
  /// - Parameter page: The path of the page, or nil.
  package func json(page: String?) -> JSONValue {
    let missing: [JSONValue] = missing.flatMap { missing in
      missing.recipes.map { recipe in
        ["recipe": .string(recipe.name), "data": .string(missing.source), "message": .string(missing.reason)]
      }
    }
    return [
      "event": "summary", "seed": JSONValue(seed),
      "trained": .array(entries.map { .string($0.reproduction.recipe.name) }), "missing": .array(missing),
      "met": isMet.map { .bool($0) } ?? nil, "seconds": .number(seconds), "page": JSONValue(page),
    ]
  }
}

extension Reproduction {
  /// The settings that are ours, and what else a reader of the figures should know, in sentences.
  public var notes: [String] {
    let unstated = recipe.published.unstated.map { "Not stated by the authors, so our own: \($0)." }
    return [unstated, recipe.published.remark].compactMap { $0 }
  }

  /// What the published accuracies during training mean, in one sentence.
  public static let progressNote =
    "Each seed starts from other weights, so its accuracies differ; the published column is one training, not a goal."
}
