extension HTML {
  /// The elements that pages are made of. Those that run programs or fetch things are not among them.
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

    /// True for an element that a reader of the source finds on lines of its own.
    private var isBlock: Bool {
      switch self {
      case .a, .br, .code, .em, .img, .small, .span, .strong, .td, .th, .dt, .dd, .summary, .figcaption: false
      default: true
      }
    }

    /// True for a block that is one line long: nothing but text is in it.
    private var isLine: Bool {
      switch self {
      case .caption, .h1, .h2, .h3, .h4, .li, .p, .style, .title, .tr: true
      default: false
      }
    }

    /// What follows the start of the element.
    var beginning: String { isBlock && !isLine ? "\n" : "" }
    /// What follows the element.
    var ending: String { isBlock ? "\n" : "" }
  }

  /// An attribute of an element. There is none that holds a program or an address outside the page.
  public struct Attribute: Sendable, Hashable {
    let name: String
    let value: String

    init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }

    /// What the style sheet knows it by.
    public static func `class`(_ names: String) -> Attribute { Attribute("class", names) }
    /// What a link inside the page leads to.
    public static func id(_ name: String) -> Attribute { Attribute("id", name) }
    /// A link to the element of the page that has this ``id(_:)``.
    public static func link(to id: String) -> Attribute { Attribute("href", "#" + id) }
    /// The id of the element that names this one.
    public static func labelled(by id: String) -> Attribute { Attribute("aria-labelledby", id) }
    /// The name of an element that has none to be seen.
    public static func label(_ text: String) -> Attribute { Attribute("aria-label", text) }
    /// An element that only repeats for the eye what is said elsewhere.
    public static var decorative: Attribute { Attribute("aria-hidden", "true") }
    /// What an element is for those who cannot see it.
    public static func role(_ name: String) -> Attribute { Attribute("role", name) }
    /// A `details` element that shows what is in it.
    public static var open: Attribute { Attribute("open", "open") }
    /// What a header cell is the header of: `col` or `row`.
    public static func scope(_ name: String) -> Attribute { Attribute("scope", name) }
    /// How many columns a cell takes.
    public static func columns(_ count: Int) -> Attribute { Attribute("colspan", String(count)) }
    /// Lets the keyboard reach an element, so that what is wider than the screen can be scrolled.
    public static var focusable: Attribute { Attribute("tabindex", "0") }
  }
}
