/// A command of the driver: a name, then `key=value` words.
struct Command {
  let name: String
  private var values: [String: String] = [:]

  init(_ line: String) {
    let words = line.split(separator: " ")
    name = words.first.map { String($0) } ?? ""
    for word in words.dropFirst() {
      let parts = word.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
    }
  }

  /// The text of a key, or a default.
  func text(_ key: String, default standard: String) -> String { values[key] ?? standard }

  /// The whole number of a key, or a default.
  func integer(_ key: String, default standard: Int) throws(CommandError) -> Int {
    guard let text = values[key] else { return standard }
    guard let value = Int(text) else { throw CommandError("\(key) is \(text), expected a whole number") }
    return value
  }

  /// The whole numbers of a key, separated by commas.
  func integers(_ key: String, default standard: String) throws(CommandError) -> [Int] {
    let words = text(key, default: standard).split(separator: ",")
    let numbers = words.compactMap { Int($0) }
    guard numbers.count == words.count else { throw CommandError("\(key) is not a list of whole numbers") }
    return numbers
  }
}
