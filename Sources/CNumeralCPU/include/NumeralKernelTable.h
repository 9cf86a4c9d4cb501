#ifndef NUMERAL_KERNEL_TABLE_H
#define NUMERAL_KERNEL_TABLE_H

#include "NumeralConvolution.h"
#include "NumeralDistortion.h"
#include "NumeralElementwise.h"
#include "NumeralLoss.h"
#include "NumeralNormalization.h"
#include "NumeralOperands.h"
#include "NumeralPlaneKernels.h"
#include "NumeralProducts.h"
#include "NumeralSparse.h"
#include "NumeralTiles.h"
#include "NumeralUpdates.h"

/// The kernels of one instruction set: the arithmetic of training and inference, behind plain pointers.
///
/// Every set is compiled from the same source and sums in the same order, so AVX2 and AVX-512 give the same bits. The
/// baseline has no fused multiply-add and differs in the last bits. The plain loops in the tests' support module define
/// what each kernel must compute.
///
/// **Common contract.** Matrices are row-major; see `numeral_matrix` for their padding. Pointers need no alignment; 64
/// bytes is fastest. Outputs alias no input unless the contract says so. Sums run over the named index in ascending
/// order with one accumulator for each output. They start from +0 and end by adding +0, so that a sum of negative zeros
/// only is +0, as it is if zeros are left out. Kernels check nothing: the caller has checked. No kernel allocates.
typedef struct {
  /// `baseline`, `avx2` or `avx512`: the name in `NUMERAL_KERNELS` and in records of runs.
  const char *_Nonnull name;
  numeral_product_kernels products;
  numeral_sparse_kernels sparse;
  numeral_tile_kernels tiles;
  numeral_loss_kernels loss;
  numeral_update_kernels updates;
  numeral_convolution_kernels convolutions;
  numeral_plane_kernels planes;
  numeral_normalization_kernels normalization;
  numeral_elementwise_kernels elementwise;
  numeral_distortion_kernels distortion;
} numeral_kernel_table;

/// A table without kernels, to be filled.
static inline numeral_kernel_table numeral_empty_kernel_table(void) { return (numeral_kernel_table){0}; }

#endif
