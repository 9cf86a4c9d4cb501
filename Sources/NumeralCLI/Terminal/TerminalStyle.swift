#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What can be shown where text goes: how wide, in which colours, with which characters.
struct TerminalStyle: Equatable, Sendable {
  /// How many colours there are.
  enum Colors: Int, Equatable, Sendable {
    /// None: the text stays plain.
    case none
    /// The 256 colours of xterm.
    case indexed
    /// Red, green and blue of 8 bits each.
    case full
  }

  /// True if a person looks at it, so that lines may be rewritten.
  var isTerminal: Bool
  /// Characters in a line.
  var width: Int
  /// How many colours there are.
  var colors: Colors
  /// True if block characters can be shown.
  var hasBlocks: Bool

  /// The width where there is no terminal.
  static let standardWidth = 80
  /// A file or a pipe: no colours, ASCII only.
  static let plain = TerminalStyle(isTerminal: false, width: standardWidth, colors: .none, hasBlocks: false)

  /// Creates a style from its parts.
  init(isTerminal: Bool, width: Int, colors: Colors, hasBlocks: Bool) {
    self.isTerminal = isTerminal
    self.width = width
    self.colors = colors
    self.hasBlocks = hasBlocks
  }

  /// Finds out what an open file descriptor can show.
  init(descriptor: Int32, environment: [String: String]) {
    guard isatty(descriptor) == 1 else {
      self = .plain
      return
    }
    var size = winsize()
    let found = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 0
    self.init(terminalOfWidth: found, environment: environment)
  }

  /// Works out the style of a terminal.
  /// - Parameter width: characters in a line as the system says, or 0 if it does not know; then `COLUMNS` counts.
  init(terminalOfWidth width: Int, environment: [String: String]) {
    isTerminal = true
    let stated = environment["COLUMNS"].flatMap { Int($0) } ?? 0
    self.width = width > 0 ? width : stated > 0 ? stated : Self.standardWidth
    let term = environment["TERM"] ?? "dumb"
    if term == "dumb" {
      isTerminal = false
      colors = .none
      hasBlocks = false
      return
    }
    hasBlocks = Self.isUnicode(environment)
    let mode = environment["COLORTERM"] ?? ""
    if environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false {
      colors = .none
    } else if mode == "truecolor" || mode == "24bit" || term.hasSuffix("-direct") {
      colors = .full
    } else {
      // Every terminal in use that can show colours at all knows xterm's 256.
      colors = term.hasPrefix("vt") ? .none : .indexed
    }
  }

  /// True unless the locale names another character set. No locale, as in a minimal container, counts as Unicode: it
  /// says nothing about the terminal, and terminals use Unicode today.
  private static func isUnicode(_ environment: [String: String]) -> Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    guard let dot = locale.lastIndex(of: ".") else { return true }
    let set = locale[dot...].lowercased()
    return set.hasPrefix(".utf8") || set.hasPrefix(".utf-8")
  }
}
