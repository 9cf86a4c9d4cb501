import Foundation
import Numeral
import NumeralTestSupport
import NumeralModels
import Testing

/// Model files that are missing, damaged or from other programs.
@Suite struct ModelFileTests {
  /// A change to the contents of a good model, and the message about it after the file's name.
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sentence: String
    let apply: @Sendable (Safetensors) -> Safetensors

    init(_ name: String, _ sentence: String, _ apply: @escaping @Sendable (Safetensors) -> Safetensors) {
      testDescription = name
      self.sentence = sentence
      self.apply = apply
    }

    /// A text of the metadata replaced, or removed if nil.
    init(_ key: String, _ value: String?, _ sentence: String) {
      self.init("\(key) is \(value ?? "missing")", sentence) { contents in
        var metadata = contents.metadata.filter { $0.key != key }
        if let value { metadata.append((key, value)) }
        return Safetensors(metadata: metadata, entries: contents.entries)
      }
    }

    /// A tensor replaced, or removed if nil.
    init(_ name: String, replacing tensor: String, by entry: Safetensors.Entry?, _ sentence: String) {
      self.init(name, sentence) { contents in
        Safetensors(
          metadata: contents.metadata,
          entries: contents.entries.compactMap { $0.name == tensor ? entry : $0 })
      }
    }
  }

  private static func missing(_ key: String, _ expected: String) -> String {
    "metadata \"\(key)\" is missing or not \(expected); was this file written by numeral?"
  }

  private static let dense = #"{"type":"dense","outputs":3,"activation":"identity","initializer":"he"}"#

  static let changes: [Change] = [
    Change("format", nil, missing("format", "numeral 1")),
    Change("format", "numeral 2", missing("format", "numeral 1")),
    Change("format", "pt", missing("format", "numeral 1")),
    Change("input", nil, missing("input", "a shape")),
    Change("input", "28", missing("input", "a shape")),
    Change("input", "{", missing("input", "a shape")),
    Change("input", #"{"features":0}"#, "the network's input is 0, expected 1 to 1048576 numbers"),
    Change(
      "input", #"{"height":1048576,"width":1048576,"channels":1048576}"#,
      "the network's input is 1048576×1048576×1048576, expected 1 to 1048576 numbers"),
    Change("architecture", nil, missing("architecture", "a list of layers")),
    Change("architecture", "[]", missing("architecture", "a list of layers")),
    Change("architecture", #"[{"type":"convolution"}]"#, missing("architecture", "a list of layers")),
    Change(
      "architecture", #"[{"type":"dense","outputs":3,"activation":"swish","initializer":"he"}]"#,
      missing("architecture", "a list of layers")),
    Change(
      "architecture", #"[{"type":"dense","outputs":3,"activation":"identity","initializer":"best"}]"#,
      missing("architecture", "a list of layers")),
    Change(
      "architecture", #"[{"type":"dense","outputs":0,"activation":"identity","initializer":"he"}]"#,
      "layer 0 has 0 outputs, expected 1 to 1048576"),
    Change(
      "architecture", #"[{"type":"dense","outputs":3,"activation":"relu","initializer":"he"}]"#,
      "layer 0, the last, applies relu, expected identity: softmax follows it and is part of the loss"),
    Change(
      "architecture", "[\(dense)]",
      "the tensors are 0.weight, 0.bias, 1.weight, 1.bias, 2.weight, 2.bias, expected 0.weight, 0.bias "
        + "as the architecture says"),
    Change("normalisation", nil, missing("normalisation", "a pixel range")),
    Change("normalisation", #"{"pixelMaximum":0,"pixelScale":"unit"}"#, missing("normalisation", "a pixel range")),
    Change("normalisation", #"{"pixelMaximum":256,"pixelScale":"unit"}"#, missing("normalisation", "a pixel range")),
    Change("normalisation", #"{"pixelMaximum":16}"#, missing("normalisation", "a pixel range")),
    Change("normalisation", #"{"pixelMaximum":16,"pixelScale":"half"}"#, missing("normalisation", "a pixel range")),
    Change("classNames", nil, missing("classNames", "a list of names")),
    Change("classNames", #"["a","b"]"#, missing("classNames", "3 names")),
    Change("classNames", #"["a","b","c",4]"#, missing("classNames", "3 names")),
    Change("provenance", "{}", missing("provenance", "the record of a training")),
    Change("provenance", "no JSON", missing("provenance", "the record of a training")),
    Change(
      "a missing tensor", replacing: "1.bias", by: nil,
      "the tensors are 0.weight, 0.bias, 1.weight, 2.weight, 2.bias, expected 0.weight, 0.bias, 1.weight, 1.bias, "
        + "2.weight, 2.bias as the architecture says"),
    Change(
      "a renamed tensor", replacing: "1.bias", by: .init(name: "fc.bias", shape: [6], values: [1, 2, 3, 4, 5, 6]),
      "the tensors are 0.weight, 0.bias, 1.weight, fc.bias, 2.weight, 2.bias, expected 0.weight, 0.bias, 1.weight, "
        + "1.bias, 2.weight, 2.bias as the architecture says"),
    Change(
      "a transposed tensor", replacing: "2.weight",
      by: .init(name: "2.weight", shape: [6, 3], values: [Float](repeating: 0, count: 18)),
      "tensor 2.weight has the shape [6, 3], expected [3, 6]"),
    Change(
      "a weight that is NaN", replacing: "2.bias", by: .init(name: "2.bias", shape: [3], values: [1, .nan, 2]),
      "tensor 2.bias holds NaN or infinity, expected finite numbers"),
    Change(
      "a weight that is infinite", replacing: "2.bias",
      by: .init(name: "2.bias", shape: [3], values: [1, -.infinity, 2]),
      "tensor 2.bias holds NaN or infinity, expected finite numbers"),
  ]

  @Test("A file with contents other than ours is refused with a sentence that names it", arguments: changes)
  func change(_ change: Change) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(change.apply(try Model.forTests().safetensors).bytes, to: "m.safetensors")
    #expect(sentence(path) == ("\(path): \(change.sentence)", false))
  }

  @Test("A damaged file is named with its fault")
  func damaged() throws {
    let folder = try TemporaryFolder()
    let whole = try Model.forTests().safetensors.bytes
    let path = try folder.write(Array(whole.dropLast(4)), to: "m.safetensors")
    let count = 4 * (4 * 15 + 4 + 6 * 4 + 6 + 3 * 6 + 3)
    #expect(
      sentence(path)
        == (
          "\(path): the data section has \(count - 4) bytes, expected \(count) as the header says; "
            + "the file is cut short or damaged", false
        ))
  }

  @Test("Every truncation is refused, none crashes")
  func truncations() throws {
    let folder = try TemporaryFolder()
    let whole = try Model.forTests().safetensors.bytes
    for count in stride(from: 1, to: whole.count, by: 7) {
      let path = try folder.write(Array(whole.prefix(count)), to: "m.safetensors")
      #expect(throws: ModelError.self) { try Model(path: path) }
    }
  }

  @Test("A missing file counts as no input, a wrong file as bad data")
  func missing() throws {
    let folder = try TemporaryFolder()
    #expect(
      sentence(folder.path + "/none") == ("\(folder.path)/none: no such file or folder; check the path", true))
    #expect(
      sentence(folder.path)
        == (
          "\(folder.path): there is no model.safetensors in this folder, expected the folder of a run or a model file",
          true
        ))
    let empty = try folder.write([UInt8](), to: "empty")
    #expect(sentence(empty) == ("\(empty): the file is empty; get it again", false))
  }

  private func sentence(_ path: String) -> (String, isMissing: Bool) {
    do {
      return ("read \(try Model(path: path).network.layers)", false)
    } catch {
      return (error.description, error.isMissing)
    }
  }
}
