import Foundation
import NumeralData
import NumeralFetch
import NumeralWorkbench

/// `numeral data fetch`: gets a dataset by its name.
struct DataFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetch a published dataset into the user's cache, and check it",
    discussion: [
      "A file that is there is checked and not fetched again. Contents are compared with the SHA-256 of the published ones "
        + "(mnist), with the sums that the publisher states (fashion-mnist), or with what came the first time (kmnist, "
        + "emnist-digits). A fetch that broke off goes on where it stopped. Proxies are those of the variables http_proxy, "
        + "https_proxy and no_proxy."
    ],
    examples: [
      .init(line: "numeral data fetch mnist", effect: "Fetch MNIST; 'train' finds it by its name then."),
      .init(
        line: "numeral data fetch emnist-digits --yes", effect: "Fetch an archive of half a gigabyte without asking."),
      .init(
        line: "numeral data fetch mnist --mirror https://example.org/mnist/", effect: "Fetch from a server of your own."
      ),
    ],
    exitCodes: [.data, .unavailable, .cannotCreate, .interrupted, .terminated])

  @OptionGroup var options: DataFetchOptions

  func run(_ context: CommandContext) throws {
    let dataset = options.dataset
    let cache = KnownDataset.cacheFolder(environment: context.environment)
    let record = cache.map { "\($0)/\(dataset.rawValue).sha256" }
    var folder = cache.map { "\($0)/\(dataset.rawValue)" }
    // Where $NUMERAL_DATA holds it already, nothing is fetched.
    for place in dataset.folders(environment: context.environment) where isFolder(place) {
      folder = place
      break
    }
    guard let folder else { throw FetchError.noFolder }
    let view = FetchView(context, isQuiet: options.format.json)
    let fetcher = DatasetFetcher(
      dataset.publication, folder: folder, recordPath: record, mirrors: options.mirror, patience: options.timeout,
      replacing: options.force, userAgent: "numeral/\(Version.number)", observer: view.observe)
    if let archive = dataset.publication.archive, try !fetcher.isComplete() {
      try confirm(archive, context)
    }
    let report = try report(of: fetcher, view, context)
    if options.format.json {
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
    if options.yes { return }
    let size = "\(archive.approximateLength / 1_000_000) MB"
    let what = "\(options.dataset.rawValue) lies in one archive of about \(size), of which only the digits are kept"
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
        "No sum of these contents is published: what came is known by its shape only. Its SHA-256 is recorded and compared "
          + "from now on.")
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
    case .publishedMD5: "the sum that the publisher states"
    case .recorded: "as it first came"
    case .shapeOnly: "of the right shape"
    }
  }
}
