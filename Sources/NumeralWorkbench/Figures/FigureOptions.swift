public import NumeralPlots

/// What can be chosen of a figure; ``FigureKind/choices`` says which of it applies to a kind.
public struct FigureOptions: Sendable, Hashable {
  /// How the axis is laid out that can be either way: upwards in curves over epochs, where nil is linear; the false
  /// positive rate of ROC curves, where nil is logarithmic.
  public var scale: AxisScale?
  /// A class by its name: images of this class only, curves of this class only, or the class that is the positive one
  /// in outcomes, where nil is the class with the lowest F1.
  public var className: String?
  /// How many images, or units, at most; nil is the kind's ``FigureKind/standardCount``.
  public var count: Int?

  /// Chooses.
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
