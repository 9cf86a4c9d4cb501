public import Numeral
public import NumeralPlots

extension RunFigures {
  /// How many pictures a grid shows if nothing is said: whole rows of them.
  private static func standardCount(_ kind: FigureKind) -> Int {
    switch kind {
    case .worst: 25
    case .outcomes: 6
    default: 24
    }
  }

  /// Pictures in a row, with room for what stands below each; as many as fit where classes have long names.
  private static func columns(_ kind: FigureKind, _ names: [String]) -> Int? {
    guard names.allSatisfy({ $0.count <= 2 }) else { return nil }
    return kind == .worst ? 5 : 6
  }

  /// The first pictures of the part with their labels.
  func samples(_ options: FigureOptions) throws(FigureError) -> ImageGrid {
    let part = try part()
    let names = try classNames()
    let wanted = try label(options)
    let places = part.images.labels.indices.filter { wanted == nil || Int(part.images.labels[$0]) == wanted }
    let shown = try shown(places, of: part, .samples, options)
    return ImageGrid(
      title: "Samples", subtitle: subtitle(of: part),
      tiles: shown.map { place in
        ImageGrid.Tile(
          GrayImage(of: part.images, at: place), captions: [names[Int(part.images.labels[place])]],
          tooltip: "picture \(place): \(names[Int(part.images.labels[place])])")
      }, columns: Self.columns(.samples, names))
  }

  /// Pictures with what was read in them.
  func predictions(_ kind: FigureKind, _ options: FigureOptions) throws(FigureError) -> ImageGrid {
    let reading = try reading()
    let choice = PictureChoice(reading)
    let label = try label(options)
    let all = choice.places(kind, label: label)
    let shown = try shown(all, of: reading.part, kind, options)
    let names = try classNames()
    let ofClass = options.className.map { " of class \($0)" } ?? ""
    let title: String
    switch kind {
    case .right: title = "\(NumberText.grouped(all.count)) pictures\(ofClass) read right: the first \(shown.count)"
    case .wrong: title = "\(NumberText.grouped(all.count)) pictures\(ofClass) read wrong: the first \(shown.count)"
    case .worst:
      title = "\(NumberText.grouped(all.count)) pictures\(ofClass) read wrong: the \(shown.count) most confident"
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
    let choice = PictureChoice(reading)
    let sections = choice.outcomes(of: label).map { outcome in
      ImageGrid.Section(
        "\(NumberText.grouped(outcome.places.count)) \(outcome.name)",
        tiles: outcome.places.prefix(options.count ?? Self.standardCount(.outcomes)).map {
          tile($0, of: reading, choice, names, withRunnerUp: false)
        })
    }
    return ImageGrid(
      title: "Outcomes of class \(names[label])", subtitle: subtitle(of: reading.part), sections: sections,
      columns: Self.columns(.outcomes, names))
  }

  /// The class with the lowest F1, the first of equals; a class that does not occur has none.
  private func weakest(_ reading: PartReading) -> Int {
    let scores = reading.evaluation.classes.map { $0.f1 ?? .infinity }
    return scores.indices.min { scores[$0] < scores[$1] } ?? 0
  }

  private func shown(
    _ places: [Int], of part: RunPart, _ kind: FigureKind, _ options: FigureOptions
  ) throws(FigureError) -> [Int] {
    guard !places.isEmpty else {
      throw .noPictures(source: part.source, part: part.name, kind, className: options.className)
    }
    return Array(places.prefix(options.count ?? Self.standardCount(kind)))
  }

  private func tile(
    _ place: Int, of reading: PartReading, _ choice: PictureChoice, _ names: [String], withRunnerUp: Bool
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
      tooltip: "picture \(place): read as \(read), \(Self.percent(choice.confidence(place))); it is \(truth)")
  }

  /// A probability with one decimal, never 100 or 0 for what is less or more.
  static func percent(_ share: Float) -> String {
    let share = Double(share)
    if share < 1, share >= 0.9995 { return ">99.9 %" }
    if share > 0, share < 0.0005 { return "<0.1 %" }
    return NumberText.percent(share) + " %"
  }
}

extension GrayImage {
  /// A picture of a set; of several channels the first, and a list of numbers as one row.
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
