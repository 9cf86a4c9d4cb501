/// The declarations of an ARFF file: everything before its rows.
struct ARFFHeader {
  /// One declared column.
  struct Attribute: Equatable {
    /// The line of the declaration.
    let line: Int
    /// Its name, without quotes.
    let name: String
    /// Its type as written: `numeric`, `{0,1}`.
    let type: String
  }

  /// The columns, in order.
  private(set) var attributes: [Attribute] = []
  /// The line of `@data`.
  private(set) var dataLine = 0

  /// Reads up to the line `@data`. Afterwards `lines` continues with the line that follows it.
  init(reading lines: inout TableLines) throws(ARFFFault) {
    while let line = lines.next() {
      let text = Substring(decoding: line.bytes, as: UTF8.self).drop(while: \.isBlank)
      if text.isEmpty || text.hasPrefix("%") { continue }
      let keyword = text.prefix { !$0.isBlank }
      switch keyword.lowercased() {
      case "@relation":
        continue
      case "@attribute":
        guard attributes.count < TableLayout.mostColumns else {
          throw .tooManyAttributes(line: line.number, most: TableLayout.mostColumns)
        }
        attributes.append(try ARFFHeader.attribute(text.dropFirst(keyword.count), line: line.number))
      case "@data":
        guard !attributes.isEmpty else { throw .noAttributes }
        dataLine = line.number
        return
      default:
        throw .declaration(line: line.number, found: String(keyword.prefix(20)))
      }
    }
    throw .noData
  }

  /// Returns the column of the label: the one that the caller gives, or the attribute called `class` or `label`.
  ///
  /// - Throws: ``ARFFFault`` if an attribute has the wrong type for a label or a pixel.
  func labelColumn(_ label: LabelPosition?) throws(ARFFFault) -> Int? {
    let named = attributes.firstIndex { CSVFile.labelNames.contains($0.name.lowercased()) }
    let labelColumn = label.map { $0.column(of: attributes.count) } ?? named
    for (column, attribute) in attributes.enumerated() {
      let isNumber = ["numeric", "real", "integer"].contains(attribute.type.lowercased())
      if column == labelColumn {
        guard isNumber || attribute.listsDigits else {
          throw .labelType(line: attribute.line, name: attribute.name, found: attribute.shownType)
        }
      } else if !isNumber {
        throw .pixelType(line: attribute.line, name: attribute.name, found: attribute.shownType)
      }
    }
    return labelColumn
  }

  /// Reads a name, which may be quoted, and a type.
  private static func attribute(_ text: Substring, line: Int) throws(ARFFFault) -> Attribute {
    var rest = text.drop(while: \.isBlank)
    let name: Substring
    if let quote = rest.first, quote == "'" || quote == "\"" {
      rest = rest.dropFirst()
      guard let end = rest.firstIndex(of: quote) else { throw .attribute(line: line) }
      name = rest[..<end]
      rest = rest[end...].dropFirst()
    } else {
      name = rest.prefix { !$0.isBlank && $0 != "{" }
      rest = rest.dropFirst(name.count)
    }
    let type = rest.trimmingBlanks
    guard !name.isEmpty, !type.isEmpty else { throw .attribute(line: line) }
    return Attribute(line: line, name: String(name), type: String(type))
  }
}

extension ARFFHeader.Attribute {
  /// True for a list of values in braces if all values are digits.
  fileprivate var listsDigits: Bool {
    guard type.hasPrefix("{"), type.hasSuffix("}") else { return false }
    return type.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false).allSatisfy { value in
      DigitClasses.names.contains(String(value.trimmingBlanks.filter { $0 != "'" && $0 != "\"" }))
    }
  }

  /// The type as an error message shows it: at most 40 letters.
  fileprivate var shownType: String { type.count > 40 ? type.prefix(40) + "…" : type }
}

extension Character {
  fileprivate var isBlank: Bool { self == " " || self == "\t" }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    let start = drop(while: \.isBlank)
    return start.lastIndex { !$0.isBlank }.map { start[...$0] } ?? ""
  }
}
