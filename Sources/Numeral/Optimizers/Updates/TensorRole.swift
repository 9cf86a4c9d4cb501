/// The updater's data about a tensor.
struct TensorRole {
  let tensor: Tensor
  /// Whether Muon makes its steps orthogonal: true for weights except those of the last layer.
  let isOrthogonal: Bool
  /// The index of the tensor's first column in lists of all weights' columns.
  let firstColumn: Int

  /// The role of its parameters for an optimizer.
  var group: ParameterGroup { isOrthogonal ? .matrices : tensor.decays ? .weights : .others }

  /// √max(1, outputs / inputs), Muon's factor for the steps of a tensor.
  var rateScale: Double { max(1, Double(tensor.columns) / Double(tensor.rows)).squareRoot() }

  /// The roles of the tensors of a network, in their order.
  static func roles(of tensors: [Tensor]) -> [TensorRole] {
    let lastWeight = tensors.last { $0.decays }
    var roles: [TensorRole] = []
    var columns = 0
    for tensor in tensors {
      roles.append(
        TensorRole(tensor: tensor, isOrthogonal: tensor.decays && tensor != lastWeight, firstColumn: columns))
      if tensor.decays { columns += tensor.stride }
    }
    return roles
  }
}
