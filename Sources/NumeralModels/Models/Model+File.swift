public import Numeral
import NumeralData

extension Model {
  /// The name of a model file in the folder of a run.
  public static let fileName = "model.safetensors"

  /// The value of the metadata key `format`; a later format will have another value.
  private static let format = "numeral 1"

  /// The contents of a model file.
  public var safetensors: Safetensors {
    var metadata: [(key: String, value: String)] = [
      ("format", Model.format),
      ("input", Model.json(network.input).text),
      ("architecture", JSONValue.array(network.layers.map { $0.json }).text),
      (
        "normalisation",
        JSONValue.object([
          ("pixelMaximum", .integer(Int(pixelMaximum))), ("pixelScale", .string(network.pixelScale.rawValue)),
        ]).text
      ),
      ("classNames", JSONValue.array(classNames.map { .string($0) }).text),
    ]
    if let temperature { metadata.append(("temperature", JSONValue.number(temperature.value).text)) }
    if let provenance { metadata.append(("provenance", provenance.json.text)) }
    return Safetensors(
      metadata: metadata,
      entries: network.tensors.map {
        Safetensors.Entry(name: $0.name, shape: $0.fileShape, values: network.values(of: $0))
      })
  }

  /// Reads a model from a file, or from the folder of a run.
  ///
  /// - Throws: ``ModelError`` naming file and place.
  public init(path: String) throws(ModelError) {
    let (file, bytes) = try Model.read(path)
    try self.init(bytes, file: file)
  }

  /// Reads a model from the bytes of a file.
  ///
  /// - Parameter file: The name of the file in error messages.
  /// - Throws: ``ModelError`` naming file and place.
  public init(_ bytes: Buffer<UInt8>, file: String) throws(ModelError) {
    let contents: Safetensors
    do {
      contents = try Safetensors(bytes)
    } catch {
      throw .safetensors(path: file, error)
    }
    func metadata(_ key: String, _ expected: String) throws(ModelError) -> JSONValue {
      guard let text = contents.metadata.first(where: { $0.key == key })?.value,
        let value = try? JSONValue(parsing: text)
      else { throw .metadata(path: file, key: key, expected: expected) }
      return value
    }
    guard contents.metadata.contains(where: { $0.key == "format" && $0.value == Model.format }) else {
      throw .metadata(path: file, key: "format", expected: Model.format)
    }
    guard let input = Model.shape(try metadata("input", "a shape")) else {
      throw .metadata(path: file, key: "input", expected: "a shape")
    }
    let architecture = try metadata("architecture", "a list of layers").asArray ?? []
    let layers = architecture.compactMap { Layer(json: $0) }
    guard !layers.isEmpty, layers.count == architecture.count else {
      throw .metadata(path: file, key: "architecture", expected: "a list of layers")
    }
    let normalization = try metadata("normalisation", "a pixel range")
    guard let maximum = normalization["pixelMaximum"]?.asInt, let pixelMaximum = UInt8(exactly: maximum),
      pixelMaximum > 0, let scale = normalization["pixelScale"]?.asString.flatMap({ PixelScale(rawValue: $0) })
    else { throw .metadata(path: file, key: "normalisation", expected: "a pixel range") }
    let classNames = try metadata("classNames", "a list of names").asArray ?? []
    let names = classNames.compactMap { $0.asString }
    var provenance: Provenance?
    if contents.metadata.contains(where: { $0.key == "provenance" }) {
      provenance = Provenance(json: try metadata("provenance", "the record of a training"))
      guard provenance != nil else {
        throw .metadata(path: file, key: "provenance", expected: "the record of a training")
      }
    }

    var temperature: Temperature?
    if contents.metadata.contains(where: { $0.key == "temperature" }) {
      temperature = try metadata("temperature", "a temperature").asDouble.flatMap { Temperature($0) }
      guard temperature != nil else { throw .metadata(path: file, key: "temperature", expected: "a temperature") }
    }

    var network: Network
    do {
      network = try Network(input: input, seed: nil, layers: layers)
    } catch {
      throw .network(path: file, error)
    }
    network.pixelScale = scale
    guard names.count == network.classCount, names.count == classNames.count else {
      throw .metadata(path: file, key: "classNames", expected: "\(network.classCount) names")
    }
    guard contents.entries.map(\.name).sorted() == network.tensors.map(\.name).sorted() else {
      throw .tensors(path: file, expected: network.tensors.map(\.name), found: contents.entries.map(\.name))
    }
    for tensor in network.tensors {
      guard let entry = contents.entries.first(where: { $0.name == tensor.name }) else { continue }
      guard entry.shape == tensor.fileShape else {
        throw .shape(path: file, tensor: tensor.name, expected: tensor.fileShape, found: entry.shape)
      }
      do {
        try network.setValues(entry.values, of: tensor)
      } catch {
        throw .network(path: file, error)
      }
    }
    self.init(
      network: network, pixelMaximum: pixelMaximum, classNames: names, provenance: provenance, temperature: temperature)
  }

  /// The bytes of the file at a path, or of the model in the folder at that path.
  private static func read(_ path: String) throws(ModelError) -> (file: String, bytes: Buffer<UInt8>) {
    do {
      return (path, try FileBytes.read(path))
    } catch .folder {
      let file = path.hasSuffix("/") ? path + fileName : path + "/" + fileName
      do {
        return (file, try FileBytes.read(file))
      } catch .missing {
        throw .noModel(folder: path)
      } catch {
        throw .file(error)
      }
    } catch {
      throw .file(error)
    }
  }

  // MARK: Architecture as JSON

  private static func json(_ shape: Shape) -> JSONValue {
    switch shape {
    case .image(let height, let width, let channels):
      .object([("height", .integer(height)), ("width", .integer(width)), ("channels", .integer(channels))])
    case .features(let count): .object([("features", .integer(count))])
    }
  }

  private static func shape(_ json: JSONValue) -> Shape? {
    if let count = json["features"]?.asInt { return .features(count) }
    guard let height = json["height"]?.asInt, let width = json["width"]?.asInt, let channels = json["channels"]?.asInt
    else { return nil }
    return .image(height: height, width: width, channels: channels)
  }
}
