/// What every kind of layer says of itself. The compiler asks each for all of it.
///
/// Class-bound, because Embedded Swift has no other existentials.
protocol LayerDescription: AnyObject, Sendable, LayerConvertible {
  /// The kind: its name, its settings, its texts, and how it is made of settings.
  var kind: LayerKind { get }
  /// All that makes it what it is, by the names of ``LayerKind/settings``.
  var settings: LayerSettings { get }
  /// The function applied to its outputs.
  var activation: Activation { get }
  /// One line about it.
  var summary: String { get }
  /// What it wants to read.
  var reads: LayerReading { get }

  /// The shape of the outputs and the tensors for a given input.
  func form(for input: Shape, at index: Int) throws(NetworkError) -> LayerForm

  /// Plans its execution after what comes before it, and returns what it gives.
  func plan(_ place: LayerPlace, after input: Signal, in planner: LayerPlanner) -> Signal

  // Most layers are content with what the extension below says.

  /// The layers inside it.
  var branch: [Layer] { get }
  /// Whether it must see a whole batch before it goes on.
  var looksAtBatch: Bool { get }
  /// This layer with batch normalization as part of its weights, nil if that cannot be.
  func absorbing(_ normalization: BatchNormalization) -> Layer?
}

/// What a layer wants to read: images channel by channel, or rows of features.
enum LayerReading {
  case planes, rows, either
}

extension LayerDescription {
  var branch: [Layer] { [] }
  var looksAtBatch: Bool { false }
  func absorbing(_ normalization: BatchNormalization) -> Layer? { nil }
}
