/// Shapes that no digit has, told by a few measures of the ink: cheap, and independent of any network.
enum DigitShape {
  /// Why the ink of one patch is no digit; nil if it may be one.
  static func refusal(of digit: NormalisedDigit) -> Refusal? {
    let box = digit.box
    if box.longest < 8 { return .tooLittleInk }
    // A stroke as wide as a third of the digit is no stroke; MNIST's widest has 0.24, held-out thick pens 0.28.
    if digit.strokeShare > 0.34, box.longest < box.width * 3, box.longest < box.height * 3 {
      return .notDigitLike("it is filled")
    }
    // The digits have two at most, an 8's; one more is allowed for a loop in a 2 or a crossing.
    if digit.holes > 2 { return .notDigitLike("it has \(digit.holes) holes") }
    if box.width > 2 * box.height { return .notDigitLike("it is \(box.width)×\(box.height) pixels, too wide") }
    return nil
  }

  /// Why what is found in a picture is no writing; nil if it may be.
  static func refusal(of picture: NormalisedPicture) -> Refusal? {
    // Noise and textures leave dust by the hundred.
    if picture.dust > 60, picture.dust > 20 * picture.digits.count { return .tooManyPatches(picture.dust) }
    // Stripes and grids run from border to border.
    let across = picture.digits.count { digit in
      digit.box.y == 0 && digit.box.bottom == picture.height || digit.box.x == 0 && digit.box.right == picture.width
    }
    if across > 2, 2 * across > picture.digits.count { return .notDigitLike("it runs from border to border") }
    return nil
  }
}
