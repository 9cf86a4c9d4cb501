import Numeral
import NumeralFiles
import NumeralReading
import NumeralWorkbench
import NumeralModels

/// A reading as the formats for programs print it: one digit of an image, or one row of a dataset.
struct PredictionRecord {
  var input: String
  var index: Int
  /// What was read; nil for what was refused.
  var label: Int?
  var probabilities: [Float]
  var box: PixelBox?
  var expected: Int?
  var reason: String?

  /// A digit of an image.
  init(_ digit: DigitReading, input: String, index: Int) {
    self.input = input
    self.index = index
    label = digit.refusal == nil ? digit.label : nil
    probabilities = digit.probabilities
    box = digit.digit.box
    reason = digit.refusal?.code
  }

  /// An image without any digit.
  init(input: String, refusal: Refusal) {
    self.input = input
    index = 0
    probabilities = []
    reason = refusal.code
  }

  /// A row of a dataset.
  init(input: String, index: Int, predictions: Predictions, place: Int, expected: Int?) {
    self.input = input
    self.index = index
    label = predictions.classes[place]
    probabilities = predictions.probabilities(at: place)
    self.expected = expected
  }

  /// The object that `--json` prints; its keys are a contract.
  var json: JSONValue {
    let place = box.map { JSONValue.integers([$0.x, $0.y, $0.width, $0.height]) } ?? .null
    guard let label else {
      var members: [(String, JSONValue)] = [
        ("input", .string(input)), ("digit", nil), ("reason", JSONValue(reason)),
      ]
      if box != nil { members += [("index", .integer(index)), ("box", place)] }
      return .object(members)
    }
    return .object([
      ("input", .string(input)), ("index", .integer(index)), ("digit", .integer(label)),
      ("confidence", JSONValue(digitsOf: probabilities[label])),
      ("probabilities", .array(probabilities.map { JSONValue(digitsOf: $0) })), ("box", place),
      ("expected", JSONValue(expected)),
    ])
  }

  /// The names of the columns of ``row``.
  static let header = "input,index,digit,confidence,runner_up,runner_up_confidence,x,y,width,height,expected,reason"

  /// A row of a table; missing values are empty.
  var row: String {
    let order = probabilities.indices.sorted { probabilities[$0] > probabilities[$1] }
    let best = label ?? order.first
    let second = order.first { $0 != best }
    func text(_ value: (some CustomStringConvertible)?) -> String { value.map { "\($0)" } ?? "" }
    return [
      Escaping.field(input), "\(index)", text(label), text(best.map { probabilities[$0] }), text(second),
      text(second.map { probabilities[$0] }), text(box?.x), text(box?.y), text(box?.width), text(box?.height),
      text(expected), reason ?? "",
    ].joined(separator: ",")
  }
}
