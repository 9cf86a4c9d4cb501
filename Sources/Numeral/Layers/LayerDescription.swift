/// What every kind of layer must provide.
///
/// It is limited to classes because Embedded Swift has no other existentials.
protocol LayerDescription: AnyObject, Sendable, LayerConvertible {
  /// The kind: its name, its settings, its text forms, and how to make a layer from settings.
  var kind: LayerKind { get }
  /// All its settings, by the names of ``LayerKind/settings``.
  var settings: LayerSettings { get }
  /// The function applied to its outputs.
  var activation: Activation { get }
  /// One line about the layer.
  var summary: String { get }
  /// The form of input that it needs.
  var reads: LayerReading { get }

  /// The shape of the outputs and the tensors for a given input.
  func form(for input: Shape, at index: Int) throws(NetworkError) -> LayerForm

  /// Plans its execution after the given signal, and returns its output signal.
  func plan(_ place: LayerPlace, after input: Signal, in planner: LayerPlanner) -> Signal

  // For most layers the defaults in the extension below are right.

  /// The layers inside it.
  var branch: [Layer] { get }
  /// Whether it must see a whole batch before it continues.
  var looksAtBatch: Bool { get }
  /// This layer with a batch normalization folded into its weights; nil if that is not possible.
  func absorbing(_ normalization: BatchNormalization) -> Layer?
}

/// The form of input that a layer needs: images channel by channel, or rows of features.
enum LayerReading {
  case planes, rows, either
}

extension LayerDescription {
  var branch: [Layer] { [] }
  var looksAtBatch: Bool { false }
  func absorbing(_ normalization: BatchNormalization) -> Layer? { nil }
}
