import Numeral
import NumeralData
import NumeralFetch
import NumeralReading
import NumeralRendering
import NumeralWorkbench
import NumeralModels

/// What `numeral doctor` looks at outside of the arithmetic: libraries, datasets, the built-in model.
enum SurroundingsCheckup {
  /// The libraries that are loaded when they are needed.
  static func libraries() -> [Finding] {
    var findings: [Finding] = []
    var image: [UInt8] = []
    do throws(RasterizerError) {
      image = try Rasterizer.png(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"><rect width=\"4\" height=\"8\"/></svg>",
        dpi: 96)
      findings.append(Finding("drawing", .sound, "plots as PNG and PDF, with librsvg"))
    } catch {
      findings.append(Finding("drawing", .missing, "\(error)"))
    }
    do throws(ImageFault) {
      let bitmap = try ImageDecoder.decode(image)
      let isRight = bitmap.width == 8 && bitmap.height == 8
      findings.append(
        isRight
          ? Finding("decoding", .sound, "images of digits, with gdk-pixbuf")
          : Finding("decoding", .wrong, "an image of 8×8 was decoded as \(bitmap.width)×\(bitmap.height)"))
    } catch {
      findings.append(
        Finding("decoding", .missing, image.isEmpty ? "not tried, since nothing can be drawn" : "\(error)"))
    }
    do throws(FetchError) {
      try DatasetFetcher.checkLibrary()
      findings.append(Finding("fetching", .sound, "datasets, with libcurl"))
    } catch {
      findings.append(Finding("fetching", .missing, "\(error)"))
    }
    return findings
  }

  /// The datasets that have a name, where they are there; not what is made of another.
  static func datasets(_ environment: [String: String]) -> [Finding] {
    ([BuiltInDigits.name] + KnownDataset.allCases.map(\.rawValue)).map { name in
      do {
        let loaded = try LoadedData(name, label: nil, environment: environment)
        let findings = try DataFindings(loaded.dataset, source: name, environment: environment)
        let warnings = findings.warnings
        return warnings.isEmpty
          ? Finding(name, .sound, summary(findings))
          : Finding(
            name, isHarmless(findings) ? .sound : .wrong, ([summary(findings)] + warnings).joined(separator: "; "),
            remedy: isHarmless(findings) ? nil : "numeral data info \(name) shows more; fetch it again if it is damaged"
          )
      } catch let error as DataError where error.kind == .noInput {
        return Finding(name, .missing, "not on this machine", remedy: "numeral data fetch \(name)")
      } catch {
        return Finding(name, .wrong, error.sentence, remedy: "fetch it again: numeral data fetch \(name)")
      }
    }
  }

  /// Repeated images are a property of some sets, not a fault of this copy.
  private static func isHarmless(_ findings: DataFindings) -> Bool {
    findings.parts.allSatisfy { !$0.pixels.seemsInverted && ($0.uprightness ?? 2) >= 1 }
      && findings.files.allSatisfy { $0.isKnown != false }
      && findings.parts.allSatisfy { part in !part.images.isLabeled || part.images.classCounts.allSatisfy { $0 > 0 } }
  }

  private static func summary(_ findings: DataFindings) -> String {
    let parts = findings.parts.map { part in
      let counts = part.images.classCounts
      let span = "\(Quantity.grouped(counts.min() ?? 0)) to \(Quantity.grouped(counts.max() ?? 0)) per class"
      return "\(part.name) \(Quantity.grouped(part.images.count)), \(span)"
    }
    let known = findings.files.contains { $0.isKnown == true } ? "; the published files" : ""
    return parts.joined(separator: "; ") + known
  }

  /// What the built-in model makes of MNIST's test images.
  static func builtInModel(_ environment: [String: String]) -> Finding {
    let subject = "reading"
    do {
      let model = try Model.builtIn()
      guard let loaded = try? LoadedData(KnownDataset.mnist.rawValue, label: nil, environment: environment),
        let test = loaded.dataset.test
      else {
        return Finding(
          subject, .sound, "\(Quantity.grouped(model.network.parameterCount)) parameters; not tried, MNIST is not here")
      }
      let predictions = try model.network.predict(test)
      let right = zip(predictions.classes, test.labels).count { $0 == Int($1) }
      let share = Double(right) / Double(max(1, test.count))
      let detail =
        "\(Quantity.percent(share, digits: 2)) of \(Quantity.grouped(test.count)) test images of MNIST read right"
      return share > 0.95
        ? Finding(subject, .sound, detail)
        : Finding(subject, .wrong, detail + ", expected more than 95 %", remedy: "the data or this build is damaged")
    } catch {
      return Finding(subject, .wrong, "\(error)", remedy: "build the program again")
    }
  }
}
