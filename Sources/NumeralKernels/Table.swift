public import CNumeralCPU

#if KERNELS_AVX512
  private let name: StaticString = "avx512"
#elseif KERNELS_AVX2
  private let name: StaticString = "avx2"
#else
  private let name: StaticString = "baseline"
#endif

/// The kernels of this module's instruction set. Each file puts its own into the table.
public func kernelTable() -> numeral_kernel_table {
  var table = numeral_empty_kernel_table()
  table.name = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
  putPacking(into: &table)
  putProducts(into: &table)
  putPartialProducts(into: &table)
  putNonzeroProducts(into: &table)
  putGradients(into: &table)
  putSparseProducts(into: &table)
  putNonzeroPixels(into: &table)
  putByteTiles(into: &table)
  putSimilarity(into: &table)
  putLoss(into: &table)
  putUpdates(into: &table)
  putAdjustments(into: &table)
  putNorms(into: &table)
  putConvolutions(into: &table)
  putConvolutionGradient(into: &table)
  putPlanes(into: &table)
  putPooling(into: &table)
  putNormalization(into: &table)
  putLayerNormalization(into: &table)
  putElementwise(into: &table)
  putElementaryFunctions(into: &table)
  putDistortion(into: &table)
  return table
}
