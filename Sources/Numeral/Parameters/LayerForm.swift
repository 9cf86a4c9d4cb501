/// What is known of a layer once the shape of its input is.
struct LayerForm {
  /// The shape of a sample's outputs.
  let output: Shape
  /// The tensors it needs, in the order in which they are stored.
  let tensors: [TensorForm]
}

/// What a tensor of a layer looks like, and how it begins.
struct TensorForm {
  /// How its numbers begin.
  enum Start {
    /// Drawn, for a layer of so many inputs and outputs.
    case drawn(Initializer, inputs: Int, outputs: Int)
    /// All the same.
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
