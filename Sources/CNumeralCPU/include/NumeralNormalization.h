#ifndef NUMERAL_NORMALIZATION_H
#define NUMERAL_NORMALIZATION_H

#include "NumeralOperands.h"

#pragma clang assume_nonnull begin

/// The factors of a line in two variables, one of each for every channel or column.
typedef struct {
  /// The factor of the delta.
  const float *a;
  /// The factor of the input.
  const float *b;
  const float *constant;
} numeral_line;

/// The operands that `normalize_rows` and its way back share.
typedef struct {
  /// `[samples, columns]`, of the stride of the other rows.
  float *normalized;
  /// `[samples]`.
  float *scales;
  /// `[columns]`; padding is zero.
  const float *gamma;
  /// `[columns]`; padding is zero. Not read on the way back.
  const float *beta;
  /// The number added to the variance. Not read on the way back.
  float epsilon;
} numeral_row_normalization;

/// Normalization by the moments of channels, of columns and of rows.
typedef struct {
  /// Mean of each channel, and the sum of squared deviations from it, over the positions of the first `count` samples.
  void (*plane_moments)(float *mean, float *square, const numeral_planes *planes, long count);

  /// `out[c] = f(a[c] · in[c] + b[c])`, channel by channel.
  void (*plane_line)(const numeral_planes *out, const numeral_planes *in, const float *a, const float *b,
                     const numeral_activation *activation);

  /// `sums[c] = Σ delta[c]`, `products[c] = Σ delta[c] · (in[c] − mean[c])`, over all positions and lanes.
  void (*plane_delta_sums)(float *sums, float *products, const numeral_planes *delta, const numeral_planes *in,
                           const float *mean);

  /// `result[c] = a[c] · delta[c] + b[c] · in[c] + constant[c]` of the first `count` samples, 0 in the remaining lanes;
  /// result and delta may be the same.
  void (*plane_line_back)(const numeral_planes *result, const numeral_planes *delta, const numeral_planes *in,
                          long count, const numeral_line *line);

  /// `plane_moments` of the columns of rows `[samples, columns]`.
  void (*column_moments)(float *mean, float *square, const numeral_matrix *rows);

  /// `plane_line` with a line for each column.
  void (*column_line)(const numeral_matrix *out, const numeral_matrix *in, const float *a, const float *b,
                      const numeral_activation *activation);

  /// `plane_delta_sums` of the columns of rows.
  void (*column_delta_sums)(float *sums, float *products, const numeral_matrix *delta, const numeral_matrix *in,
                            const float *mean);

  /// `plane_line_back` with a line for each column.
  void (*column_line_back)(const numeral_matrix *result, const numeral_matrix *delta, const numeral_matrix *in,
                           const numeral_line *line);

  /// Normalizes each row by the moments of its own elements.
  ///
  ///     scales[s]        = 1 / √(variance of in[s] + epsilon)
  ///     normalized[s, j] = (in[s, j] − mean of in[s]) · scales[s]
  ///     out[s, j]        = f(gamma[j] · normalized[s, j] + beta[j])
  ///
  /// Shapes: out and in `[samples, columns]` of one stride.
  void (*normalize_rows)(const numeral_matrix *out, const numeral_matrix *in,
                         const numeral_row_normalization *normalization, const numeral_activation *activation);

  /// The way back, with g = delta · gamma:
  ///
  ///     result[s, j] = (g[j] − mean(g) − normalized[s, j] · mean(g · normalized[s])) · scales[s]
  ///
  /// Padding of result becomes 0; that of delta and normalized is read and must be finite. Shapes: result and delta
  /// `[samples, columns]` of one stride.
  void (*normalize_rows_back)(const numeral_matrix *result, const numeral_matrix *delta,
                              const numeral_row_normalization *normalization);
} numeral_normalization_kernels;

#pragma clang assume_nonnull end

#endif
