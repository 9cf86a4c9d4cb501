#ifndef NUMERAL_ELEMENTWISE_H
#define NUMERAL_ELEMENTWISE_H

#include "NumeralOperands.h"

#pragma clang assume_nonnull begin

/// The elementary functions that `apply` computes.
enum {
  numeral_function_exp,
  numeral_function_log,
  numeral_function_sigmoid,
  numeral_function_tanh,
};

/// Which elements dropout keeps, and their factor.
typedef struct {
  /// A key for each sample: sixteen for planes, one for each row for rows.
  const uint32_t *keys;
  /// An element is kept if its hash is at least this.
  uint32_t threshold;
  /// The factor of kept elements.
  float scale;
} numeral_dropout;

/// Elementwise kernels. Activations and sums take rows of features as planes of one channel, `[1, rows, columns/16,
/// 16]`.
typedef struct {
  /// `out = f(in)`; the two may be the same.
  void (*activate_planes)(const numeral_planes *out, const numeral_planes *in, const numeral_activation *activation);

  /// Multiplies by the derivative of the activation that gave y.
  void (*differentiate_planes)(const numeral_planes *delta, const numeral_planes *y,
                               const numeral_activation *activation);

  /// `out = delta · f′(in)` for GELU and SiLU, whose derivative needs the input; out and delta may be the same.
  void (*differentiate_at_inputs)(const numeral_planes *out, const numeral_planes *delta, const numeral_planes *in,
                                  const numeral_activation *activation);

  /// `out = f(a + b)`; out may be one of them.
  void (*add_planes)(const numeral_planes *out, const numeral_planes *a, const numeral_planes *b,
                     const numeral_activation *activation);

  /// Dropout of rows: an element is kept and multiplied by `scale` if hash(keys[row], column) ≥ threshold, else it is
  /// 0.
  ///
  /// hash is the finalizer of MurmurHash3 applied to key + place · 0x9E3779B9, in 32 bits. The way back is the same
  /// call on deltas.
  void (*drop_rows)(const numeral_matrix *out, const numeral_matrix *in, const numeral_dropout *dropout);

  /// Dropout of planes: the place counts channels, rows and columns.
  void (*drop_planes)(const numeral_planes *out, const numeral_planes *in, const numeral_dropout *dropout);

  /// Applies one of `numeral_function_...`; count is a multiple of 16; in and out may be the same. Only tests use it.
  void (*apply)(float *out, const float *in, long count, long function);
} numeral_elementwise_kernels;

#pragma clang assume_nonnull end

#endif
