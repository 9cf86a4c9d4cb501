import Numeral
import Testing

@Suite struct QuartilesTests {
  @Test("Between two values it is interpolated, as numpy.quantile does (2.x)")
  func interpolation() throws {
    let even = try #require(Quartiles([4, 1, 3, 2]))
    #expect([even.least, even.lower, even.median, even.upper, even.most] == [1, 1.75, 2.5, 3.25, 4])
    #expect(even.count == 4)
    let odd = try #require(Quartiles([5, 10, 30, 20, 40]))
    #expect([odd.least, odd.lower, odd.median, odd.upper, odd.most] == [5, 10, 20, 30, 40])
    let six = try #require(Quartiles([2.5, 0, 8, 1, 4, 16]))
    #expect([six.lower, six.median, six.upper] == [1.375, 3.25, 7])
  }

  @Test("One value is all of them; none, or NaN among them, has no quartiles")
  func edges() throws {
    let one = try #require(Quartiles([7]))
    #expect([one.least, one.lower, one.median, one.upper, one.most] == [7, 7, 7, 7, 7])
    #expect(Quartiles([]) == nil && Quartiles([1, .nan]) == nil)
  }
}
