import NumeralFiles

/// A piece of a page. All input is text or the value of an attribute, and it is escaped: text can never become markup.
///
/// ```swift
/// HTML(.p, .class("note")) {
///   "read from "
///   HTML(.code) { path }
/// }
/// ```
///
/// The result is HTML that is also well-formed XML, so any XML parser can check a page.
public struct HTML: Sendable, Hashable {
  /// The finished text.
  let markup: String

  /// An element.
  ///
  /// - Parameters:
  ///   - tag: The element's name.
  ///   - attributes: Its attributes, each name once.
  ///   - content: What is inside.
  /// - Precondition: An element that cannot hold anything, such as `img`, has no content.
  public init(_ tag: Tag, _ attributes: Attribute..., @HTMLBuilder content: () -> [HTML] = { [] }) {
    self.init(tag, attributes, content())
  }

  /// An element whose attributes and content are lists.
  public init(_ tag: Tag, _ attributes: [Attribute], _ content: [HTML] = []) {
    precondition(!tag.isVoid || content.isEmpty, "<\(tag.rawValue)> holds nothing")
    precondition(Set(attributes.map(\.name)).count == attributes.count, "an attribute is given once")
    var text = "<" + tag.rawValue
    for attribute in attributes { text += " \(attribute.name)=\"\(Escaping.markup(attribute.value))\"" }
    if tag.isVoid {
      markup = text + "/>" + tag.ending
    } else {
      text += ">" + tag.beginning
      for part in content { text += part.markup }
      markup = text + "</\(tag.rawValue)>" + tag.ending
    }
  }

  /// Text.
  public init(_ text: String) {
    markup = Escaping.markup(text)
  }

  /// A plot of `NumeralPlots`, which escapes its texts. This is the only way to put markup into a page.
  public init(svg: String) {
    markup = svg
  }

  init(markup: String) {
    self.markup = markup
  }
}

/// Collects the parts of an element as they are written; a string among them is text.
@resultBuilder public enum HTMLBuilder {
  /// Text.
  public static func buildExpression(_ text: String) -> [HTML] { [HTML(text)] }
  /// A part.
  public static func buildExpression(_ part: HTML) -> [HTML] { [part] }
  /// A part that may be missing.
  public static func buildExpression(_ part: HTML?) -> [HTML] { part.map { [$0] } ?? [] }
  /// Parts made elsewhere.
  public static func buildExpression(_ parts: [HTML]) -> [HTML] { parts }
  /// Parts in sequence.
  public static func buildBlock(_ parts: [HTML]...) -> [HTML] { parts.flatMap { $0 } }
  /// Parts under a condition.
  public static func buildOptional(_ part: [HTML]?) -> [HTML] { part ?? [] }
  /// Parts of the first branch.
  public static func buildEither(first part: [HTML]) -> [HTML] { part }
  /// Parts of the second branch.
  public static func buildEither(second part: [HTML]) -> [HTML] { part }
  /// Parts made in a loop.
  public static func buildArray(_ parts: [[HTML]]) -> [HTML] { parts.flatMap { $0 } }
}
