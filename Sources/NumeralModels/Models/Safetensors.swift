import Numeral
import NumeralData

/// A file of named tensors with a text header, in the safetensors format.
///
/// ```
/// 8 bytes   length n of the header, little-endian
/// n bytes   JSON: {"__metadata__": {…strings…}, "name": {"dtype", "shape", "data_offsets"}, …}, space-padded
/// the rest  the tensors' bytes, little-endian, in the order of the offsets
/// ```
///
/// The header is padded so that the data starts on a multiple of 64. Source: Hugging Face, *Safetensors*, format
/// description, https://huggingface.co/docs/safetensors.
public struct Safetensors: Sendable {
  /// One tensor of 32-bit floats.
  public struct Entry: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// Its extents.
    public let shape: [Int]
    /// Its numbers, row by row.
    public let values: [Float]

    /// Creates a tensor.
    public init(name: String, shape: [Int], values: [Float]) {
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// Texts about the tensors, in the order in which they are written.
  public let metadata: [(key: String, value: String)]
  /// The tensors, in the order of their data.
  public let entries: [Entry]

  /// Creates contents to write.
  public init(metadata: [(key: String, value: String)], entries: [Entry]) {
    self.metadata = metadata
    self.entries = entries
  }

  /// The data section: every tensor's floats, little-endian, in order, without padding.
  public var data: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(entries.reduce(0) { $0 + $1.values.count * 4 })
    for entry in entries {
      for value in entry.values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
      }
    }
    return bytes
  }

  /// The lower-case SHA-256 of the data section: equal for equal weights.
  public var dataHash: String { SHA256.hash(of: Buffer(data)) }

  /// The whole file.
  public var bytes: [UInt8] {
    var members: [(String, JSONValue)] = [
      ("__metadata__", .object(metadata.map { ($0.key, .string($0.value)) }))
    ]
    var offset = 0
    for entry in entries {
      let end = offset + entry.values.count * 4
      members.append(
        (
          entry.name,
          .object([
            ("dtype", "F32"), ("shape", .integers(entry.shape)), ("data_offsets", .integers([offset, end])),
          ])
        ))
      offset = end
    }
    var header = Array(JSONValue.object(members).text.utf8)
    while (8 + header.count) % 64 != 0 { header.append(UInt8(ascii: " ")) }
    var bytes: [UInt8] = []
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes.append(contentsOf: $0) }
    return bytes + header + data
  }
}
