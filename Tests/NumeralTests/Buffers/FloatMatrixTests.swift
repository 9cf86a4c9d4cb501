import Testing

@testable import Numeral

@Suite struct FloatMatrixTests {
  @Test("Columns are padded to whole vectors of 16, strides to an odd number of cache lines")
  func strides() {
    #expect([0, 1, 15, 16, 17, 128].map { FloatMatrix.padded($0) } == [0, 16, 16, 16, 32, 128])
    #expect([1, 16, 17, 32, 48, 128, 784].map { FloatMatrix.spreadStride($0) } == [16, 16, 48, 48, 48, 144, 784])
  }

  @Test("Views of rows and columns see the same elements")
  func views() {
    let buffer = Buffer((0..<64).map { Float($0) })
    let matrix = FloatMatrix(buffer, offset: 4, rows: 3, columns: 10, stride: 16)
    #expect(matrix[0, 0] == 4 && matrix[2, 9] == 45)
    let rows = matrix.rows(1..<3)
    #expect(rows.rows == 2 && rows[0, 0] == 20 && rows[1, 9] == 45)
    #expect(matrix.columns(2).columns == 2 && matrix.columns(2)[2, 1] == 37)
    rows[1, 0] = -1
    #expect(buffer[36] == -1 && matrix[2, 0] == -1)
    let row = FloatMatrix(buffer, rows: 1, columns: 48, stride: 48)
    let shaped = row.shaped(rows: 3, columns: 5, stride: 16)
    #expect(shaped.rows == 3 && shaped[1, 4] == 20)
  }
}
