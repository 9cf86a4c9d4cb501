public import CNumeralCPU

#if KERNELS_AVX512
  private let name: StaticString = "avx512"
#elseif KERNELS_AVX2
  private let name: StaticString = "avx2"
#else
  private let name: StaticString = "baseline"
#endif

/// The kernels of this module's instruction set.
public func kernelTable() -> numeral_kernel_table {
  numeral_kernel_table(
    name: UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self),
    pack_weights: packWeights,
    pack_bias: packBias,
    pack_transposed: packTransposed,
    product: product,
    product_through_activation: productThroughActivation,
    gradient: gradient,
    bias_gradient: biasGradient,
    sparse_product: sparseProduct,
    transpose_entries: transposeEntries,
    sparse_gradient: sparseGradient,
    count_tile_terms: countTileTerms,
    pack_tile: packTile,
    tile_product: tileProduct,
    tile_gradient: tileGradient,
    list_lit_pixels: listLitPixels,
    look_up: lookUp,
    list_pixels: listPixels,
    listed_product: listedProduct,
    softmax_cross_entropy: softmaxCrossEntropy,
    classify: classify,
    descend: descend,
    momentum: momentum,
    scaled_descend: scaledDescend,
    adam: adam,
    random_field: randomField,
    smooth_field: smoothField,
    locate: locate,
    interpolate: interpolate,
    finish_plane: finishPlane,
    apply: apply)
}
