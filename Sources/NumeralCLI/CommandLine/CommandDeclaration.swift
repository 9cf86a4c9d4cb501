/// One command as a row of the table, with all that is below it: what help, manual and completions are made from.
struct CommandDeclaration {
  /// The words that call it: `["numeral", "train"]`.
  let path: [String]
  /// Its texts.
  let configuration: CommandConfiguration
  /// Its positional arguments, in order.
  let arguments: [ArgumentDeclaration]
  /// Its options and flags, `--help` last.
  let options: [ArgumentDeclaration]
  /// The commands below it.
  let subcommands: [CommandDeclaration]

  /// Makes the declaration of a command from its properties.
  init(_ type: any ParsableCommand.Type, under parents: [String] = []) {
    let rows = CommandFields(of: type.init()).rows.map(\.declaration)
    path = parents + [type.configuration.commandName]
    configuration = type.configuration
    arguments = rows.filter { $0.kind == .positional }
    options = rows.filter { $0.kind != .positional } + [.helpFlag]
    subcommands = type.configuration.subcommands.map { [path] in CommandDeclaration($0, under: path) }
  }

  /// The word that calls it.
  var name: String { configuration.commandName }

  /// The whole call: `numeral train`.
  var call: String { path.joined(separator: " ") }

  /// The options that are not hidden.
  var visibleOptions: [ArgumentDeclaration] { options.filter { !$0.isHidden } }

  /// This command and all below it, in the order of the table.
  var all: [CommandDeclaration] { [self] + subcommands.flatMap(\.all) }
}

/// The fillable properties of a command, found by reflection, groups included, in the order of declaration.
struct CommandFields {
  /// One property: its row of the table, and where its value goes.
  struct Row {
    /// Its row of the table.
    let declaration: ArgumentDeclaration
    /// Where its value goes.
    let field: any ArgumentField
  }

  /// The properties.
  private(set) var rows: [Row] = []
  /// The groups that were found; each validates its own options.
  private(set) var groups: [any ParsableArguments] = []

  /// Finds the properties.
  init(of arguments: any ParsableArguments) {
    collect(arguments)
  }

  private mutating func collect(_ arguments: any ParsableArguments) {
    groups.append(arguments)
    for child in Mirror(reflecting: arguments).children {
      if let field = child.value as? any ArgumentField, let label = child.label {
        // The stored property behind `@Option var epochs` is called `_epochs`.
        rows.append(Row(declaration: field.declaration(property: String(label.dropFirst())), field: field))
      } else if let group = child.value as? any ArgumentGroup {
        collect(group.arguments)
      }
    }
  }
}

/// What the reflection sees of an `OptionGroup`.
private protocol ArgumentGroup {
  var arguments: any ParsableArguments { get }
}

extension OptionGroup: ArgumentGroup {
  fileprivate var arguments: any ParsableArguments { wrappedValue }
}
