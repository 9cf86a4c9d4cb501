extension HTML {
  /// The elements that pages are made of. Elements that run programs or fetch things are left out.
  public enum Tag: String, Sendable {
    case a, article, aside, body, br, caption, code, dd, details, div, dl, dt, em, figcaption, figure, footer, h1, h2,
      h3,
      h4, head, header, html, img, li, main, meta, nav, ol, p, section, small, span, strong, style, summary, table,
      tbody,
      td, tfoot, th, thead, title, tr, ul

    /// True for an element that holds nothing and has no end.
    var isVoid: Bool {
      switch self {
      case .br, .img, .meta: true
      default: false
      }
    }

    /// True for an element that starts on a new line in the source.
    private var isBlock: Bool {
      switch self {
      case .a, .br, .code, .em, .img, .small, .span, .strong, .td, .th, .dt, .dd, .summary, .figcaption: false
      default: true
      }
    }

    /// True for a block on one line: it contains only text.
    private var isLine: Bool {
      switch self {
      case .caption, .h1, .h2, .h3, .h4, .li, .p, .style, .title, .tr: true
      default: false
      }
    }

    /// The text after the start tag.
    var beginning: String { isBlock && !isLine ? "\n" : "" }
    /// The text after the element.
    var ending: String { isBlock ? "\n" : "" }
  }

  /// An attribute of an element. No attribute can hold a program or an address outside the page.
  public struct Attribute: Sendable, Hashable {
    let name: String
    let value: String

    init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }

    /// The names of its classes in the style sheet.
    public static func `class`(_ names: String) -> Attribute { Attribute("class", names) }
    /// The target of links inside the page.
    public static func id(_ name: String) -> Attribute { Attribute("id", name) }
    /// A link to the element of the page that has this ``id(_:)``.
    public static func link(to id: String) -> Attribute { Attribute("href", "#" + id) }
    /// The id of the element that names this one.
    public static func labelled(by id: String) -> Attribute { Attribute("aria-labelledby", id) }
    /// The name of an element without a visible name.
    public static func label(_ text: String) -> Attribute { Attribute("aria-label", text) }
    /// Hides from screen readers an element that only repeats other content.
    public static var decorative: Attribute { Attribute("aria-hidden", "true") }
    /// The role of an element for screen readers.
    public static func role(_ name: String) -> Attribute { Attribute("role", name) }
    /// A `details` element that shows what is in it.
    public static var open: Attribute { Attribute("open", "open") }
    /// What a header cell is the header of: `col` or `row`.
    public static func scope(_ name: String) -> Attribute { Attribute("scope", name) }
    /// How many columns a cell takes.
    public static func columns(_ count: Int) -> Attribute { Attribute("colspan", String(count)) }
    /// Lets the keyboard focus an element, so that content wider than the screen can be scrolled.
    public static var focusable: Attribute { Attribute("tabindex", "0") }
  }
}
