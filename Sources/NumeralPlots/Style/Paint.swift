/// The purpose of a mark's colour. All colours of all plots are in this file.
///
/// Up to four series have colours of M. Okabe and K. Ito, 2008, *Color Universal Design*
/// (https://jfly.uni-koeln.de/color/). People with any kind of colour vision can distinguish them.
/// `Scripts/reference/class_colors.py` computes the ten class colours and names its sources. The contrast to the
/// background is at least 4.5 for text and at least 3 for lines and marks (WCAG 2.2, 1.4.3 and 1.4.11). A test checks
/// this.
enum Paint: Hashable {
  /// The background of the whole plot.
  case background
  /// Titles and numbers.
  case ink
  /// Axis titles, tick labels, notes.
  case muted
  /// Grid lines, and cells without a count.
  case grid
  /// Axes, chance lines and other references.
  case reference
  /// One of up to four series.
  case series(Int)
  /// One of ten classes.
  case category(Int)
  /// A step of the ramp for right predictions, from 0.
  case correct(Int)
  /// A step of the ramp for errors, from 0.
  case error(Int)
  /// The text on a step of the ramp for right predictions.
  case onCorrect(Int)
  /// The text on a step of the ramp for errors.
  case onError(Int)
  /// The frame and the sign of a right prediction.
  case right
  /// The frame and the sign of a wrong prediction.
  case wrong

  /// The number of steps of each ramp.
  static let rampSteps = 8
  /// The number of series with different colours.
  static let seriesCount = 4
  /// The number of classes with different colours. Further classes use the same colours again.
  static let categoryCount = 10

  /// The colours of positive and negative weights. They are drawn with an opacity and suit a light and a dark
  /// background.
  static let positive = Color(0x2E86D1)
  static let negative = Color(0xD9631E)

  /// Returns the paint of a series. Its colour depends on the number of series.
  static func forSeries(_ index: Int, of count: Int) -> Paint {
    count <= seriesCount ? .series(index) : .category(index % categoryCount)
  }

  /// The name in the style sheet.
  var name: String {
    switch self {
    case .background: "ground"
    case .ink: "ink"
    case .muted: "muted"
    case .grid: "grid"
    case .reference: "reference"
    case .series(let index): "series\(index)"
    case .category(let index): "class\(index)"
    case .correct(let step): "correct\(step)"
    case .error(let step): "error\(step)"
    case .onCorrect(let step): "on-correct\(step)"
    case .onError(let step): "on-error\(step)"
    case .right: "right"
    case .wrong: "wrong"
    }
  }

  /// Returns the colour on a light or a dark background.
  func color(isDark: Bool) -> Color {
    switch self {
    case .background: Color(isDark ? 0x14171C : 0xFFFFFF)
    case .ink: Color(isDark ? 0xECEEF1 : 0x1A1D21)
    case .muted: Color(isDark ? 0xA7AFB9 : 0x59616B)
    case .grid: Color(isDark ? 0x2B3138 : 0xE4E7EB)
    case .reference: Color(isDark ? 0x7C8590 : 0x838B95)
    case .series(let index): Color((isDark ? Paint.darkSeries : Paint.lightSeries)[index])
    case .category(let index): Color((isDark ? Paint.darkCategories : Paint.lightCategories)[index])
    case .correct(let step):
      Paint.ramp(to: Color(isDark ? 0x56B4E9 : 0x0072B2), step: step, from: 0.06, to: 0.42, isDark: isDark)
    case .error(let step):
      Paint.ramp(to: Color(isDark ? 0xFFA24D : 0xC44E00), step: step, from: 0.12, to: 1, isDark: isDark)
    case .onCorrect(let step): Paint.correct(step).color(isDark: isDark).readable
    case .onError(let step): Paint.error(step).color(isDark: isDark).readable
    case .right: Color(isDark ? 0x56B4E9 : 0x0072B2)
    case .wrong: Color(isDark ? 0xFF8A3D : 0xC44E00)
    }
  }

  // Blue, vermilion, bluish green, reddish purple; on a dark background sky blue, orange, bluish green, reddish purple.
  // On white, Okabe and Ito's reddish purple is darkened by a tenth.
  private static let lightSeries = [0x0072B2, 0xD55E00, 0x009E73, 0xB86D96]
  private static let darkSeries = [0x56B4E9, 0xE69F00, 0x009E73, 0xCC79A7]

  private static let lightCategories = [
    0x3B8AE3, 0xFE5F00, 0xB51800, 0x689889, 0x832DB6, 0x9E6359, 0xC94A00, 0x6CA154, 0x6E778E, 0x6699C0,
  ]
  private static let darkCategories = [
    0x4490EF, 0xFFBC0D, 0xBA3221, 0x81ADC9, 0x8B3EC2, 0x9C847D, 0xE25E00, 0xD7A474, 0x706279, 0x91DBDE,
  ]

  private static func ramp(to color: Color, step: Int, from least: Double, to most: Double, isDark: Bool) -> Color {
    let share = least + (most - least) * Double(step) / Double(rampSteps - 1)
    return Paint.background.color(isDark: isDark).mixed(with: color, share: share)
  }
}

extension Color {
  /// Black or white, the one with the better contrast to this colour. The contrast is always at least 4.58.
  fileprivate var readable: Color {
    let (black, white) = (Color(0x000000), Color(0xFFFFFF))
    return contrast(to: black) > contrast(to: white) ? black : white
  }
}
