/// What the updater knows of a tensor.
struct TensorRole {
  let tensor: Tensor
  /// Whether Muon turns its steps into orthogonal matrices: weights, but for those of the last layer.
  let isOrthogonal: Bool
  /// Where the tensor's columns begin in lists of all weights' columns.
  let firstColumn: Int

  /// What its parameters are to an optimizer.
  var group: ParameterGroup { isOrthogonal ? .matrices : tensor.decays ? .weights : .others }

  /// √max(1, outputs / inputs), by which Muon lengthens the steps of a tensor.
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
