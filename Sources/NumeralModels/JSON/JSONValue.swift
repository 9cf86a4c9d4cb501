/// A JSON value whose objects keep the order of their keys, so that equal runs write equal bytes.
package enum JSONValue: Equatable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A whole number that an Int holds.
  case integer(Int)
  /// A whole number above `Int.max`: the upper half of the seeds. Made by `init(_: UInt64)`.
  case unsigned(UInt64)
  /// Any other number; one that is not finite is written as `null`.
  case number(Double)
  /// A text.
  case string(String)
  /// Values in order.
  case array([JSONValue])
  /// Keys and values in order; no key twice.
  case object([Member])

  /// One key of an object and its value.
  package struct Member: Equatable, Sendable {
    /// The key.
    package var key: String
    /// Its value.
    package var value: JSONValue

    /// Creates a member.
    package init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }
}

// MARK: Making values

extension JSONValue {
  /// An object of pairs, in their order, for objects that are built in code. Where all keys are known, use a literal.
  package static func object(_ pairs: [(String, JSONValue)]) -> JSONValue {
    .object(pairs.map { Member($0.0, $0.1) })
  }

  /// An array of numbers; those that are not finite are written as `null`.
  package static func numbers(_ values: some Sequence<Double>) -> JSONValue {
    .array(values.map { .number($0) })
  }

  /// An array of whole numbers.
  package static func integers(_ values: some Sequence<Int>) -> JSONValue {
    .array(values.map { .integer($0) })
  }

  /// A whole number of 64 bits without a sign, exactly.
  package init(_ value: UInt64) {
    self = Int(exactly: value).map { .integer($0) } ?? .unsigned(value)
  }

  /// A number, or `null` if there is none.
  package init(_ value: Double?) {
    self = value.map { .number($0) } ?? .null
  }

  /// A whole number, or `null` if there is none.
  package init(_ value: Int?) {
    self = value.map { .integer($0) } ?? .null
  }

  /// A number with the shortest digits of a float: 0.1 is written as 0.1, not as the double nearest to the float.
  /// Reading it back as a float gives the same value.
  package init(digitsOf value: Float) {
    self = JSONValue(Double("\(value)"))
  }

  /// A text, or `null` if there is none.
  package init(_ value: String?) {
    self = value.map { .string($0) } ?? .null
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  /// Creates a text.
  package init(stringLiteral value: String) { self = .string(value) }
  /// Creates a whole number.
  package init(integerLiteral value: Int) { self = .integer(value) }
  /// Creates a number.
  package init(floatLiteral value: Double) { self = .number(value) }
  /// Creates `true` or `false`.
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Creates an array.
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// Creates an object, its keys in the order of the literal: `["digit": 7, "input": "a.png"]`.
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
  /// Creates `null`.
  package init(nilLiteral: ()) { self = .null }
}

// MARK: Taking values apart

extension JSONValue {
  /// The value of a key, or nil if this is no object or has no such key.
  package subscript(key: String) -> JSONValue? {
    asObject?.first { $0.key == key }?.value
  }

  /// The members of an object, or nil.
  package var asObject: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The elements of an array, or nil.
  package var asArray: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The text, or nil.
  package var asString: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// `true` or `false`, or nil.
  package var asBool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The whole number, or nil; `2.0` is one, `2.5` is not.
  package var asInt: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }

  /// The whole number without a sign, or nil.
  package var asUInt64: UInt64? {
    switch self {
    case .integer(let value): UInt64(exactly: value)
    case .unsigned(let value): value
    case .number(let value): UInt64(exactly: value)
    default: nil
    }
  }

  /// The number, whole or not, or nil; a whole number is rounded to the nearest Double.
  package var asDouble: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .unsigned(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
