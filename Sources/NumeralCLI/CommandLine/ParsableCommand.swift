/// A struct whose wrapped properties the parser fills.
protocol ParsableArguments {
  /// Creates it with nothing filled.
  init()
  /// Refuses values that do not go together.
  func validate() throws(UsageError)
}

extension ParsableArguments {
  func validate() throws(UsageError) {}
}

/// A command: its place in the table, its properties, and what it does.
protocol ParsableCommand: ParsableArguments, SendableMetatype {
  /// Name, texts and subcommands.
  static var configuration: CommandConfiguration { get }
  /// Does the work; what it throws becomes an exit code and a sentence (see `CommandFailure`).
  func run(_ context: CommandContext) throws
}

/// The name and the texts of a command.
struct CommandConfiguration: Sendable {
  /// A line to try, and what it does.
  struct Example: Equatable, Sendable {
    /// The command line.
    var line: String
    /// What it does.
    var effect: String
  }

  /// Words with what they mean.
  struct Listing: Equatable, Sendable {
    /// A word and its meaning.
    struct Row: Equatable, Sendable {
      /// The word.
      var word: String
      /// What it means, without a full stop.
      var meaning: String

      /// Creates a row.
      init(_ word: String, _ meaning: String) {
        self.word = word
        self.meaning = meaning
      }
    }

    /// What the words are.
    var title: String
    /// The words.
    var rows: [Row]
  }

  /// The word that calls the command.
  var commandName: String
  /// What it does, in one sentence without a full stop.
  var abstract: String
  /// More about it, in paragraphs.
  var discussion: [String] = []
  /// Lines to try.
  var examples: [Example] = []
  /// The exit codes that it can end with, besides 0, 64, 70 and 74.
  var exitCodes: [ExitCode] = []
  /// The commands below it.
  var subcommands: [any ParsableCommand.Type] = []
  /// The words that an argument can be, with their meanings, if they need an explanation.
  var listing: Listing?
}
