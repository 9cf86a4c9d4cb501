internal import CNumeralCPU

// The library's types as kernels take them.

extension FloatMatrix {
  /// The matrix as kernels take it.
  var view: numeral_matrix { unsafe numeral_matrix(base: base, stride: stride, rows: rows, columns: columns) }

  /// The number of elements, including the padding of all rows.
  var extent: Int { rows * stride }

  func hasLayout(of other: FloatMatrix) -> Bool { rows == other.rows && stride == other.stride }

  func hasShape(of other: FloatMatrix) -> Bool { hasLayout(of: other) && columns == other.columns }
}

extension Activation {
  /// The activation as kernels take it.
  var view: numeral_activation { numeral_activation(function: function, slope: slope) }

  private var function: Int {
    switch self {
    case .identity: numeral_activation_identity
    case .relu: numeral_activation_relu
    case .leakyReLU: numeral_activation_leaky_relu
    case .sigmoid: numeral_activation_sigmoid
    case .tanh: numeral_activation_tanh
    case .elu: numeral_activation_elu
    case .gelu: numeral_activation_gelu
    case .silu: numeral_activation_silu
    }
  }
}
