#ifndef NUMERAL_LOSS_H
#define NUMERAL_LOSS_H

#include "NumeralOperands.h"

#pragma clang assume_nonnull begin

/// The labels and results of some samples; all `[samples]`.
typedef struct {
  /// The correct classes.
  const uint8_t *_Nullable labels;
  float *_Nullable losses;
  /// The class of the largest logit, the first of equals.
  int32_t *predictions;
} numeral_sample_results;

/// Softmax and cross-entropy.
typedef struct {
  /// Softmax, cross-entropy and the gradient of the logits for some samples, in one pass, in place.
  ///
  ///     m           = max z[s]
  ///     p[s, c]     = e^(z[s, c] − m) / Σ e^(z[s, c] − m)
  ///     loss[s]     = ln Σ e^(z[s, c] − m) + m − z[s, label]  =  −ln p[s, label]
  ///     delta[s, c] = (p[s, c] − [c = label]) · scale
  ///
  /// With label smoothing ε above 0 the target is (1 − ε) · [c = label] + ε / classes, which adds to both:
  ///
  ///     loss[s]     += ε · (z[s, label] − Σ z[s, c] / classes)
  ///     delta[s, c] += scale · ε · ([c = label] − 1 / classes)
  ///
  /// Stable for all finite logits. Padding becomes 0. Shapes: logits in, delta out `[samples, classes]`; none of the
  /// results may be null.
  void (*softmax_cross_entropy)(const numeral_matrix *logits, const numeral_sample_results *results, float scale,
                                float smoothing);

  /// Probabilities, predictions and losses of some samples: those of `softmax_cross_entropy` without smoothing, the
  /// same bits.
  /// Losses need labels; probabilities and losses are left out if their pointers are null. Shapes: probabilities
  /// `[samples, classes]`, row after row without padding; logits `[samples, classes]`, overwritten.
  void (*classify)(float *_Nullable probabilities, const numeral_matrix *logits, const numeral_sample_results *results);
} numeral_loss_kernels;

#pragma clang assume_nonnull end

#endif
