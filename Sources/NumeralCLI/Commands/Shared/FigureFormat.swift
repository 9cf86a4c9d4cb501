import NumeralRendering
import NumeralWorkbench

/// The formats that a figure can have, known by the ending of the file's name.
enum FigureFormat: String, CaseIterable {
  case svg
  case png
  case pdf

  /// The format of a file.
  ///
  /// - Throws: `CommandFailure` with exit code 64.
  init(path: String) throws(CommandFailure) {
    // A name that starts with a point is hidden; what follows is no ending.
    let name = (path.split(separator: "/").last ?? "").drop { $0 == "." }
    let ending = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last.map(String.init)
    guard let format = ending.flatMap({ FigureFormat(rawValue: $0.lowercased()) }) else {
      let endings = Self.allCases.map { ".\($0.rawValue)" }.listed(with: "or")
      throw CommandFailure(
        .usage,
        "\(path): the name " + (ending.map { "ends in .\($0)" } ?? "has no ending") + ", expected \(endings)")
    }
    self = format
  }

  /// An image in this format.
  func bytes(of svg: String, dpi: Int) throws(RasterizerError) -> [UInt8] {
    switch self {
    case .svg: Array(svg.utf8)
    case .png: try Rasterizer.png(svg, dpi: dpi)
    case .pdf: try Rasterizer.pdf(svg)
    }
  }
}
