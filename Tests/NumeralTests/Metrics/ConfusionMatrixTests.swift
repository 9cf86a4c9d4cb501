import Testing

@testable import Numeral

@Suite struct ConfusionMatrixTests {
  @Test("Rows are true classes, columns predicted ones")
  func counts() {
    let matrix = ConfusionMatrix(predicted: [0, 1, 1, 2, 2, 2], expected: [0, 0, 1, 0, 2, 2], classCount: 4)
    #expect(matrix.counts == [[1, 1, 1, 0], [0, 1, 0, 0], [0, 0, 2, 0], [0, 0, 0, 0]])
    #expect(matrix.classCount == 4)
    #expect(matrix.total == 6)
    #expect(matrix.right == 4)
    #expect((0..<4).map { matrix.support(of: $0) } == [3, 1, 2, 0])
    #expect((0..<4).map { matrix.predicted(as: $0) } == [1, 2, 3, 0])
  }

  @Test("Without images all counts are 0")
  func empty() {
    let matrix = ConfusionMatrix(predicted: [], expected: [], classCount: 2)
    #expect(matrix.counts == [[0, 0], [0, 0]])
    #expect(matrix.total == 0 && matrix.right == 0)
  }
}
