#ifndef NUMERAL_PRODUCTS_H
#define NUMERAL_PRODUCTS_H

#include "NumeralOperands.h"

#pragma clang assume_nonnull begin

/// Products with dense weights, and their gradients.
///
/// *Panels* are weights in the order in which products read them: for every 16 columns the bias, then all rows,
/// `[⌈columns/16⌉, 1 + rows, 16]`.
typedef struct {
  /// Copies rows `first ..< last` of weights into panels.
  ///
  ///     panels[j/16, 1 + k, j%16] = weights[k, j]
  void (*pack_weights)(float *panels, const numeral_matrix *weights, long first, long last);

  /// Copies a bias `[columns]` into the first row of each panel of weights with `rows` rows.
  ///
  ///     panels[j/16, 0, j%16] = bias[j]
  void (*pack_bias)(float *panels, const float *bias, long rows, long columns);

  /// Copies the transpose of rows `first ..< last` of weights `[rows, outputs]` into panels
  /// `[⌈rows/16⌉, 1 + outputs, 16]`, for `product_through_activation`; the bias stays as it is (zero).
  ///
  ///     panels[i/16, 1 + j, i%16] = weights[i, j]         j in 0 ..< outputs
  void (*pack_transposed)(float *panels, const numeral_matrix *weights, long first, long last);

  /// The product of some samples with packed weights, the bias added, an activation applied.
  ///
  ///     out[s, j] = f( (Σₖ in[s, k] · weights[k, j]) + bias[j] )        k in 0 ..< terms
  ///
  /// Shapes: out `[samples, columns]`, in `[samples, terms]`, which needs no padding; panels as `pack_weights` makes
  /// them.
  void (*product)(const numeral_matrix *out, const numeral_matrix *in, const float *panels,
                  const numeral_activation *activation);

  /// A part of the sums of `product`, over the given inputs, without bias or activation. A sum that one call starts and
  /// another continues has the bits of a sum made by one call.
  ///
  ///     sums[s, j] = (sums[s, j] if it accumulates, else 0) + Σₖ in[s, k] · weights[k, j]
  ///
  /// Shapes: sums `[samples, columns]`; others as above; the bias in the panels is ignored.
  void (*partial_product)(const numeral_matrix *sums, const numeral_matrix *in, const float *panels, bool accumulates);

  /// The same for inputs of which many are zero, as after ReLU: zeros are left out, and weights are read in place. For
  /// finite weights the bits are the same.
  ///
  /// Shapes: weights `[terms, columns]`; the columns with padding are a multiple of 64.
  void (*nonzero_partial_product)(const numeral_matrix *sums, const numeral_matrix *in, const numeral_matrix *weights,
                                  bool accumulates);

  /// The end of a product whose sums are complete: the bias added, an activation applied.
  ///
  ///     out[s, j] = f(sums[s, j] + bias[j])
  ///
  /// Shapes: out and sums `[samples, columns]`, bias `[columns]`. out may be sums.
  void (*finish_product)(const numeral_matrix *out, const numeral_matrix *sums, const float *bias,
                         const numeral_activation *activation);

  /// The product of some samples with packed transposed weights, times the derivative of the activation below.
  ///
  ///     out[s, i] = (Σⱼ in[s, j] · weights[i, j]) · f′(y[s, i])         j in 0 ..< terms
  ///
  /// Shapes: out and y `[samples, columns]` of one stride, in `[samples, terms]`, which needs no padding.
  void (*product_through_activation)(const numeral_matrix *out, const numeral_matrix *y, const numeral_matrix *in,
                                     const float *panels, const numeral_activation *activation);

  /// The same below ReLU, for inputs of which many are zero, as deltas behind ReLU are: zeros are left out. For finite
  /// weights the bits are the same.
  ///
  /// Shapes: as above; in has padding; the columns with padding are a multiple of 64.
  void (*nonzero_product_through_relu)(const numeral_matrix *out, const numeral_matrix *y, const numeral_matrix *in,
                                       const float *panels);

  /// The gradient of some weight rows over a chunk of samples.
  ///
  ///     gradient[i, j] = (gradient[i, j] if it accumulates, else 0) + Σₛ in[s, i] · delta[s, j]
  ///
  /// Shapes: gradient `[rows, columns]`, in `[samples, rows]`, which needs no padding and starts at the first requested
  /// row; delta `[samples, columns]`.
  void (*gradient)(const numeral_matrix *gradient, const numeral_matrix *in, const numeral_matrix *delta,
                   bool accumulates);

  /// The same for inputs of which many are zero: zeros are left out. For finite deltas the bits are the same.
  ///
  /// Shapes: as above; in has padding; the columns with padding are a multiple of 64.
  void (*nonzero_gradient)(const numeral_matrix *gradient, const numeral_matrix *in, const numeral_matrix *delta,
                           bool accumulates);

  /// The gradient of a bias `[columns]` over a chunk of samples: the column sums of delta `[samples, columns]`.
  ///
  ///     gradient[j] = (gradient[j] if it accumulates, else 0) + Σₛ delta[s, j]
  void (*bias_gradient)(float *gradient, const numeral_matrix *delta, bool accumulates);

  /// The column sums of products, over a chunk of samples: the gradient of a gain.
  ///
  ///     sums[j] = (sums[j] if it accumulates, else 0) + Σₛ a[s, j] · b[s, j]
  ///
  /// Shapes: sums `[columns]`, a and b `[samples, columns]`.
  void (*product_sums)(float *sums, const numeral_matrix *a, const numeral_matrix *b, bool accumulates);
} numeral_product_kernels;

#pragma clang assume_nonnull end

#endif
