#ifndef NUMERAL_PLANE_KERNELS_H
#define NUMERAL_PLANE_KERNELS_H

#include "NumeralOperands.h"

#pragma clang assume_nonnull begin

/// A pooling window.
typedef struct {
  long height;
  long width;
  /// The distance between two windows.
  long step;
} numeral_window;

/// Filling, summing and pooling of planes, and their conversion to rows and back.
typedef struct {
  /// Fills planes with images: lane l of `[c, y, x]` is `values[bytes[starts[l] + (c · height + y) · width + x]]`, 0
  /// in lanes from `count` on.
  void (*spread_images)(const numeral_planes *out, const uint8_t *bytes, const int64_t *starts, long count,
                          const float *values);

  /// The first samples of planes as rows of features, `[samples, channels · height · width]` in that order; padding
  /// becomes zeros.
  void (*planes_to_rows)(const numeral_matrix *out, const numeral_planes *planes);

  /// The way back; lanes without a row become 0. Padding is not used.
  void (*rows_to_planes)(const numeral_planes *planes, const numeral_matrix *rows);

  /// Planes with zeros between their positions: `out[c, step · y, step · x] = in[c, y, x]`; other positions keep their
  /// values.
  void (*spread_planes)(const numeral_planes *out, const numeral_planes *in, long step);

  /// The sums of the channels: `out[c] = (out[c] if it accumulates, else 0) + Σ lanes Σ_{y, x} planes[c, y, x]`.
  void (*plane_sums)(float *out, const numeral_planes *planes, bool accumulates);

  /// The largest number of each window; windows are square.
  void (*max_pool)(const numeral_planes *out, const numeral_planes *in, const numeral_window *window);

  /// The way back: a delta goes to the first position of its window that holds the largest value. It is multiplied by
  /// f′ of the output of the activation below, which is `in`. Positions in no window get 0.
  void (*max_pool_back)(const numeral_planes *result, const numeral_planes *delta, const numeral_planes *in,
                        const numeral_planes *pooled, const numeral_window *window,
                        const numeral_activation *activation);

  /// The mean of each window.
  void (*average_pool)(const numeral_planes *out, const numeral_planes *in, const numeral_window *window);

  /// The way back: every position of a window gets an equal share, times f′ as in `max_pool_back`.
  void (*average_pool_back)(const numeral_planes *result, const numeral_planes *delta, const numeral_planes *in,
                            const numeral_window *window, const numeral_activation *activation);
} numeral_plane_kernels;

#pragma clang assume_nonnull end

#endif
