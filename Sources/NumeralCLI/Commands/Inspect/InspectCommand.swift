import Numeral
import NumeralWorkbench
import NumeralModels

/// `numeral inspect`: what a model is, and where it comes from.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show a model's layers, shapes and parameters, and how it was trained",
    examples: [.init(line: "numeral inspect runs/20260101-120000-digits-1", effect: "Show the model of a run.")],
    exitCodes: [.data, .noInput])

  /// The model file or run folder.
  @Argument(reading: .path(placeholder: "MODEL"), help: "A model file, or the folder of a run")
  var model: String

  @OptionGroup var format: FormatOptions

  func run(_ context: CommandContext) throws {
    let model = try Model(path: model)
    if format.json {
      try context.output.line(json(model).text)
      return
    }
    let network = model.network
    let scaling = network.pixelScale == .unit ? " seen as 0 to 1" : " seen as they are"
    try context.output.line(
      "\(network.input) images, pixels 0 to \(model.pixelMaximum)\(scaling), \(network.classCount) classes: "
        + model.classNames.joined(separator: " "))
    try context.output.line()
    var table = Table([.right("layer"), .left("kind"), .right("output"), .right("weights"), .right("parameters")])
    for (index, layer) in network.layers.enumerated() {
      // Layers such as pooling have no weights; a residual layer has those of its branch.
      let weight = layer.branch.isEmpty ? network.tensors.first { $0.name.hasPrefix("\(index).") } : nil
      table.add([
        String(index), layer.summary, network.outputShapes[index].description,
        weight.map { $0.fileShape.map { String($0) }.joined(separator: "×") } ?? "",
        Quantity.grouped(network.parameterCount(ofLayer: index)),
      ])
    }
    table.addGap()
    table.add(["", "total", "", "", Quantity.grouped(network.parameterCount)])
    for line in table.lines(context.outputStyle) { try context.output.line(line) }
    try context.output.line()
    for line in origin(model) { try context.output.line(line) }
  }

  private func origin(_ model: Model) -> [String] {
    guard let provenance = model.provenance else { return ["origin   unknown: the file does not say"] }
    let counts = provenance.counts.named.map { "\($0.part.rawValue) \(Quantity.grouped($0.count))" }
    return [
      "trained  recipe \(provenance.recipe), seed \(provenance.seed), by \(provenance.program)",
      "         \(provenance.settingTexts.joined(separator: ", "))",
      "         weights of epoch \(provenance.keptEpoch)",
      "data     \(provenance.dataset): \(counts.joined(separator: ", "))",
      "         \(provenance.dataHash)",
      "weights  \(model.safetensors.dataHash)",
    ]
  }

  private func json(_ model: Model) -> JSONValue {
    let network = model.network
    let layers = network.layers.indices.map { index in
      JSONValue.object([
        ("layer", .integer(index)), ("kind", .string(network.layers[index].summary)),
        ("output", .string(network.outputShapes[index].description)),
        ("parameters", .integer(network.parameterCount(ofLayer: index))),
      ])
    }
    return .object([
      ("input", .string(network.input.description)), ("pixelMaximum", .integer(Int(model.pixelMaximum))),
      ("pixelScale", .string(network.pixelScale.rawValue)),
      ("classNames", .array(model.classNames.map { .string($0) })), ("layers", .array(layers)),
      ("parameters", .integer(network.parameterCount)), ("provenance", model.provenance?.json ?? nil),
      ("weightsHash", .string(model.safetensors.dataHash)),
    ])
  }
}
