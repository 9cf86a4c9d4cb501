import Numeral
import NumeralTestSupport
import NumeralModels
import Testing

@Suite struct LayerJSONTests {
  static let layers: [(Layer, String)] = [
    (
      Layer(Dense(12, activation: .gelu)),
      #"{"type":"dense","outputs":12,"activation":"gelu","initializer":"he"}"#
    ),
    (
      Layer(Convolution(8, kernel: 3)),
      #"{"type":"convolution","outputs":8,"kernel":3,"stride":1,"padding":0,"bias":true,"activation":"identity","#
        + #""initializer":"glorot"}"#
    ),
    (
      Layer(
        Convolution(
          8, kernel: 5, stride: 2, padding: 4, hasBias: false, activation: .leakyReLU(slope: 0.125),
          initializer: .uniform(-0.5...0.25))),
      #"{"type":"convolution","outputs":8,"kernel":5,"stride":2,"padding":4,"bias":false,"activation":"leaky-relu","#
        + #""slope":0.125,"initializer":"uniform:-0.5:0.25"}"#
    ),
    (
      Layer(DepthwiseConvolution(kernel: 3, padding: 1, hasBias: false, activation: .relu)),
      #"{"type":"depthwiseConvolution","kernel":3,"stride":1,"padding":1,"bias":false,"activation":"relu","#
        + #""initializer":"he"}"#
    ),
    (Layer(Pooling.maximum(3, stride: 2)), #"{"type":"pooling","kind":"max","window":3,"stride":2}"#),
    (Layer(Pooling.average(2)), #"{"type":"pooling","kind":"average","window":2,"stride":2}"#),
    (Layer(Pooling.globalAverage), #"{"type":"pooling","kind":"average","window":null,"stride":1}"#),
    (Layer(Flatten()), #"{"type":"flatten"}"#),
    (Layer(Dropout(0.3)), #"{"type":"dropout","rate":0.3}"#),
    (Layer(Dropout(0)), #"{"type":"dropout","rate":0.0}"#),
    (
      Layer(BatchNormalization(activation: .silu)),
      #"{"type":"batchNormalization","activation":"silu"}"#
    ),
    (Layer(LayerNormalization()), #"{"type":"layerNormalization","activation":"identity"}"#),
    (
      Layer(
        Residual(activation: .elu) {
          BatchNormalization()
          Residual { Dropout(0.5) }
        }),
      #"{"type":"residual","branch":[{"type":"batchNormalization","activation":"identity"},"#
        + #"{"type":"residual","branch":"#
        + #"[{"type":"dropout","rate":0.5}],"activation":"identity"}],"activation":"elu"}"#
    ),
  ]

  @Test("A layer is written as an object and read again", arguments: layers)
  func roundTrip(layer: Layer, text: String) throws {
    #expect(layer.json.text == text)
    #expect(Layer(json: layer.json) == layer)
    #expect(Layer(json: try JSONValue(parsing: text)) == layer)
  }

  @Test("A layer that lacks a key, or has a value of another kind, is refused", arguments: layers)
  func incomplete(layer: Layer, text: String) throws {
    let members = try #require(layer.json.asObject)
    for member in members {
      #expect(Layer(json: .object(members.filter { $0.key != member.key })) == nil, "without \(member.key)")
      let wrong = members.map { ($0.key, $0.key == member.key ? JSONValue.array([]) : $0.value) }
      // The network refuses a residual layer without a branch.
      if member.key != "branch" { #expect(Layer(json: .object(wrong)) == nil, "a list as \(member.key)") }
    }
  }

  @Test(
    "A text that is not a layer is refused",
    arguments: [
      #"{"type":"recurrent"}"#, #""dense""#, #"{"type":"pooling","kind":"max","window":null,"stride":1}"#,
      #"{"type":"pooling","kind":"least","window":2,"stride":2}"#,
      #"{"type":"residual","branch":[{"type":"x"}],"activation":"relu"}"#,
      #"{"type":"batchNormalization","activation":"softmax"}"#,
    ])
  func refused(text: String) throws {
    #expect(Layer(json: try JSONValue(parsing: text)) == nil)
  }

  @Test("A model with every kind of layer is written, read, and predicts the same")
  func model() throws {
    let images = try LabeledImages.synthetic(20, shape: .image(height: 7, width: 6, channels: 2), classes: 3)
    let network = try Network(input: images.shape, seed: 4) {
      Convolution(5, kernel: 3, padding: 1, hasBias: false)
      BatchNormalization(activation: .relu)
      DepthwiseConvolution(kernel: 3, padding: 1)
      Pooling.maximum(2)
      Residual(activation: .relu) {
        Convolution(5, kernel: 3, padding: 1)
        Residual { BatchNormalization(activation: .elu) }
        Dropout(0.1)
      }
      Convolution(4, kernel: 2, stride: 2, padding: 1, activation: .gelu)
      Pooling.average(2, stride: 1)
      Flatten()
      LayerNormalization(activation: .silu)
      Dropout(0.5)
      Dense(3)
    }
    // A step or two, so that running statistics are not as they began.
    let trained = try Trainer(TrainingOptions(batchSize: .count(9), epochs: 2)).train(network, on: images).network
    let folder = try TemporaryFolder()
    let model = Model(network: trained, pixelMaximum: 255, classNames: images.classNames, provenance: nil)
    let read = try Model(path: try folder.write(model.safetensors.bytes, to: "model"))
    #expect(read.network.layers == trained.layers && bits(read.network) == bits(trained))
    #expect(read.safetensors.bytes == model.safetensors.bytes)
    #expect(try read.network.predict(images).probabilities == trained.predict(images).probabilities)
    let shapes = Dictionary(uniqueKeysWithValues: read.safetensors.entries.map { ($0.name, $0.shape) })
    #expect(
      shapes["0.weight"] == [5, 2, 3, 3] && shapes["4.1.0.running_var"] == [5] && shapes["8.weight"] == [4]
        && shapes["2.weight"] == [5, 1, 3, 3])
  }
}
