#ifndef NUMERAL_UPDATES_H
#define NUMERAL_UPDATES_H

#include "NumeralOperands.h"

#pragma clang assume_nonnull begin

/// The numbers of one step of `momentum`.
typedef struct {
  /// The learning rate.
  float rate;
  /// The share of the velocity that is kept.
  float momentum;
  /// Whether the step has Nesterov's form.
  bool looks_ahead;
} numeral_momentum_step;

/// The numbers of one step of `scaled_descend`.
typedef struct {
  /// The learning rate.
  float rate;
  /// The share of the past squares that is kept: 1 for AdaGrad, α for RMSprop.
  float kept;
  /// The share of the new square that is added: 1 for AdaGrad, 1 − α for RMSprop.
  float added;
  /// The number added to the root; above 0, which keeps padding zero.
  float epsilon;
} numeral_scaled_step;

/// The numbers of one step of `adam`, the same for all parameters; t is the number of the step, from 1.
typedef struct {
  /// The learning rate divided by 1 − β₁ᵗ.
  float rate;
  /// 1 for Adam, 1 − learning rate · weight decay for AdamW.
  float shrink;
  /// 1 − β₁.
  float mean_added;
  /// β₂.
  float square_kept;
  /// 1 − β₂.
  float square_added;
  /// 1 / √(1 − β₂ᵗ).
  float root_correction;
  /// The number added to the root; above 0, which keeps padding zero.
  float epsilon;
} numeral_adam_step;

/// The numbers of `adjust`.
typedef struct {
  /// The factor of the values.
  float scale;
  /// The largest magnitude after scaling, infinity for no limit.
  float limit;
  /// The share of the other numbers that is added.
  float share;
  /// The share of the other numbers' signs that is added.
  float sign_share;
} numeral_adjustment;

/// The optimizers' elementwise arithmetic, and related kernels. `count` is a multiple of 16.
typedef struct {
  /// One step of gradient descent: `parameters[i] −= rate · gradient[i]`.
  void (*descend)(float *parameters, const float *gradient, long count, float rate);

  /// One step of gradient descent with momentum.
  ///
  ///     velocity[i]   = momentum · velocity[i] + gradient[i]
  ///     parameters[i] −= rate · velocity[i]                                     plain
  ///     parameters[i] −= rate · (momentum · velocity[i] + gradient[i])          looks_ahead (Nesterov)
  void (*momentum)(float *parameters, float *velocity, const float *gradient, long count,
                   const numeral_momentum_step *step);

  /// One step of gradient descent scaled by the root of past squares: AdaGrad and RMSprop.
  ///
  ///     squares[i]    = (kept · squares[i]) + added · (gradient[i]²)
  ///     parameters[i] −= rate · (gradient[i] / (√squares[i] + epsilon))
  ///
  /// Products in brackets are rounded.
  void (*scaled_descend)(float *parameters, float *squares, const float *gradient, long count,
                         const numeral_scaled_step *step);

  /// One step of Adam or AdamW.
  ///
  ///     means[i]      = means[i] + mean_added · (gradient[i] − means[i])
  ///     squares[i]    = (square_kept · squares[i]) + square_added · (gradient[i]²)
  ///     parameters[i] = (shrink · parameters[i]) − rate · (means[i] / (root_correction · √squares[i] + epsilon))
  ///
  /// What is in brackets is rounded.
  void (*adam)(float *parameters, float *means, float *squares, const float *gradient, long count,
               const numeral_adam_step *step);

  /// Scales and limits some numbers, and adds to each a share of another number and a share of its sign.
  ///
  ///     v         = values[i] · scale, at most limit and at least −limit
  ///     values[i] = (v + share · others[i]) + sign_share · sign(others[i])          sign(0) = 0
  ///
  /// NaN stays NaN. Clips gradients and adds those of L1 and L2 penalties, others being the parameters.
  void (*adjust)(float *values, const float *others, long count, const numeral_adjustment *by);

  /// Moves running averages by a share of the way to some values: `averages[i] += share · (values[i] − averages[i])`.
  void (*average)(float *averages, const float *values, long count, float share);

  /// Copies a matrix or its transpose and multiplies each element.
  ///
  ///     out[i, j] = in[i, j] · scale   or, if it transposes,   out[i, j] = in[j, i] · scale
  ///
  /// Shapes: out `[rows, columns]`, in accordingly; padding keeps its values.
  void (*scaled_copy)(const numeral_matrix *out, const numeral_matrix *in, float scale, bool transposes);

  /// The sum of the squares of some floats, in Double; here count is a multiple of 4.
  ///
  /// Four sums, each over every fourth element in order, are added as (s₀ + s₂) + (s₁ + s₃).
  double (*sum_of_squares)(const float *values, long count);

  /// The sum of the squares of each column without padding, in Double, row after row: `sums[j] = Σᵢ values[i, j]²`.
  void (*column_squares)(double *sums, const numeral_matrix *values);

  /// Multiplies each column, padding included, by its factor: `values[i, j] *= factors[j]`.
  void (*scale_columns)(const numeral_matrix *values, const float *factors);
} numeral_update_kernels;

#pragma clang assume_nonnull end

#endif
