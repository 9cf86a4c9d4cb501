import Numeral
import NumeralData
import NumeralWorkbench
import NumeralModels

extension DataFindings {
  /// The findings for people.
  func lines(_ style: TerminalStyle) -> [String] {
    var lines = [style.paint(dataset.name, .bold) + (dataset.attribution.map { ": \($0)" } ?? "")]
    lines.append("contents \(dataset.contentHash())")
    for part in parts { lines += [""] + self.lines(part, style) }
    lines += ["", "images that are equal to an earlier image"]
    lines.append("  in train             \(Quantity.grouped(duplicates.inTraining))")
    if dataset.test != nil {
      lines.append("  in test              \(Quantity.grouped(duplicates.inTest))")
      lines.append("  of test, in train    \(Quantity.grouped(duplicates.acrossParts))")
    }
    lines.append("  with another label   \(Quantity.grouped(duplicates.withOtherLabel))")
    if !files.isEmpty { lines += ["", "SHA-256, unpacked"] }
    for file in files {
      let note = file.isKnown.map { $0 ? "known" : "not the published contents" } ?? "not published"
      lines += ["  \(file.path)", "    \(file.sha256)  \(note)"]
    }
    let warnings = self.warnings
    lines.append("")
    if warnings.isEmpty { return lines + ["nothing odd was found"] }
    return lines + ["warnings"]
      + warnings.map { "  " + style.paint($0, TextStyle(foreground: .vermilion)) }
  }

  private func lines(_ part: Part, _ style: TerminalStyle) -> [String] {
    let images = part.images
    let pixels = part.pixels
    var lines = [
      "\(style.paint(part.name, .bold)): \(Quantity.grouped(images.count)) images of \(images.shape), "
        + "pixels \(pixels.range.lowerBound) to \(pixels.range.upperBound) of \(images.pixelMaximum)",
      "  mean \(Quantity.fixed(pixels.mean, digits: 4)), standard deviation "
        + "\(Quantity.fixed(pixels.standardDeviation, digits: 4)), zero \(Quantity.percent(pixels.zeroShare)), "
        + "rim \(Quantity.fixed(pixels.rimMean, digits: 4))",
    ]
    if let ratio = part.uprightness {
      lines.append("  ones are \(Quantity.fixed(ratio, digits: 2)) times as high as wide, in variance")
    }
    guard images.isLabeled else { return lines + ["  no labels"] }
    return lines + bars(images, style)
  }

  /// A bar for each class, as long as its share of the largest.
  private func bars(_ images: LabeledImages, _ style: TerminalStyle) -> [String] {
    let counts = images.classCounts
    let most = max(1, counts.max() ?? 1)
    let nameWidth = min(20, images.classNames.map(\.cellWidth).max() ?? 0)
    let countWidth = Quantity.grouped(most).count
    let length = max(5, min(40, style.width - nameWidth - countWidth - 20))
    return counts.indices.map { label in
      let full = Int((Double(counts[label]) / Double(most) * Double(length)).rounded())
      let bar = String(repeating: style.hasBlocks ? "█" : "#", count: full)
      let name = images.classNames[label].truncated(to: nameWidth, hasBlocks: style.hasBlocks).padded(to: nameWidth)
      let count = Quantity.grouped(counts[label]).padded(to: countWidth, alignment: .right)
      let share = Quantity.percent(Double(counts[label]) / Double(images.count))
      return "  \(name)  \(count)  \(share.padded(to: 7, alignment: .right))  "
        + style.paint(bar, TextStyle(foreground: .blue))
    }
  }

  /// The findings for programs.
  var json: JSONValue {
    .object([
      ("source", .string(source)), ("dataset", .string(dataset.name)),
      ("attribution", dataset.attribution.map { .string($0) } ?? .null), ("hash", .string(dataset.contentHash())),
      ("parts", .array(parts.map(json))),
      (
        "duplicates",
        .object([
          ("train", .integer(duplicates.inTraining)),
          ("test", dataset.test == nil ? .null : .integer(duplicates.inTest)),
          ("testInTrain", dataset.test == nil ? .null : .integer(duplicates.acrossParts)),
          ("otherLabel", .integer(duplicates.withOtherLabel)),
        ])
      ),
      (
        "files",
        .array(
          files.map { file in
            .object([
              ("path", .string(file.path)), ("sha256", .string(file.sha256)),
              ("known", file.isKnown.map { .bool($0) } ?? .null),
            ])
          })
      ),
      ("warnings", .array(warnings.map { .string($0) })),
    ])
  }

  private func json(_ part: Part) -> JSONValue {
    let images = part.images
    return .object([
      ("part", .string(part.name)), ("count", .integer(images.count)), ("shape", .string(images.shape.description)),
      ("pixelMaximum", .integer(Int(images.pixelMaximum))),
      (
        "classes",
        images.isLabeled
          ? .array(
            zip(images.classNames, images.classCounts).map { name, count in
              .object([("name", .string(name)), ("count", .integer(count))])
            }) : .null
      ),
      (
        "pixels",
        .object([
          ("minimum", .integer(Int(part.pixels.range.lowerBound))),
          ("maximum", .integer(Int(part.pixels.range.upperBound))), ("mean", .number(part.pixels.mean)),
          ("standardDeviation", .number(part.pixels.standardDeviation)), ("zeroShare", .number(part.pixels.zeroShare)),
          ("rimMean", part.pixels.rimMean.map { .number($0) } ?? .null),
        ])
      ),
      ("blank", .integer(part.pixels.blankCount)), ("inverted", .bool(part.pixels.seemsInverted)),
      ("uprightness", part.uprightness.map { .number($0) } ?? .null),
      ("transposed", part.uprightness.map { .bool($0 < 1) } ?? .null),
    ])
  }
}
