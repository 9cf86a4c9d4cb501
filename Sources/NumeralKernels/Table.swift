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
    product_sums: productSums,
    sparse_product: sparseProduct,
    sparse_gradient: sparseGradient,
    count_tile_terms: countTileTerms,
    pack_tile: packTile,
    tile_product: tileProduct,
    tile_gradient: tileGradient,
    list_lit_pixels: listLitPixels,
    look_up: lookUp,
    softmax_cross_entropy: softmaxCrossEntropy,
    classify: classify,
    descend: descend,
    momentum: momentum,
    scaled_descend: scaledDescend,
    adam: adam,
    adjust: adjust,
    average: average,
    scaled_copy: scaledCopy,
    sum_of_squares: sumOfSquares,
    column_squares: columnSquares,
    scale_columns: scaleColumns,
    random_field: randomField,
    smooth_field: smoothField,
    locate: locate,
    interpolate: interpolate,
    finish_plane: finishPlane,
    apply: apply,
    convolve: convolve,
    convolve_back: convolveBack,
    convolution_gradient: convolutionGradient,
    pack_taps: packTaps,
    pack_taps_back: packTapsBack,
    spread_pictures: spreadPictures,
    planes_to_rows: planesToRows,
    rows_to_planes: rowsToPlanes,
    spread_planes: spreadPlanes,
    plane_sums: planeSums,
    max_pool: maxPool,
    max_pool_back: maxPoolBack,
    average_pool: averagePool,
    average_pool_back: averagePoolBack,
    plane_moments: planeMoments,
    plane_line: planeLine,
    plane_delta_sums: planeDeltaSums,
    plane_line_back: planeLineBack,
    column_moments: columnMoments,
    column_line: columnLine,
    column_delta_sums: columnDeltaSums,
    column_line_back: columnLineBack,
    normalize_rows: normalizeRows,
    normalize_rows_back: normalizeRowsBack,
    activate_planes: activatePlanes,
    differentiate_planes: differentiatePlanes,
    differentiate_at_inputs: differentiateAtInputs,
    add_planes: addPlanes,
    drop_rows: dropRows,
    drop_planes: dropPlanes)
}
