public import NumeralPlots

/// The choices for a figure; ``FigureKind/choices`` says which of them apply to a kind.
public struct FigureOptions: Sendable, Hashable {
  /// The scale of an axis: the vertical axis of curves over epochs, where nil is linear, or the false positive rate of
  /// ROC curves, where nil is logarithmic.
  public var scale: AxisScale?
  /// The name of a class: only images or curves of this class are shown. In outcomes it is the positive class, where
  /// nil is the class with the lowest F1.
  public var className: String?
  /// How many images, or units, at most; nil is the kind's ``FigureKind/standardCount``.
  public var count: Int?

  /// Creates options.
  public init(scale: AxisScale? = nil, className: String? = nil, count: Int? = nil) {
    self.scale = scale
    self.className = className
    self.count = count
  }

  /// How many of all images or units a figure shows.
  func count(_ kind: FigureKind, of all: Int) -> Int {
    min(all, count ?? kind.standardCount ?? all)
  }
}
