public import Foundation

#if canImport(FoundationXML)
  public import FoundationXML
#endif

/// What an XML parser sees in a text.
public final class XMLContents: NSObject, XMLParserDelegate {
  /// An element with its attributes.
  public struct Element {
    /// Its name.
    public var name: String
    /// Its attributes.
    public var attributes: [String: String]
    /// What stands directly inside it, but for white space between elements.
    public var text = ""
  }

  /// Every element in order of its start.
  public private(set) var elements: [Element] = []
  private var open: [Int] = []

  /// Reads a text; nil if it is not well formed.
  public init?(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    guard parser.parse() else { return nil }
  }

  /// The elements of a name.
  public func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// The texts of the elements of a name.
  public func texts(_ name: String) -> [String] { all(name).map(\.text) }

  /// An element begins.
  public func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes))
  }

  /// An element ends.
  public func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }

  /// There is text.
  public func parser(_ parser: XMLParser, foundCharacters string: String) {
    if let last = open.last, string != "\n" { elements[last].text += string }
  }
}
