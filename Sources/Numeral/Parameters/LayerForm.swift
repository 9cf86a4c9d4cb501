/// The shape of a layer's outputs and its tensors, for a given input.
struct LayerForm {
  /// The shape of a sample's outputs.
  let output: Shape
  /// The tensors it needs, in storage order.
  let tensors: [TensorForm]
}

/// The description of a layer's tensor: its extents and its initial numbers.
struct TensorForm {
  /// The initial numbers.
  enum Start {
    /// Drawn, for a layer with given numbers of inputs and outputs.
    case drawn(Initializer, inputs: Int, outputs: Int)
    /// One value for all.
    case constant(Float)
  }

  let name: String
  let rows: Int
  let columns: Int
  let fileShape: [Int]
  let kind: Tensor.Kind
  let start: Start

  /// A matrix.
  init(name: String, rows: Int, columns: Int, fileShape: [Int], kind: Tensor.Kind, start: Start) {
    self.name = name
    self.rows = rows
    self.columns = columns
    self.fileShape = fileShape
    self.kind = kind
    self.start = start
  }

  /// A list of numbers.
  init(name: String, columns: Int, kind: Tensor.Kind, start: Start) {
    self.init(name: name, rows: 1, columns: columns, fileShape: [columns], kind: kind, start: start)
  }
}
