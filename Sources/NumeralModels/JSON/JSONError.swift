/// What can be wrong with a JSON text, and where: the byte offset from 0.
public enum JSONError: Error, Equatable {
  /// A byte that the grammar does not allow there.
  case unexpected(found: Found, expected: String, offset: Int)
  /// Arrays and objects are nested too deeply.
  case depth(most: Int, offset: Int)
  /// An object has a key twice.
  case duplicateKey(String, offset: Int)
  /// A number that a Double cannot hold.
  case numberRange(String, offset: Int)
  /// Bytes that are not UTF-8.
  case encoding(offset: Int)

  /// What was found.
  public enum Found: Equatable, Sendable {
    /// The end of the text.
    case end
    /// A byte.
    case byte(UInt8)
  }
}

extension JSONError: CustomStringConvertible {
  /// One sentence: where, what was expected, what was found.
  public var description: String {
    switch self {
    case .unexpected(.end, let expected, let offset):
      "the JSON ends at byte \(offset), expected \(expected)"
    case .unexpected(.byte(let byte), let expected, let offset):
      "the JSON has \(Self.name(byte)) at byte \(offset), expected \(expected)"
    case .depth(let most, let offset):
      "the JSON is nested more than \(most) levels deep at byte \(offset)"
    case .duplicateKey(let key, let offset):
      "the JSON has the key \(JSONValue.string(key).text) twice in one object, at byte \(offset)"
    case .numberRange(let number, let offset):
      "the JSON has the number \(number) at byte \(offset), expected one of magnitude below 1.8e308"
    case .encoding(let offset):
      "the JSON is not UTF-8 at byte \(offset)"
    }
  }

  private static func name(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return (0x21...0x7E).contains(byte)
      ? "'\(Character(UnicodeScalar(byte)))'" : "byte 0x\(digits.count < 2 ? "0" : "")\(digits)"
  }
}
