public import Numeral

extension Safetensors {
  /// The longest header that is read.
  static let mostHeaderBytes = 1 << 20

  /// The most numbers in one tensor that are read: as many as the largest network has.
  private static let mostNumbers = 1 << 28

  /// Reads a file's contents, checking every length and offset.
  ///
  /// - Throws: ``SafetensorsFault`` naming what is wrong.
  public init(_ bytes: Buffer<UInt8>) throws(SafetensorsFault) {
    guard bytes.count >= 8 else { throw .truncated(expected: 8, found: bytes.count) }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << (8 * UInt64($1)) }
    guard length >= 2, length <= UInt64(Safetensors.mostHeaderBytes) else { throw .headerLength(length) }
    let start = 8 + Int(length)
    guard bytes.count >= start else { throw .truncated(expected: start, found: bytes.count) }
    let header: JSONValue
    do {
      header = try JSONValue(parsing: bytes.array(8..<start))
    } catch {
      throw .header(error)
    }
    guard let members = header.asObject else { throw .entry(name: "", expected: "an object of tensors") }

    var metadata: [(key: String, value: String)] = []
    var described: [(name: String, shape: [Int], count: Int, range: Range<Int>)] = []
    for member in members {
      if member.key == "__metadata__" {
        guard let texts = member.value.asObject else { throw .entry(name: member.key, expected: "an object of texts") }
        for text in texts {
          guard let value = text.value.asString else { throw .entry(name: text.key, expected: "a text") }
          metadata.append((text.key, value))
        }
      } else {
        described.append(try Safetensors.described(member))
      }
    }
    // The format does not fix the order of the header's keys; the data's order is that of the offsets.
    described.sort { $0.range.lowerBound < $1.range.lowerBound }
    var entries: [Entry] = []
    var offset = 0
    for tensor in described {
      let expected = offset..<offset + tensor.count * 4
      guard tensor.range == expected else {
        throw .offsets(
          name: tensor.name, expected: expected, found: [tensor.range.lowerBound, tensor.range.upperBound])
      }
      offset = expected.upperBound
    }
    guard bytes.count - start == offset else { throw .dataLength(expected: offset, found: bytes.count - start) }
    for tensor in described {
      let raw = bytes.array(start + tensor.range.lowerBound..<start + tensor.range.upperBound)
      let values = raw.withUnsafeBytes { raw in
        (0..<raw.count / 4).map {
          Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)))
        }
      }
      entries.append(Entry(name: tensor.name, shape: tensor.shape, values: values))
    }
    self.init(metadata: metadata, entries: entries)
  }

  private static func described(
    _ member: JSONValue.Member
  ) throws(SafetensorsFault) -> (name: String, shape: [Int], count: Int, range: Range<Int>) {
    let name = member.key
    guard let type = member.value["dtype"]?.asString else { throw .entry(name: name, expected: "a tensor's entry") }
    guard type == "F32" else { throw .type(name: name, found: type) }
    guard let shape = integers(member.value["shape"]), let count = count(of: shape),
      let offsets = integers(member.value["data_offsets"]), offsets.count == 2, offsets[0] >= 0,
      offsets[0] <= offsets[1]
    else {
      throw .entry(
        name: name, expected: "a tensor's entry with a shape of 1 to \(mostNumbers) numbers and data_offsets")
    }
    return (name, shape, count, offsets[0]..<offsets[1])
  }

  private static func integers(_ json: JSONValue?) -> [Int]? {
    guard let values = json?.asArray else { return nil }
    let integers = values.compactMap { $0.asInt }
    return integers.count == values.count ? integers : nil
  }

  /// The number of numbers in a tensor of a shape, nil if there are none or too many.
  private static func count(of shape: [Int]) -> Int? {
    if shape.isEmpty { return nil }
    var count = 1
    for extent in shape {
      // Divided, not multiplied: no product of extents can overflow.
      guard extent >= 1, extent <= mostNumbers / count else { return nil }
      count *= extent
    }
    return count
  }
}
