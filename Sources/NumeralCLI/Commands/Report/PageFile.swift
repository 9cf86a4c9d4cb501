import NumeralWorkbench

/// A page that a command writes. Its file is created before any work, and is complete or absent afterwards.
struct PageFile {
  private let file: OutputFile

  /// Makes sure that the page can be written.
  init(path: String, option: String = "--output") throws(CommandFailure) {
    file = try OutputFile(path: path, option: option)
  }

  /// Writes the page, gives it its name, and returns the line that says so: path and size.
  func write(_ page: Page) throws(CommandFailure) -> String {
    let bytes = page.bytes
    try file.write(bytes)
    return "\(file.path)  \(Self.size(bytes.count))"
  }

  /// `840 kB`, `1.2 MB`.
  private static func size(_ bytes: Int) -> String {
    let kilobytes = Double(bytes) / 1000
    return kilobytes < 999.5
      ? "\(Quantity.fixed(kilobytes, digits: 0)) kB" : "\(Quantity.fixed(kilobytes / 1000, digits: 1)) MB"
  }
}
