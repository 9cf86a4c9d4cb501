import Foundation
import NumeralData
import NumeralFetch
import NumeralWorkbench
import NumeralModels

/// `numeral data fetch`: gets a dataset by its name.
struct DataFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetch a published dataset into the user's cache, and check it",
    discussion: [
      "An existing file is checked and not fetched again. Contents are compared with the SHA-256 of the published "
        + "files (mnist), with the checksums of the publisher (fashion-mnist), or with the first download (kmnist, "
        + "emnist-digits). An interrupted download continues where it stopped. Proxies are taken from the variables "
        + "http_proxy, https_proxy and no_proxy."
    ],
    examples: [
      .init(line: "numeral data fetch mnist", effect: "Fetch MNIST; 'train' then finds it by its name."),
      .init(
        line: "numeral data fetch emnist-digits --yes", effect: "Fetch an archive of half a gigabyte without asking."),
      .init(
        line: "numeral data fetch mnist --mirror https://example.org/mnist/", effect: "Fetch from a server of your own."
      ),
    ],
    exitCodes: [.data, .unavailable, .cannotCreate, .interrupted, .terminated])

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
    reading: .wholeNumber(in: 1...3600), help: "Give up on a server after so many seconds without a byte")
  var timeout: Int = 30

  /// True to fetch without asking.
  @Flag(short: "y", help: "Fetch large archives without asking")
  var yes: Bool

  /// True to replace wrong files.
  @Flag(help: "Replace existing files whose contents are wrong")
  var force: Bool

  @OptionGroup var format: FormatOptions

  func run(_ context: CommandContext) throws {
    let dataset = dataset
    let cache = KnownDataset.cacheFolder(environment: context.environment)
    let record = cache.map { "\($0)/\(dataset.rawValue).sha256" }
    var folder = cache.map { "\($0)/\(dataset.rawValue)" }
    // Where $NUMERAL_DATA holds it already, nothing is fetched.
    for place in dataset.folders(environment: context.environment) where isFolder(place) {
      folder = place
      break
    }
    guard let folder else { throw FetchError.noFolder }
    let view = FetchView(context, isQuiet: format.json)
    let fetcher = DatasetFetcher(
      dataset.publication, folder: folder, recordPath: record, mirrors: mirror, patience: timeout,
      replacing: force, userAgent: "numeral/\(Version.number)", observer: view.observe)
    if let archive = dataset.publication.archive, try !fetcher.isComplete() {
      try confirm(archive, context)
    }
    let report = try report(of: fetcher, view, context)
    if format.json {
      try context.output.line(report.json(dataset: dataset).text)
    } else {
      for line in report.lines(dataset: dataset) { try context.output.line(line) }
    }
  }

  private func report(
    of fetcher: DatasetFetcher, _ view: FetchView, _ context: CommandContext
  ) throws -> DatasetFetcher.Report {
    defer { view.finish() }
    do {
      return try fetcher.fetch()
    } catch {
      view.finish()
      // A signal has an exit code of its own.
      try context.checkCancellation()
      throw error
    }
  }

  private func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// Half a gigabyte is asked about first.
  private func confirm(_ archive: PublishedArchive, _ context: CommandContext) throws {
    if yes { return }
    let size = "\(archive.approximateLength / 1_000_000) MB"
    let what = "\(dataset.rawValue) is in one archive of about \(size), of which only the digits are kept"
    guard isatty(STDIN_FILENO) == 1, context.errorStyle.isTerminal else {
      throw CommandFailure(.usage, "\(what); say --yes to fetch it")
    }
    try context.errors.write("\(what). Fetch it? [y/N] ")
    let answer = readLine()?.lowercased() ?? ""
    guard answer == "y" || answer == "yes" else { throw CommandFailure(.usage, "nothing was fetched") }
  }
}

extension DatasetFetcher.Report {
  /// What is said at the end.
  fileprivate func lines(dataset: KnownDataset) -> [String] {
    var lines = files.map { file in
      "\(file.name)  \(file.sha256)  \(file.wasThere ? "was there" : "fetched"), \(file.proof.text)"
    }
    if files.contains(where: { $0.proof == .shapeOnly }) {
      lines.append(
        "No checksum of these files is published, so only their shapes were checked. Their SHA-256 is recorded and "
          + "compared from now on.")
    }
    lines.append("\(dataset.rawValue) is in \(folder)\(received > 0 ? "" : ", nothing was fetched")")
    return lines
  }

  fileprivate func json(dataset: KnownDataset) -> JSONValue {
    .object([
      ("dataset", .string(dataset.rawValue)), ("folder", .string(folder)), ("received", .integer(received)),
      (
        "files",
        .array(
          files.map { file in
            .object([
              ("name", .string(file.name)), ("sha256", .string(file.sha256)), ("proof", .string(file.proof.word)),
              ("wasThere", .bool(file.wasThere)),
            ])
          })
      ),
    ])
  }
}

extension CheckedFile.Proof {
  /// How a file is known to be right, in a word for programs.
  var word: String {
    switch self {
    case .sha256: "sha256"
    case .publishedMD5: "publishedMD5"
    case .recorded: "recorded"
    case .shapeOnly: "shapeOnly"
    }
  }

  /// How a file is known to be right, for people.
  var text: String {
    switch self {
    case .sha256: "the published contents"
    case .publishedMD5: "the publisher's checksum"
    case .recorded: "the same as the first download"
    case .shapeOnly: "only its shape was checked"
    }
  }
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
