import Numeral
import Testing

@Suite struct LabeledImagesSplitsTests {
  /// Images of one pixel that tells which row it is, with so many of each class, classes in turn.
  private func images(_ classCounts: [Int]) throws(DatasetError) -> LabeledImages {
    var left = classCounts
    var labels: [UInt8] = []
    while labels.count < classCounts.reduce(0, +) {
      for label in left.indices where left[label] > 0 {
        labels.append(UInt8(label))
        left[label] -= 1
      }
    }
    return try LabeledImages(
      pixels: labels.indices.map { UInt8($0) }, shape: .features(1), pixelMaximum: 255, labels: labels,
      classNames: classCounts.indices.map { String($0) })
  }

  /// The rows of the whole set that a part has.
  private func rows(_ part: LabeledImages) -> [Int] { (0..<part.count).map { Int(part.pixels(at: $0)[0]) } }

  private func unlabeled() throws(DatasetError) -> LabeledImages {
    try LabeledImages(pixels: [1, 2, 3], shape: .features(1), pixelMaximum: 255, labels: [], classNames: ["a"])
  }

  @Test("A part is so many images, or the nearest whole number to a share of them")
  func partSize() throws {
    #expect(try PartSize.count(1).count(of: 2) == 1)
    #expect(try PartSize.count(9).count(of: 10) == 9)
    #expect(try PartSize.fraction(0.1).count(of: 60_000) == 6000)
    #expect(try PartSize.fraction(0.2).count(of: 1797) == 359)
    #expect(try PartSize.fraction(0.2).count(of: 13) == 3)
  }

  @Test(
    "A part that is nothing, or everything, or no part at all, is refused",
    arguments: [
      (.count(0), "a part of 0 images was asked for, expected 1 to 9 of the 10 there are"),
      (.count(-1), "a part of -1 images was asked for, expected 1 to 9 of the 10 there are"),
      (.count(10), "a part of 10 images was asked for, expected 1 to 9 of the 10 there are"),
      (.fraction(0.01), "a part of 0 images was asked for, expected 1 to 9 of the 10 there are"),
      (.fraction(0.99), "a part of 10 images was asked for, expected 1 to 9 of the 10 there are"),
      (.fraction(0), "the fraction is 0.0, expected a number above 0 and below 1"),
      (.fraction(1), "the fraction is 1.0, expected a number above 0 and below 1"),
      (.fraction(-0.5), "the fraction is -0.5, expected a number above 0 and below 1"),
      (.fraction(.nan), "the fraction is nan, expected a number above 0 and below 1"),
      (.fraction(.infinity), "the fraction is inf, expected a number above 0 and below 1"),
    ] as [(PartSize, String)])
  func badPartSize(size: PartSize, sentence: String) throws {
    let images = try images([5, 5])
    let error = #expect(throws: DatasetError.self) { try images.split(holdingOut: size, seed: 1) }
    #expect(error?.description == sentence)
  }

  @Test("Each class is counted")
  func classCounts() throws {
    #expect(try images([3, 0, 5]).classCounts == [3, 0, 5])
  }

  @Test(
    "Each class gives its share, and the largest remainders the rest, the lower label first (seed 1)",
    arguments: [
      ([40, 20, 10], 7, [4, 2, 1]), ([10, 10, 10], 10, [4, 3, 3]), ([5, 3, 1, 1], 5, [3, 2, 0, 0]),
      ([1, 1, 8], 9, [1, 1, 7]), ([6, 0, 4], 1, [1, 0, 0]),
    ])
  func proportions(classCounts: [Int], size: Int, heldOut: [Int]) throws {
    let (kept, part) = try images(classCounts).split(holdingOut: .count(size), seed: 1)
    #expect(part.classCounts == heldOut)
    #expect(kept.classCounts == zip(classCounts, heldOut).map { $0 - $1 })
  }

  @Test("Both parts together are the set, each in its order (seeds 1 to 5)", arguments: 1...5)
  func disjoint(seed: UInt64) throws {
    let images = try images([70, 50, 30])
    let (kept, heldOut) = try images.split(holdingOut: .fraction(0.2), seed: seed)
    #expect(heldOut.count == 30)
    #expect(rows(kept) == rows(kept).sorted())
    #expect(rows(heldOut) == rows(heldOut).sorted())
    #expect((rows(kept) + rows(heldOut)).sorted() == Array(0..<150))
    #expect(kept.labels == rows(kept).map { images.labels[$0] })
    #expect(heldOut.labels == rows(heldOut).map { images.labels[$0] })
  }

  @Test("The same seed gives the same parts, another seed others (seeds 1 and 2)")
  func seeds() throws {
    let images = try images([70, 50, 30])
    let first = try rows(images.split(holdingOut: .count(30), seed: 1).heldOut)
    #expect(try rows(images.split(holdingOut: .count(30), seed: 1).heldOut) == first)
    #expect(try rows(images.split(holdingOut: .count(30), seed: 2).heldOut) != first)
  }

  @Test("What a seed draws is pinned for ever, as recorded runs are rebuilt from it (seed 1)")
  func pinned() throws {
    // The rows were worked out in another language from the formulas in the sources' comments.
    let images = try images([9, 7, 4])
    #expect(try rows(images.split(holdingOut: .count(6), seed: 1).heldOut) == [1, 6, 7, 11, 16, 19])
    #expect(try rows(images.drawing(6, seed: 1)) == [6, 14, 15, 17, 5, 13])
    #expect(try rows(images.balanced(perClass: 2, seed: 1)) == [2, 3, 4, 5, 15, 19])
  }

  @Test("Every image is held out about equally often (seeds 0 to 999)")
  func fairSplit() throws {
    let images = try images([12, 8])
    var counts = [Int](repeating: 0, count: 20)
    for seed in 0..<1000 {
      for row in try rows(images.split(holdingOut: .count(5), seed: UInt64(seed)).heldOut) { counts[row] += 1 }
    }
    // Binomial(1000, 1/4): standard deviation 13.7; five of them.
    #expect(counts.allSatisfy { ($0 - 250).magnitude < 69 })
  }

  @Test("A draw is of different images, in an order of chance, the same for the same seed (seeds 1 and 2)")
  func drawing() throws {
    let images = try images([70, 50, 30])
    let drawn = try rows(images.drawing(100, seed: 1))
    #expect(Set(drawn).count == 100)
    #expect(drawn != drawn.sorted())
    #expect(try rows(images.drawing(100, seed: 1)) == drawn)
    #expect(try rows(images.drawing(100, seed: 2)) != drawn)
    #expect(try rows(images.drawing(150, seed: 1)).sorted() == Array(0..<150))
    #expect(try unlabeled().drawing(2, seed: 1).count == 2)
  }

  @Test("A balanced draw has so many of each class, in the set's order, the same for the same seed (seeds 1 and 2)")
  func balanced() throws {
    let images = try images([70, 50, 30])
    let part = try images.balanced(perClass: 20, seed: 1)
    #expect(part.classCounts == [20, 20, 20])
    #expect(Set(rows(part)).count == 60)
    #expect(rows(part) == rows(part).sorted())
    #expect(try rows(images.balanced(perClass: 20, seed: 1)) == rows(part))
    #expect(try rows(images.balanced(perClass: 20, seed: 2)) != rows(part))
    #expect(try images.balanced(perClass: 30, seed: 1).classCounts == [30, 30, 30])
  }

  @Test("What cannot be drawn is refused, with what could be")
  func refusals() throws {
    let images = try images([7, 5, 3])
    let unlabeled = try unlabeled()
    let table: [(String, () throws -> Void)] = [
      ("0 images were asked for, expected 1 to the 15 there are", { _ = try images.drawing(0, seed: 1) }),
      ("16 images were asked for, expected 1 to the 15 there are", { _ = try images.drawing(16, seed: 1) }),
      (
        "0 images of each class were asked for, expected 1 or more",
        { _ = try images.balanced(perClass: 0, seed: 1) }
      ),
      (
        "4 images of class 2 were asked for, found 3; ask for at most 3",
        { _ = try images.balanced(perClass: 4, seed: 1) }
      ),
      (
        "the images have no labels, expected one each; training and evaluation need them",
        { _ = try unlabeled.balanced(perClass: 1, seed: 1) }
      ),
      (
        "the images have no labels, expected one each; training and evaluation need them",
        { _ = try unlabeled.split(holdingOut: .count(1), seed: 1) }
      ),
    ]
    for (sentence, body) in table {
      let error = #expect(throws: DatasetError.self, performing: body)
      #expect(error?.description == sentence)
    }
  }
}
