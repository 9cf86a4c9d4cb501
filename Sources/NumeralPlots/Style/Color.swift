#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A colour of the sRGB space, 8 bits a channel.
struct Color: Hashable, Sendable {
  let red: UInt8
  let green: UInt8
  let blue: UInt8

  /// Creates a colour from `0xRRGGBB`.
  init(_ hex: Int) {
    red = UInt8(hex >> 16 & 0xFF)
    green = UInt8(hex >> 8 & 0xFF)
    blue = UInt8(hex & 0xFF)
  }

  private init(_ channels: [UInt8]) {
    (red, green, blue) = (channels[0], channels[1], channels[2])
  }

  /// The colour as `#RRGGBB`.
  var hex: String {
    let digits = Array("0123456789ABCDEF".utf8)
    let text = [red, green, blue].flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return "#" + String(decoding: text, as: UTF8.self)
  }

  /// Returns this colour with a share of another one laid over it.
  func mixed(with other: Color, share: Double) -> Color {
    let pairs = [(red, other.red), (green, other.green), (blue, other.blue)]
    return Color(pairs.map { UInt8((Double($0) + (Double($1) - Double($0)) * share).rounded()) })
  }

  /// The relative luminance, from 0 (black) to 1 (white). Source: WCAG 2.2, "relative luminance".
  var luminance: Double {
    func linear(_ channel: UInt8) -> Double {
      let value = Double(channel) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Returns the contrast ratio to another colour, 1 to 21. Source: WCAG 2.2, "contrast ratio".
  func contrast(to other: Color) -> Double {
    let (high, low) = (max(luminance, other.luminance), min(luminance, other.luminance))
    return (high + 0.05) / (low + 0.05)
  }
}
