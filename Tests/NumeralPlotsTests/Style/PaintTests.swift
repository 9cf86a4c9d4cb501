import Testing

@testable import NumeralPlots

@Suite struct PaintTests {
  static let steps = 0..<Paint.rampSteps

  @Test("Contrast ratios are those of WCAG")
  func ratios() {
    #expect(Color(0x000000).contrast(to: Color(0xFFFFFF)) == 21)
    #expect((Color(0x767676).contrast(to: Color(0xFFFFFF)) - 4.54).magnitude < 0.005)
  }

  @Test("Text has a contrast of at least 4.5 to its background", arguments: [false, true])
  func text(isDark: Bool) {
    func contrast(_ paint: Paint, _ ground: Paint) -> Double {
      paint.color(isDark: isDark).contrast(to: ground.color(isDark: isDark))
    }
    #expect(contrast(.ink, .background) >= 7)
    #expect(contrast(.muted, .background) >= 4.5)
    #expect(contrast(.muted, .grid) >= 4.5)
    for step in Self.steps {
      #expect(contrast(.onCorrect(step), .correct(step)) >= 4.5, "\(step)")
      #expect(contrast(.onError(step), .error(step)) >= 4.5, "\(step)")
    }
    // A count inside its bar. The bar lets some of the background through.
    let ground = Paint.background.color(isDark: isDark)
    let bar = ground.mixed(with: Paint.muted.color(isDark: isDark), share: ReliabilityDiagram.countOpacity)
    #expect(ground.contrast(to: bar) >= 4.5)
  }

  @Test("Lines and marks have a contrast of at least 3 to the background", arguments: [false, true])
  func marks(isDark: Bool) {
    let ground = Paint.background.color(isDark: isDark)
    let paints: [Paint] =
      [.reference, .right, .wrong] + (0..<Paint.seriesCount).map { .series($0) }
      + (0..<Paint.categoryCount).map { .category($0) }
    for paint in paints { #expect(paint.color(isDark: isDark).contrast(to: ground) >= 3, "\(paint.name)") }
    for color in [Paint.positive, Paint.negative] { #expect(color.contrast(to: ground) >= 3, "\(color.hex)") }
  }

  @Test("No two class colours and no two neighbouring steps of a ramp are equal", arguments: [false, true])
  func differences(isDark: Bool) {
    #expect(Set((0..<Paint.categoryCount).map { Paint.category($0).color(isDark: isDark) }).count == 10)
    for ramp in [{ Paint.error($0) }, { Paint.correct($0) }] {
      #expect(Set(Self.steps.map { ramp($0).color(isDark: isDark) }).count == Paint.rampSteps)
    }
  }

  @Test(
    "The smallest error clearly differs from the background, and the ramps clearly differ from each other",
    arguments: [false, true])
  func ramps(isDark: Bool) {
    func distance(_ a: Paint, _ b: Paint) -> Int {
      let (a, b) = (a.color(isDark: isDark), b.color(isDark: isDark))
      return abs(Int(a.red) - Int(b.red)) + abs(Int(a.green) - Int(b.green)) + abs(Int(a.blue) - Int(b.blue))
    }
    #expect(distance(.error(0), .background) >= 40)
    for step in Self.steps { #expect(distance(.error(step), .correct(Paint.rampSteps - 1)) >= 60) }
  }

  @Test("Colours are written as six digits and mixed by shares")
  func colors() {
    #expect(Color(0x0A0B0C).hex == "#0A0B0C")
    #expect(Color(0x000000).mixed(with: Color(0xFFFFFF), share: 0.5).hex == "#808080")
  }
}
