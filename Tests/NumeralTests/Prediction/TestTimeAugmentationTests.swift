import Testing

@testable import Numeral

@Suite struct TestTimeAugmentationTests {
  @Test(
    "Copies are shifted by up to 1/28 of the shorter side and turned by up to 6 degrees, or as asked")
  func standard() {
    let copies = TestTimeAugmentation(copies: 4)
    #expect(copies.distortions(of: .image(height: 28, width: 28)) == Augmentation(shift: 1, rotation: 6))
    #expect(copies.distortions(of: .image(height: 14, width: 40)) == Augmentation(shift: 0.5, rotation: 6))
    let own = Augmentation(scale: 0.9...1.1)
    #expect(TestTimeAugmentation(copies: 4, augmentation: own).distortions(of: .image(height: 8, width: 8)) == own)
  }

  @Test("Numbers of copies out of range, samples without neighbours and bad settings are refused")
  func refusals() throws {
    let shape = Shape.image(height: 8, width: 8)
    func error(_ augmentation: TestTimeAugmentation, _ shape: Shape) -> EnsembleError? {
      do {
        try augmentation.check(shape)
        return nil
      } catch {
        return error
      }
    }
    #expect(error(.init(copies: -1), shape) == .copies(-1) && error(.init(copies: 1001), shape) == .copies(1001))
    #expect(error(.init(copies: 1000), shape) == nil && error(.none, .features(5)) == nil)
    #expect(error(.init(copies: 1), .features(5)) == .augmentation(.notImages(.features(5))))
    #expect(
      error(.init(copies: 1, augmentation: Augmentation(shift: -1)), shape)
        == .augmentation(.setting(name: "shift", found: "-1.0", expected: "0 to 100 pixels")))
  }
}
