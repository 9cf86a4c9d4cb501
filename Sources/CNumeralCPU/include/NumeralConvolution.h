#ifndef NUMERAL_CONVOLUTION_H
#define NUMERAL_CONVOLUTION_H

#include "NumeralOperands.h"

#pragma clang assume_nonnull begin

/// The places of a window, its *taps*, and their weights.
///
/// The input of tap t at row y, column x is the vector `offsets[t]` elements after the one at row step · y, column step
/// · x of the first channel. For finite weights, taps that would meet only zeros can be left out; this changes no bit.
typedef struct {
  /// The packed weights.
  const float *panels;
  /// The rows of weights in each panel; at least as many as there are taps.
  long panel_taps;
  /// `[count]`.
  const int32_t *offsets;
  /// `[count]`: where the weights of each tap lie in a panel: 4 times their row.
  const int32_t *places;
  long count;
  /// The distance between two positions in the input.
  long step;
} numeral_taps;

/// Convolutions of planes.
typedef struct {
  /// A convolution, the bias `[out.channels]` added, an activation applied.
  ///
  ///     out[c, y, x] = f( (Σₜ in[step · y, step · x; offsets[t]] · weights[places[t] / 4, c]) + bias[c] )
  ///
  /// Panels are as `pack_taps` makes them.
  void (*convolve)(const numeral_planes *out, const numeral_planes *in, const numeral_taps *taps, const float *bias,
                   const numeral_activation *activation);

  /// The gradient of a convolution of step 1 with respect to its input, times the derivative of the activation below.
  ///
  ///     out[i, y, x] = (Σₜ delta[y, x; offsets[t]] · weights[places[t] / 4, i]) · f′(below)
  ///
  /// Panels are as `pack_taps_back` makes them; the step of the taps is 1. below has the extents of out and is not read
  /// where the activation is the identity.
  void (*convolve_back)(const numeral_planes *out, const numeral_planes *delta, const numeral_taps *taps,
                        const numeral_planes *below, const numeral_activation *activation);

  /// The gradient of a convolution's weights over the sixteen samples and all positions.
  ///
  ///     gradient[t, c] = (gradient[t, c] if it accumulates, else 0)
  ///                    + Σ lanes Σ_{y, x} in[step · y, step · x; offsets[t]] · delta[c, y, x]
  ///
  /// Positions are summed lane by lane, then neighbouring lanes, pairs of neighbours, and so on. Shapes: gradient
  /// `[taps, channels]` with rows padded to multiples of 4, offsets `[taps]`.
  void (*gradient)(const numeral_matrix *gradient, const numeral_planes *in, const numeral_planes *delta,
                   const int32_t *offsets, long step, bool accumulates);

  /// Copies rows `first ..< last` of a convolution's weights `[taps, outputs]` into panels `[⌈outputs/4⌉, taps, 4]`.
  void (*pack_taps)(float *panels, const numeral_matrix *weights, long first, long last);

  /// Copies rows `first ..< last` of a convolution's weights `[channels · window, outputs]` into panels
  /// `[⌈channels/4⌉, outputs · window, 4]` for the way back.
  ///
  ///     panels[i/4, c · window + p, i%4] = weights[i · window + p, c]
  void (*pack_taps_back)(float *panels, const numeral_matrix *weights, long window, long first, long last);
} numeral_convolution_kernels;

#pragma clang assume_nonnull end

#endif
