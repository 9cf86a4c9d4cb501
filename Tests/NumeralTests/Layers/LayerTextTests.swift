import Numeral
import Testing

@Suite struct LayerTextTests {
  static let texts: [(String, [Layer])] = [
    ("none", []),
    ("conv:8:5", [Layer(Convolution(8, kernel: 5))]),
    ("conv:8:3:same:relu", [Layer(Convolution(8, kernel: 3, padding: 1, activation: .relu))]),
    ("conv:8:1:same", [Layer(Convolution(8, kernel: 1))]),
    (
      "conv:8:3:no-bias:stride-2:padding-2:gelu",
      [Layer(Convolution(8, kernel: 3, stride: 2, padding: 2, hasBias: false, activation: .gelu))]
    ),
    ("depthwise:3:same:relu", [Layer(DepthwiseConvolution(kernel: 3, padding: 1, activation: .relu))]),
    ("max:2,max:3:2", [Layer(Pooling.maximum(2)), Layer(Pooling.maximum(3, stride: 2))]),
    (
      "average:2,average:3:1,global",
      [
        Layer(Pooling.average(2)), Layer(Pooling.average(3, stride: 1)), Layer(Pooling.globalAverage),
      ]
    ),
    ("flatten,dropout:0.25", [Layer(Flatten()), Layer(Dropout(0.25))]),
    ("dense:12,dense:7:leaky-relu", [Layer(Dense(12)), Layer(Dense(7, activation: .leakyReLU()))]),
    (
      "batch-norm,batch-norm:elu",
      [
        Layer(BatchNormalization()), Layer(BatchNormalization(activation: .elu)),
      ]
    ),
    (
      "layer-norm,layer-norm:silu",
      [
        Layer(LayerNormalization()), Layer(LayerNormalization(activation: .silu)),
      ]
    ),
    // The network checks the ranges.
    ("conv:0:0", [Layer(Convolution(0, kernel: 0))]),
    ("max:-1,dropout:1", [Layer(Pooling.maximum(-1)), Layer(Dropout(1))]),
  ]

  @Test("Layers are read from their text", arguments: texts)
  func reading(text: String, layers: [Layer]) {
    #expect(Layer.layers(text: text) == layers)
  }

  @Test(
    "A text that is not a layer is refused",
    arguments: [
      "", ",", "conv", "conv:8", "conv:8:", "conv:x:3", "conv:8:3:", "conv:8:3:sam", "conv:8:3:stride-",
      "conv:8:3:stride-x",
      "conv:8:3:padding-1.5", "conv:8:2:same", "conv:8:0:same", "conv:8:-3:same", "conv:8:-9223372036854775808:same",
      "conv:8:3,", "max", "max:", "max:2:2:2", "max:x", "max:2:x", "average:1.5", "global:2", "flatten:1", "dropout",
      "dropout:", "dropout:x", "dropout:0.1:0.2", "dense", "dense:x", "dense:8:softmax", "batch-norm:x",
      "batch-norm:relu:relu", "layer-norm:", "none,conv:8:3", "Conv:8:3", "conv:8:3 ,max:2", "residual",
      "max:99999999999999999999",
    ])
  func refused(text: String) {
    #expect(Layer.layers(text: text) == nil)
  }
}
