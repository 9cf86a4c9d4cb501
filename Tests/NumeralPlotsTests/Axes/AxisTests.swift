import Testing

@testable import NumeralPlots

@Suite struct AxisTests {
  @Test("A linear axis is widened to its ticks and its labels have as many decimals as needed")
  func linear() {
    let axis = Axis(0.03...0.97)
    #expect(axis.lower == 0 && axis.upper == 1)
    #expect(axis.ticks.map { axis.label($0) } == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(axis.position(0.25) == 0.25)
  }

  @Test("Percentages have two decimals fewer")
  func percent() {
    let axis = Axis(0.975...0.999, style: .percent)
    #expect(axis.ticks.map { axis.label($0) } == ["97.5", "98.0", "98.5", "99.0", "99.5", "100.0"])
    let wide = Axis(0...1, style: .percent)
    #expect(wide.ticks.map { wide.label($0) } == ["0", "20", "40", "60", "80", "100"])
  }

  @Test("On a logarithmic axis each percentage has as many decimals as needed")
  func logarithmicPercent() {
    let axis = Axis(0.008...0.12, scale: .logarithmic, style: .percent)
    #expect(axis.ticks.map { axis.label($0) } == ["0.5", "1", "2", "5", "10", "20"])
  }

  @Test("A logarithmic axis gives equal ratios equal room and leaves out values that are not above zero")
  func logarithmic() {
    let axis = Axis(0.03...3, scale: .logarithmic)
    #expect(axis.lower == 0.02 && axis.upper == 5)
    let steps = [0.2, 0.4, 0.8].map { axis.position($0) }
    #expect((steps[2] - 2 * steps[1] + steps[0]).magnitude < 1e-12)
    #expect(axis.position(0).isNaN && axis.position(-1).isNaN)
    let decades = Axis(0.0001...1, scale: .logarithmic)
    #expect(decades.ticks.map { decades.label($0) } == ["0.0001", "0.001", "0.01", "0.1", "1"])
  }

  @Test("A constant gets a range around itself", arguments: [0, 1, -3, 0.5, 1e6])
  func constant(value: Double) {
    let axis = Axis(value...value)
    #expect(axis.lower < value && value < axis.upper)
    if value > 0 { #expect(Axis(value...value, scale: .logarithmic).ticks.count >= 2) }
  }

  @Test("Labels that want the same position stand one below the other, as near to it as possible")
  func spreading() {
    #expect(spread([10, 11, 12], pitch: 5, within: 0...100) == [10, 15, 20])
    #expect(spread([98, 99, 100], pitch: 5, within: 0...100) == [90, 95, 100])
    #expect(spread([10, 50], pitch: 5, within: 0...100) == [10, 50])
    #expect(spread([], pitch: 5, within: 0...100) == [])
  }

  @Test("A line is clipped where it leaves the rectangle")
  func clipping() {
    let box = Box(x: 0, y: 0, width: 10, height: 10)
    let parts = clipped([(-5, 5), (5, 5), (5, 15), (8, 15), (8, 5)], to: box)
    #expect(parts.map { $0.map { [$0.x, $0.y] } } == [[[0, 5], [5, 5], [5, 10]], [[8, 10], [8, 5]]])
  }

  @Test("Thinning keeps the corners of a staircase and both ends")
  func thinning() {
    let stairs: [(x: Double, y: Double)] = [(0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (3, 2), (3, 2.01), (3, 5)]
    #expect(thinned(stairs).map { [$0.x, $0.y] } == [[0, 0], [0, 2], [3, 2], [3, 5]])
  }
}
