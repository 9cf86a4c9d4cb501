/// A colour of 8 bits a channel.
struct Color: Equatable, Sendable {
  /// The channels, 0 to 255.
  var red: UInt8, green: UInt8, blue: UInt8

  /// Creates a colour.
  init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Creates a grey.
  init(grey level: UInt8) {
    self.init(level, level, level)
  }

  // From the palette of Okabe and Ito (2008), made to be told apart by colour-blind people too.

  /// For what is right, and for the best.
  static let blue = Color(0, 114, 178)
  /// For what is wrong.
  static let vermilion = Color(213, 94, 0)

  /// A mixture: this colour at 0, the other at 1.
  func mixed(with other: Color, share: Double) -> Color {
    let share = min(max(share, 0), 1)
    func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8((Double(from) + (Double(to) - Double(from)) * share).rounded())
    }
    return Color(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }

  /// How bright it looks, 0 to 1 (the weights of Rec. 709, without linearising).
  var brightness: Double {
    (0.2126 * Double(red) + 0.7152 * Double(green) + 0.0722 * Double(blue)) / 255
  }

  /// The nearest of xterm's 256 colours: the 6×6×6 cube or the 24 greys.
  var index: Int {
    func step(_ value: UInt8) -> Int { value < 48 ? 0 : value < 115 ? 1 : (Int(value) - 35) / 40 }
    if red == green, green == blue {
      if red < 4 { return 16 }
      if red > 246 { return 231 }
      return 232 + min(23, max(0, (Int(red) - 3) / 10))
    }
    return 16 + 36 * step(red) + 6 * step(green) + step(blue)
  }
}
