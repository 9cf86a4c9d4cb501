extension String {
  /// The text in quotes, fit for one line of a message: control characters escaped, and no longer than 60 characters.
  var quoted: String {
    var result = ""
    for scalar in unicodeScalars.prefix(60) {
      let isControl = scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
      result += isControl ? "\\u{" + String(scalar.value, radix: 16) + "}" : String(scalar)
    }
    return "'\(result)\(unicodeScalars.count > 60 ? "…" : "")'"
  }
}
