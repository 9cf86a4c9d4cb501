/// Shapes that no digit has. Some simple measures of the ink detect them, without a network.
enum DigitShape {
  /// Returns why the ink of a patch is not a digit; nil if it may be one.
  static func refusal(of digit: NormalizedDigit) -> Refusal? {
    let box = digit.box
    if box.longest < 8 { return .tooLittleInk }
    // With a stroke width above a third of the digit, the patch is filled. MNIST's largest share is 0.24; that of thick
    // pens in the held-out set is 0.28.
    if digit.strokeShare > 0.34, box.longest < box.width * 3, box.longest < box.height * 3 {
      return .notDigitLike("it is filled")
    }
    // An 8 has two holes, the most of all digits. One more is allowed, for a loop in a 2 or a crossing.
    if digit.holes > 2 { return .notDigitLike("it has \(digit.holes) holes") }
    if box.width > 2 * box.height { return .notDigitLike("it is \(box.width)×\(box.height) pixels, too wide") }
    return nil
  }

  /// Returns why an image holds no writing; nil if it may hold some.
  static func refusal(of image: NormalizedImage) -> Refusal? {
    // Noise and textures leave hundreds of dust patches.
    if image.dust > 60, image.dust > 20 * image.digits.count { return .tooManyPatches(image.dust) }
    // Stripes and grids run from border to border.
    let across = image.digits.count { digit in
      digit.box.y == 0 && digit.box.bottom == image.height || digit.box.x == 0 && digit.box.right == image.width
    }
    if across > 2, 2 * across > image.digits.count { return .notDigitLike("it runs from border to border") }
    return nil
  }
}
