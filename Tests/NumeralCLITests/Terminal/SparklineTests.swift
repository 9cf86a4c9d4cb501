import Testing

@testable import NumeralCLI

@Suite struct SparklineTests {
  @Test func aCurveGoesFromItsLeastToItsGreatest() {
    #expect(Sparkline.text([0, 1, 2, 3, 4, 5, 6, 7], width: 80, style: .full) == "▁▂▃▄▅▆▇█")
    #expect(Sparkline.text([0, 1, 2, 3, 4, 5, 6, 7], width: 80, style: .plain) == "_.-~=+*#")
    #expect(Sparkline.text([7, .nan, 0, .infinity], width: 80, style: .full) == "█ ▁ ")
  }

  @Test func extremeCurvesAreHarmless() {
    #expect(Sparkline.text([], width: 10, style: .full) == "")
    #expect(Sparkline.text([3, 3], width: 10, style: .full) == "▅▅")
    #expect(Sparkline.text([.nan], width: 10, style: .full) == " ")
    #expect(Sparkline.text([-.greatestFiniteMagnitude, .greatestFiniteMagnitude], width: 10, style: .full) == "▁█")
  }

  @Test func longCurvesAreAveraged() {
    #expect(Sparkline.text((0..<500).map(Double.init), width: 8, style: .full) == "▁▂▃▄▅▆▇█")
    #expect(Sparkline.text([.nan, .nan, 1, 2], width: 2, style: .full) == " ▅")
  }
}
