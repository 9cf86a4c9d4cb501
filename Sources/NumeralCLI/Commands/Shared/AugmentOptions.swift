import Numeral
import NumeralWorkbench

/// How images are distorted, for every command that distorts some.
struct AugmentOptions: ParsableArguments {
  /// The text of an augmentation.
  @Option(
    reading: .text(placeholder: "TEXT", completion: .values(Augmentation.named.map(\.name))),
    help: "Distort the training images, differently in each epoch: " + Augmentation.named.map(\.name).listed(with: "or")
      + ", or some of " + Augmentation.forms.joined(separator: ", "),
    default: "the recipe's, else none")
  var augment: String?

  /// The augmentation, or nil if none was asked for.
  var augmentation: Augmentation? {
    // What cannot be read was refused by `validate()`.
    augment.flatMap { try? Augmentation(text: $0) }
  }

  func validate() throws(UsageError) {
    guard let augment else { return }
    do {
      try Augmentation(text: augment).check()
    } catch {
      throw .refused("--augment", reason: "\(error)")
    }
  }
}
