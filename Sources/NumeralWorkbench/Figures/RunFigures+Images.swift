public import Numeral
public import NumeralPlots
import NumeralModels

extension RunFigures {
  /// The number of images in a row, with room for the captions; nil, as many as fit, if class names are long.
  private static func columns(_ kind: FigureKind, _ names: [String]) -> Int? {
    guard names.allSatisfy({ $0.count <= 2 }) else { return nil }
    return kind == .worst ? 5 : 6
  }

  /// The first images of the part with their labels.
  func samples(_ options: FigureOptions) throws(FigureError) -> ImageGrid {
    let part = try part()
    let names = try classNames()
    let wanted = try label(options)
    let places = part.images.labels.indices.filter { wanted == nil || Int(part.images.labels[$0]) == wanted }
    let shown = try shown(places, of: part, .samples, options)
    return ImageGrid(
      title: "Images with their labels", subtitle: subtitle(of: part),
      tiles: shown.map { place in
        ImageGrid.Tile(
          GrayImage(of: part.images, at: place), captions: [names[Int(part.images.labels[place])]],
          tooltip: "image \(place): \(names[Int(part.images.labels[place])])")
      }, columns: Self.columns(.samples, names))
  }

  /// Images with their predictions.
  func predictions(_ kind: FigureKind, _ options: FigureOptions) throws(FigureError) -> ImageGrid {
    let reading = try reading()
    let choice = ImageChoice(reading)
    let label = try label(options)
    let all = choice.places(kind, label: label)
    let shown = try shown(all, of: reading.part, kind, options)
    let names = try classNames()
    let ofClass = options.className.map { " of class \($0)" } ?? ""
    let title: String
    switch kind {
    case .right: title = "\(NumberText.grouped(all.count)) images\(ofClass) read right: the first \(shown.count)"
    case .wrong: title = "\(NumberText.grouped(all.count)) images\(ofClass) read wrong: the first \(shown.count)"
    case .worst:
      title = "\(NumberText.grouped(all.count)) images\(ofClass) read wrong: the \(shown.count) most confident"
    default: title = "Predictions\(ofClass), with confidence"
    }
    return ImageGrid(
      title: title, subtitle: subtitle(of: reading.part),
      tiles: shown.map { tile($0, of: reading, choice, names, withRunnerUp: kind == .worst) },
      columns: Self.columns(kind, names))
  }

  /// True and false positives and negatives of a class against the rest.
  func outcomes(_ options: FigureOptions) throws(FigureError) -> ImageGrid {
    let reading = try reading()
    let names = try classNames()
    let label = try label(options) ?? weakest(reading)
    let choice = ImageChoice(reading)
    let sections = choice.outcomes(of: label).map { outcome in
      ImageGrid.Section(
        "\(NumberText.grouped(outcome.places.count)) \(outcome.name)",
        tiles: outcome.places.prefix(options.count(.outcomes, of: outcome.places.count)).map {
          tile($0, of: reading, choice, names, withRunnerUp: false)
        })
    }
    return ImageGrid(
      title: "Outcomes of class \(names[label])", subtitle: subtitle(of: reading.part), sections: sections,
      columns: Self.columns(.outcomes, names))
  }

  /// The class with the lowest F1; of equals, the first. A class that does not occur has no F1.
  private func weakest(_ reading: PartReading) -> Int {
    let scores = reading.evaluation.classes.map { $0.f1 ?? .infinity }
    return scores.indices.min { scores[$0] < scores[$1] } ?? 0
  }

  private func shown(
    _ places: [Int], of part: RunPart, _ kind: FigureKind, _ options: FigureOptions
  ) throws(FigureError) -> [Int] {
    guard !places.isEmpty else {
      throw .noImages(source: part.source, part: part.name, kind, className: options.className)
    }
    return Array(places.prefix(options.count(kind, of: places.count)))
  }

  private func tile(
    _ place: Int, of reading: PartReading, _ choice: ImageChoice, _ names: [String], withRunnerUp: Bool
  ) -> ImageGrid.Tile {
    let read = names[reading.predictions.classes[place]]
    let truth = names[Int(reading.part.images.labels[place])]
    let isRight = choice.isRight(place)
    var captions = ["\(read)  \(Self.percent(choice.confidence(place)))"]
    if !isRight { captions.append("is \(truth)") }
    if withRunnerUp {
      let second = choice.runnerUp(place)
      captions.append("then \(names[second.label])  \(Self.percent(second.probability))")
    }
    return ImageGrid.Tile(
      GrayImage(of: reading.part.images, at: place), captions: captions, tone: isRight ? .right : .wrong,
      tooltip: "image \(place): read as \(read), \(Self.percent(choice.confidence(place))); it is \(truth)")
  }

  /// A probability as a percentage with one decimal. Only exactly 1 gives 100 %, and only exactly 0 gives 0 %.
  static func percent(_ share: Float) -> String {
    let share = Double(share)
    if share < 1, share >= 0.9995 { return ">99.9 %" }
    if share > 0, share < 0.0005 { return "<0.1 %" }
    return NumberText.percent(share) + " %"
  }
}

extension GrayImage {
  /// One image of a set: the first of several channels; a list of features becomes one row.
  public init(of images: LabeledImages, at place: Int) {
    let pixels = images.pixels(at: place)
    switch images.shape {
    case .image(let height, let width, _):
      self.init(Array(pixels.prefix(height * width)), width: width, height: height, maximum: images.pixelMaximum)
    case .features(let count):
      self.init(pixels, width: count, height: 1, maximum: images.pixelMaximum)
    }
  }
}
