import Numeral
import NumeralData
import Testing

@Suite struct BuiltInDigitsTests {
  @Test("There are 1,797 images of 8×8 pixels, 0 to 16, about 180 of each digit")
  func contents() throws {
    let digits = try BuiltInDigits.read()
    #expect(digits.count == 1797)
    #expect(digits.shape == .image(height: 8, width: 8))
    #expect(digits.pixelMaximum == 16)
    #expect(digits.classCounts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    #expect(digits.labels.prefix(10) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    #expect(digits.pixels(at: 0).prefix(8) == [0, 0, 5, 13, 9, 1, 0, 0])
    #expect(digits.pixels(at: 1796).suffix(8) == [0, 1, 8, 12, 14, 12, 1, 0])
  }
}
