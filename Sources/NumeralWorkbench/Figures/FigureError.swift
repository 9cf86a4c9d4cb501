public import Numeral
public import NumeralModels

/// Why a figure of a run cannot be drawn.
public enum FigureError: Error, Equatable {
  /// There are no epochs to draw.
  case noHistory(run: String, FigureKind)
  /// There is no model.
  case model(ModelError)
  /// The images cannot be loaded, or a model cannot read them.
  case part(PartError)
  /// No image is of the requested kind.
  case noImages(source: String, part: PartName, FigureKind, className: String?)
  /// A class that the model does not know.
  case unknownClass(found: String, known: [String])
  /// The weights of the first layer do not form an image.
  case weights(run: String, input: Shape)
  /// A choice that does not apply to the kind.
  case choice(FigureKind, FigureKind.Choice)
}

extension FigureError: CustomStringConvertible {
  /// One sentence: where, what, expected, found, what to do.
  public var description: String {
    switch self {
    case .noHistory(let run, let kind):
      "\(run): there are no epochs to draw \(kind.rawValue) from, expected the folder of a run with "
        + "\(RunHistory.fileName)"
    case .model(let error): error.description
    case .part(let error): error.description
    case .noImages(let source, let part, let kind, let name):
      "\(source): the \(part.rawValue) part has no images to show for \(kind.rawValue)"
        + (name.map { " of class \($0)" } ?? "")
    case .unknownClass(let found, let known):
      "there is no class '\(found)', expected one of \(known.joined(separator: ", "))"
    case .weights(let run, let input):
      "\(run): the first layer with weights has inputs of shape \(input), expected images of one channel; only such "
        + "weights can be drawn"
    case .choice(let kind, let choice):
      "\(kind.rawValue) takes no \(choice.word); only these kinds take one: "
        + FigureKind.allCases.filter { $0.choices.contains(choice) }.map(\.rawValue).joined(separator: ", ")
    }
  }
}

extension FigureKind.Choice {
  /// What it is called in messages.
  fileprivate var word: String {
    switch self {
    case .scale: "scale"
    case .className: "class"
    case .count: "count"
    }
  }
}
