import NumeralData

/// What `numeral data fetch` is told.
struct DataFetchOptions: ParsableArguments {
  /// The dataset.
  @Argument(
    reading: .oneOf(placeholder: "NAME"), help: "The dataset: mnist, fashion-mnist, kmnist or emnist-digits")
  var dataset: KnownDataset

  /// Folders on the web in place of those that are known.
  @Option(
    reading: .webFolder, help: "A folder on the web that holds the files; several are tried in turn",
    default: "those of the publishers and known mirrors")
  var mirror: [String]

  /// Seconds without a byte.
  @Option(
    reading: .wholeNumber(in: 1...3600), help: "Seconds without a byte after which a server is given up")
  var timeout: Int = 30

  /// True to fetch without asking.
  @Flag(short: "y", help: "Fetch large archives without asking")
  var yes: Bool

  /// True to replace wrong files.
  @Flag(help: "Replace files that are there and wrong")
  var force: Bool

  @OptionGroup var format: FormatOptions
}

extension ValueReader<String> {
  /// The address of a folder on the web.
  static var webFolder: ValueReader {
    ValueReader(
      expected: "an address that starts with http:// or https://", placeholder: "URL",
      read: { text in
        let lower = text.lowercased()
        let isAddress = lower.hasPrefix("http://") || lower.hasPrefix("https://")
        // A blank or a control character would end the line of a request or of a note.
        return isAddress && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? text : nil
      })
  }
}
