import Numeral
import NumeralModels

extension RunReport {
  /// How many images that were read right, and how many that were read wrong, are shown of a part.
  private static let samplesPerList = 20

  /// The first images that were read right and wrong, of the training part and of the measured part.
  @HTMLBuilder var samples: [HTML] {
    for reading in readings where reading.part.name == .train || reading.part.name == measured?.part.name {
      samples(of: reading, read: .right)
      samples(of: reading, read: .wrong)
    }
  }

  @HTMLBuilder private func samples(of reading: PartReading, read kind: FigureKind) -> [HTML] {
    let captions = ImageCaptions(reading: reading, classNames: classNames)
    let all = captions.choice.places(kind, label: nil)
    let shown = all.prefix(Self.samplesPerList)
    let part = name(of: reading.part)
    let heading = "\(part.prefix(1).uppercased() + part.dropFirst()), read \(kind.rawValue)"
    HTML(.h3) {
      "\(heading): " + (shown.count < all.count ? "the first \(shown.count) of " : "") + Quantity.grouped(all.count)
    }
    if shown.isEmpty { HTML.paragraph("None.") } else { captions.list(shown, .answer) }
  }
}
