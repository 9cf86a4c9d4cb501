import Numeral
import NumeralData
import NumeralTestSupport
import NumeralModels
import Testing

@Suite struct PartRulesTests {
  /// Images of one pixel; the pixel is the image's number, so that parts can be told apart.
  private func images(_ range: Range<Int>, classes: Int = 3) throws -> LabeledImages {
    try LabeledImages(
      pixels: range.map { UInt8($0) }, shape: .image(height: 1, width: 1), pixelMaximum: 255,
      labels: range.map { UInt8($0 % classes) }, classNames: (0..<classes).map { "\($0)" })
  }

  private func dataset(test: Bool) throws -> Dataset {
    Dataset(
      name: "numbers", training: try images(0..<150), test: test ? try images(150..<180) : nil, attribution: nil)
  }

  private func numbers(_ images: LabeledImages?) -> [UInt8] {
    guard let images else { return [] }
    return (0..<images.count).map { images.pixels(at: $0)[0] }
  }

  static let rules = [
    PartRules(),
    PartRules(test: .official),
    PartRules(validation: nil),
    PartRules(test: .officialOr(fraction: 0.5), drawing: 40, validation: .count(9), perClass: 5),
    PartRules(test: .official, drawing: 42_000, validation: .count(30)),
    PartRules(validation: .fraction(0.25), perClass: 1),
  ]

  @Test("The official test part is taken as it is")
  func officialTest() throws {
    for rules in PartRulesTests.rules {
      let parts = try rules.parts(of: dataset(test: true), seed: 3)
      #expect(numbers(parts.test) == Array(150..<180))
      #expect(numbers(parts.training).allSatisfy { $0 < 150 })
    }
  }

  @Test("Without one, a stratified share is set aside, or none")
  func heldOutTest() throws {
    let parts = try PartRules().parts(of: dataset(test: false), seed: 3)
    let test = try #require(parts.test)
    #expect(test.count == 30)
    #expect(test.classCounts == [10, 10, 10])
    #expect(parts.validation?.classCounts == [4, 4, 4])
    #expect(parts.training.classCounts == [36, 36, 36])
    #expect(try PartRules(test: .official).parts(of: dataset(test: false), seed: 3).test == nil)
  }

  @Test("Parts have no image in common, and leave none out unless told to", arguments: rules, [false, true])
  func disjoint(_ rules: PartRules, hasTest: Bool) throws {
    let parts = try rules.parts(of: dataset(test: hasTest), seed: 5)
    let all = numbers(parts.training) + numbers(parts.validation) + numbers(parts.test)
    #expect(Set(all).count == all.count)
    if rules.drawing ?? 1000 > 150, rules.perClass == nil { #expect(all.count == (hasTest ? 180 : 150)) }
  }

  @Test("Test, drawing, validation and balance follow in this order")
  func order() throws {
    let rules = PartRules(test: .officialOr(fraction: 0.2), drawing: 60, validation: .count(15), perClass: 7)
    let parts = try rules.parts(of: dataset(test: false), seed: 5)
    // The test part is that of the whole set, whatever comes after it.
    let alone = try PartRules(validation: nil).parts(of: dataset(test: false), seed: 5)
    #expect(numbers(parts.test) == numbers(alone.test))
    let rest = alone.training
    let drawn = try rest.drawing(60, seed: 5)
    let (kept, heldOut) = try drawn.split(holdingOut: .count(15), seed: 5)
    #expect(numbers(parts.validation) == numbers(heldOut))
    #expect(numbers(parts.training) == numbers(try kept.balanced(perClass: 7, seed: 5)))
    #expect(parts.training.classCounts == [7, 7, 7])
    #expect(parts.counts == PartCounts(train: 21, validation: 15, test: 30))
  }

  @Test("A drawing of as many rows as there are, or more, takes all in their order")
  func wholeDrawing() throws {
    for drawing in [150, 151, 42_000] {
      let parts = try PartRules(test: .official, drawing: drawing, validation: nil).parts(
        of: dataset(test: true), seed: 1)
      #expect(numbers(parts.training) == Array(0..<150))
    }
  }

  @Test("The same seed makes the same parts, another seed others", arguments: rules, [false, true])
  func seeds(_ rules: PartRules, hasTest: Bool) throws {
    let one = try rules.parts(of: dataset(test: hasTest), seed: 5)
    let same = try rules.parts(of: dataset(test: hasTest), seed: 5)
    #expect(numbers(one.training) == numbers(same.training))
    #expect(numbers(one.validation) == numbers(same.validation))
    #expect(numbers(one.test) == numbers(same.test))
    let other = try rules.parts(of: dataset(test: hasTest), seed: 6)
    let makesChoices = rules.validation != nil || rules.perClass != nil || (!hasTest && rules.test != .official)
    #expect((numbers(one.training) != numbers(other.training)) == makesChoices)
  }

  @Test("Test and validation part are drawn independently of each other")
  func independence() throws {
    // With one purpose for both, the rows held out for validation would be those whose ranks were next.
    let whole = try images(0..<150)
    let test = try whole.split(holdingOut: .count(30), seed: 5, for: .testPart).heldOut
    let validation = try whole.split(holdingOut: .count(30), seed: 5).heldOut
    #expect(numbers(test) != numbers(validation))
  }

  @Test("What cannot be divided is refused")
  func failures() throws {
    let set = try dataset(test: true)
    #expect(throws: DatasetError.partSize(asked: 150, of: 150)) {
      try PartRules(validation: .count(150)).parts(of: set, seed: 1)
    }
    #expect(throws: DatasetError.tooFewOfClass(name: "0", asked: 46, found: 45)) {
      try PartRules(perClass: 46).parts(of: set, seed: 1)
    }
    let unlabeled = try LabeledImages(
      pixels: [1, 2], shape: .image(height: 1, width: 1), pixelMaximum: 255, labels: [], classNames: ["0"])
    #expect(throws: DatasetError.unlabeled) {
      try PartRules().parts(of: Dataset(name: "x", training: unlabeled, test: nil, attribution: nil), seed: 1)
    }
  }

  @Test("Rules are written as JSON and read again", arguments: rules)
  func json(_ rules: PartRules) throws {
    #expect(PartRules(json: rules.json) == rules)
    #expect(PartRules(json: try JSONValue(parsing: rules.json.text)) == rules)
    #expect(rules.json.asObject?.map(\.key) == ["test", "drawing", "validation", "perClass"])
    for member in rules.json.asObject ?? [] {
      let fewer = JSONValue.object((rules.json.asObject ?? []).filter { $0.key != member.key })
      #expect(PartRules(json: fewer) == nil)
    }
  }
}
