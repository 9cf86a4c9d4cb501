import Numeral
import NumeralTestSupport
import NumeralModels
import Testing

@Suite struct ModelTests {
  @Test("A model is written and read without a bit of difference")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let model = try Model.forTests()
    let path = try folder.write(model.safetensors.bytes, to: Model.fileName)
    for place in [path, folder.path, folder.path + "/"] {
      let read = try Model(path: place)
      #expect(bits(read.network) == bits(model.network))
      #expect(read.network.layers == model.network.layers)
      #expect(read.network.input == model.network.input)
      #expect(read.pixelMaximum == 16)
      #expect(read.classNames == ["a", "b c", "ü"])
      #expect(read.provenance == model.provenance)
      #expect(read.safetensors.bytes == model.safetensors.bytes)
    }
  }

  @Test("Every kind of input, activation and initializer is read again")
  func kinds() throws {
    let folder = try TemporaryFolder()
    let activations: [Activation] = [.relu, .leakyReLU(slope: 0), .leakyReLU(), .sigmoid, .tanh, .identity]
    let initializers: [Initializer] = [
      .he, .glorot, .leCun, .zeros, .normal(standardDeviation: 1e-5), .uniform(-0.1...0.7),
    ]
    for (input, (activation, initializer)) in zip(
      [
        Shape.features(5), .image(height: 2, width: 3, channels: 2), .features(1), .features(2), .features(3),
        .features(4),
      ],
      zip(activations, initializers))
    {
      var network = try Network(input: input, seed: 1) {
        Dense(3, activation: activation, initializer: initializer)
        Dense(2)
      }
      network.pixelScale = input.count == 1 ? .raw : .unit
      let model = Model(network: network, pixelMaximum: 255, classNames: ["0", "1"], provenance: nil)
      let read = try Model(path: try folder.write(model.safetensors.bytes, to: "model"))
      #expect(read.network.layers == network.layers)
      #expect(read.network.input == input && read.network.pixelScale == network.pixelScale)
      #expect(read.provenance == nil)
      #expect(bits(read.network) == bits(network))
    }
  }

  @Test("The tensors are those of PyTorch: names, shapes and order")
  func tensors() throws {
    let entries = try Model.forTests().safetensors.entries
    #expect(
      entries.map(\.name) == ["0.weight", "0.bias", "1.weight", "1.bias", "2.weight", "2.bias"])
    #expect(entries.map(\.shape) == [[4, 15], [4], [6, 4], [6], [3, 6], [3]])
  }

  @Test("The metadata holds only texts, in a fixed order, and nothing about the machine or the date")
  func metadata() throws {
    let metadata = try Model.forTests().safetensors.metadata
    #expect(
      metadata.map(\.key) == ["format", "input", "architecture", "normalisation", "classNames", "provenance"])
    let text = Dictionary(uniqueKeysWithValues: metadata.map { ($0.key, $0.value) })
    #expect(text["format"] == "numeral 1")
    #expect(text["input"] == #"{"height":3,"width":5,"channels":1}"#)
    #expect(
      text["architecture"]
        == #"[{"type":"dense","outputs":4,"activation":"leaky-relu","slope":0.03,"initializer":"uniform:-0.5:0.25"},"#
        + #"{"type":"dense","outputs":6,"activation":"tanh","initializer":"normal:0.01"},"#
        + #"{"type":"dense","outputs":3,"activation":"identity","initializer":"glorot"}]"#)
    #expect(text["normalisation"] == #"{"pixelMaximum":16,"pixelScale":"unit"}"#)
    #expect(text["classNames"] == #"["a","b c","ü"]"#)
    #expect(
      text["provenance"]
        == #"{"program":"numeral 0.1.0","recipe":"two-hidden","seed":18446744073709551615,"dataset":"mnist","#
        + #""dataHash":"0123","parts":{"test":{"official":true,"otherwise":null},"drawing":42,"#
        + #""validation":{"count":7},"perClass":3},"counts":{"train":10,"validation":null,"test":2},"#
        + #""training":{"pixelScale":"unit","initializer":null,"optimizer":"adam","learningRate":0.001,"#
        + #""beta1":0.9,"beta2":0.999,"epsilon":1e-08,"batchSize":"full","epochs":3,"lossReduction":"mean","#
        + #""patience":null},"keptEpoch":2}"#)
  }

  @Test("A provenance is read again, and refused if any of its keys is missing")
  func provenance() throws {
    let provenance = Model.Provenance.forTests
    #expect(Model.Provenance(json: provenance.json) == provenance)
    let members = try #require(provenance.json.asObject)
    for member in members {
      #expect(Model.Provenance(json: .object(members.filter { $0.key != member.key })) == nil, "\(member.key)")
    }
    #expect(Model.Provenance(json: "text") == nil)
  }
}
