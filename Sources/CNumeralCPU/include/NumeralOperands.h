#ifndef NUMERAL_OPERANDS_H
#define NUMERAL_OPERANDS_H

#include <stdbool.h>
#include <stdint.h>

// The operands of kernels: matrices, planes, activations.

#pragma clang assume_nonnull begin

/// A row-major matrix of floats.
///
/// Unless their contract says otherwise, kernels process whole vectors of 16 columns: they continue to the next
/// multiple of 16. Every row has that much room, and the elements beyond `columns` are *padding*.
typedef struct {
  /// The first element of the first row. Only outputs are written.
  float *base;
  /// The distance between two rows, in elements.
  long stride;
  long rows;
  /// The columns without padding.
  long columns;
} numeral_matrix;

/// Sixteen samples side by side: `[channels, height, width, 16]`, lane l of every vector sample l.
///
/// Around each channel there may be a border of zeros, which no kernel writes.
typedef struct {
  /// The first element inside the border.
  float *base;
  long channels;
  long height;
  long width;
  /// The distance between two channels, in elements.
  long plane;
  /// The distance between two rows, in elements.
  long row;
} numeral_planes;

/// The activation functions.
///
/// The derivative is given as a function of the output y, because only y is kept.
///
/// | name | f(x) | f′ |
/// |---|---|---|
/// | identity | x | 1 |
/// | relu | max(0, x) | 1 if y > 0, else 0 |
/// | leakyReLU | x if x > 0, else slope · x | 1 if y > 0, else slope |
/// | sigmoid | 1 / (1 + e⁻ˣ) | y (1 − y) |
/// | tanh | tanh x | 1 − y² |
/// | elu | x if x > 0, else eˣ − 1 | 1 if y > 0, else y + 1 |
/// | gelu | x σ(2 √(2/π) (x + 0.044715 x³)) | from x, see `differentiate_at_inputs` |
/// | silu | x σ(x) | from x, see `differentiate_at_inputs` |
enum {
  numeral_activation_identity,
  numeral_activation_relu,
  numeral_activation_leaky_relu,
  numeral_activation_sigmoid,
  numeral_activation_tanh,
  numeral_activation_elu,
  numeral_activation_gelu,
  numeral_activation_silu,
};

/// The activation function of a layer, f in the formulas, f′ its derivative.
typedef struct {
  /// One of `numeral_activation_...`.
  long function;
  /// The slope of leaky ReLU below zero; other functions ignore it.
  float slope;
} numeral_activation;

#pragma clang assume_nonnull end

#endif
