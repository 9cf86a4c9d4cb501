#ifndef NUMERAL_KERNEL_TABLE_H
#define NUMERAL_KERNEL_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// The activation functions that kernels know; the numbers are shared with the library's `Activation`.
///
/// The derivative is given as a function of the output y, because only that is kept.
///
/// | name | f(x) | f′ |
/// |---|---|---|
/// | identity | x | 1 |
/// | relu | max(0, x) | 1 if y > 0, else 0 |
/// | leakyReLU | x if x > 0, else slope · x | 1 if y > 0, else slope |
/// | sigmoid | 1 / (1 + e⁻ˣ) | y (1 − y) |
/// | tanh | tanh x | 1 − y² |
/// | elu | x if x > 0, else eˣ − 1 | 1 if y > 0, else y + 1 |
/// | gelu | x σ(2 √(2/π) (x + 0.044715 x³)) | from x, see `differentiate_rows` |
/// | silu | x σ(x) | from x, see `differentiate_rows` |
enum {
  numeral_activation_identity = 0,
  numeral_activation_relu = 1,
  numeral_activation_leaky_relu = 2,
  numeral_activation_sigmoid = 3,
  numeral_activation_tanh = 4,
  numeral_activation_elu = 5,
  numeral_activation_gelu = 6,
  numeral_activation_silu = 7,
};

/// The elementary functions that `apply` computes.
enum {
  numeral_function_exp = 0,
  numeral_function_log = 1,
  numeral_function_sigmoid = 2,
  numeral_function_tanh = 3,
};

/// The numbers of one step of `adam`, the same for all parameters, t counting steps from 1.
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
  /// What is added to the root, above 0.
  float epsilon;
} numeral_adam_step;

/// Sixteen samples side by side: `[channels, height, width, 16]`, lane l of every vector sample l.
///
/// Around each channel there may be a border of zeros, which nobody writes; `base` is the first element inside it.
typedef struct {
  float *base;
  long channels;
  long height;
  long width;
  /// The distance of two channels, in elements.
  long plane;
  /// The distance of two rows, in elements.
  long row;
} numeral_planes;

/// Where each pixel of a distorted picture is found in the one it is made from, x to the right and y down, in pixels:
///
///     x' = xx · x + xy · y + x0 + strength · dx[y, x]
///     y' = yx · x + yy · y + y0 + strength · dy[y, x]
typedef struct {
  float xx, xy, x0;
  float yx, yy, y0;
  /// What the fields are multiplied by; 0 where there are none.
  float strength;
} numeral_inverse_map;

/// The kernels of one instruction set: the arithmetic of training and inference, behind plain pointers.
///
/// Every set is compiled from the same source, and every set sums in the same order, so AVX2 and AVX-512 give the same
/// bits; the baseline has no fused multiply-add and differs in the last ones. The plain loops in the tests' support
/// module are the definition that each kernel must match.
///
/// **Common contract.** Matrices are row-major. A *stride* is the distance between two rows in elements. `columns` is a
/// multiple of 16 wherever a row is read or written as vectors, and every row has that much room; what lies beyond the
/// real columns is padding. Pointers need no alignment; 64 bytes is fastest. Outputs alias no input unless it says so.
/// Sums run over the named index in ascending order with one accumulator per output, starting from +0, and end by
/// adding +0, so that a sum of nothing but negative zeros is +0, as it is where zeros are left out. Nothing is checked
/// here: the caller has checked. No kernel allocates.
typedef struct {
  /// `baseline`, `avx2` or `avx512`: what `NUMERAL_KERNELS` calls it and what runs record.
  const char *name;

  /// Copies some rows of a weight matrix into panels of 16 columns, `[columns/16, 1 + rows, 16]`, for `product`.
  ///
  ///     panels[j/16, 1 + k, j%16] = weights[k, j]         weights [rows, columns], k in first ..< last
  void (*pack_weights)(float *panels, const float *weights, long stride, long rows, long first, long last,
                       long columns);

  /// Copies a bias `[columns]` into the first row of such panels: `panels[j/16, 0, j%16] = bias[j]`.
  void (*pack_bias)(float *panels, const float *bias, long rows, long columns);

  /// Copies the transpose of some rows of a weight matrix into panels of 16 columns,
  /// `[⌈rows/16⌉, 1 + outputs, 16]`, for `product_through_activation`; the bias stays as it is (zero).
  ///
  ///     panels[i/16, 1 + j, i%16] = weights[i, j]         i in first ..< last, j in 0 ..< outputs
  void (*pack_transposed)(float *panels, const float *weights, long stride, long first, long last, long outputs);

  /// The product of some samples with packed weights, the bias added, an activation applied.
  ///
  ///     out[s, j] = f( (Σₖ in[s, k] · weights[k, j]) + bias[j] )        k in 0 ..< terms
  ///
  /// Shapes: out `[samples, columns]`, in `[samples, terms]`, panels as `pack_weights` makes them.
  void (*product)(float *out, long out_stride, const float *in, long in_stride, const float *panels, long samples,
                  long terms, long columns, int32_t activation, float slope);

  /// Part of the sums of `product`, over the inputs that there are, without bias or activation. A sum that one call begins and
  /// another goes on with has the bits of one that was made in one go.
  ///
  ///     sums[s, j] = (sums[s, j] if it accumulates, else 0) + Σₖ in[s, k] · weights[k, j]
  ///
  /// Shapes: sums `[samples, columns]`; others as above, whatever the panels have for a bias.
  void (*partial_product)(float *sums, long sums_stride, const float *in, long in_stride, const float *panels,
                          long samples, long terms, long columns, bool accumulates);

  /// The same where many of the inputs are zero, as after ReLU: these are left out, and weights are read where they are. For
  /// finite weights the bits are the same.
  ///
  /// Shapes: weights `[terms, columns]`, in with room for whole vectors; columns a multiple of 64.
  void (*lit_partial_product)(float *sums, long sums_stride, const float *in, long in_stride, const float *weights,
                              long weight_stride, long samples, long terms, long columns, bool accumulates);

  /// The end of a product whose sums are complete: the bias added, an activation applied.
  ///
  ///     out[s, j] = f(sums[s, j] + bias[j])
  ///
  /// Shapes: out and sums `[samples, columns]`, bias `[columns]`. out may be sums.
  void (*finish_product)(float *out, long out_stride, const float *sums, long sums_stride, const float *bias,
                         long samples, long columns, int32_t activation, float slope);

  /// The product of some samples with packed transposed weights, times the derivative of the activation below.
  ///
  ///     out[s, i] = (Σⱼ in[s, j] · weights[i, j]) · f′(y[s, i])         j in 0 ..< terms
  ///
  /// Shapes: out and y `[samples, columns]` of one stride, in `[samples, terms]`.
  void (*product_through_activation)(float *out, const float *y, long out_stride, const float *in, long in_stride,
                                     const float *panels, long samples, long terms, long columns, int32_t activation,
                                     float slope);

  /// The same below ReLU, where many of the inputs are zero, as deltas behind ReLU are: these are left out. For finite weights
  /// the bits are the same.
  ///
  /// Shapes: as above, in with room for whole vectors; columns a multiple of 64.
  void (*lit_product_through_relu)(float *out, const float *y, long out_stride, const float *in, long in_stride,
                                   const float *panels, long samples, long terms, long columns);

  /// The gradient of some weight rows over a chunk of samples.
  ///
  ///     gradient[i, j] = (gradient[i, j] if it accumulates, else 0) + Σₛ in[s, i] · delta[s, j]
  ///
  /// Shapes: gradient `[rows, columns]`, in `[samples, rows]` (moved to the first row wanted), delta
  /// `[samples, columns]`.
  void (*gradient)(float *gradient, long gradient_stride, const float *in, long in_stride, const float *delta,
                   long delta_stride, long samples, long rows, long columns, bool accumulates);

  /// The same where many of the inputs are zero: these are left out. For finite deltas the bits are the same.
  ///
  /// Shapes: as above, in with room for whole vectors; columns a multiple of 64.
  void (*lit_gradient)(float *gradient, long gradient_stride, const float *in, long in_stride, const float *delta,
                       long delta_stride, long samples, long rows, long columns, bool accumulates);

  /// The gradient of a bias over a chunk of samples: the column sums of delta `[samples, columns]`.
  ///
  ///     gradient[j] = (gradient[j] if it accumulates, else 0) + Σₛ delta[s, j]
  void (*bias_gradient)(float *gradient, const float *delta, long delta_stride, long samples, long columns,
                        bool accumulates);

  /// The column sums of products, over a chunk of samples: the gradient of a gain.
  ///
  ///     sums[j] = (sums[j] if it accumulates, else 0) + Σₛ a[s, j] · b[s, j]
  void (*product_sums)(float *sums, const float *a, long a_stride, const float *b, long b_stride, long samples,
                       long columns, bool accumulates);

  /// `product` where samples are lists of lit pixels: terms that are zero are left out.
  ///
  ///     out[s, j] = f( (Σ over entries e of s, ascending: values[byte(e)] · weights[pixel(e), j]) + bias[j] )
  ///
  /// For finite weights the bits are those of `product`, since fma(0, w, a) = a. So many pixels make a pass, so that its weight
  /// rows stay in cache while all samples go by. The record of sample s starts at `records[firsts[s]]`, see
  /// `list_lit_pixels`.
  ///
  /// Beside the sums, unless transposed is null, the byte of each lit pixel p of a sample s is written to
  /// `transposed[p · transposed_stride + s]`, for `sparse_gradient`; and the records that start where `ahead` says are asked
  /// for, so that they are near when the next call wants them, which changes no result.
  ///
  /// Shapes: out `[samples, columns]`, firsts `[samples]`, cursors `[samples + 4]` is scratch, values `[256]`, weights
  /// `[pixels, columns]`, bias `[columns]`, transposed `[pixels, transposed_stride]`, ahead `[samples]`.
  void (*sparse_product)(float *out, long out_stride, const uint16_t *records, const uint32_t *firsts,
                         uint32_t *cursors, long samples, long passes, long pixels_per_pass, const float *values,
                         const float *weights, long weight_stride, const float *bias, long columns, int32_t activation,
                         float slope, uint8_t *_Nullable transposed, long transposed_stride,
                         const uint32_t *ahead);

  /// `gradient` of the weight rows of some pixels from their bytes in each sample, which become zero: pixels that are not lit
  /// are left out. For finite deltas the bits are those of `gradient`.
  ///
  /// Shapes: gradient `[pixels, columns]`, transposed `[pixels, transposed_stride]`, a multiple of 64, zeros beyond the last
  /// sample; values `[256]`, delta `[samples, columns]`.
  void (*sparse_gradient)(float *gradient, long gradient_stride, uint8_t *transposed, long transposed_stride,
                          const float *values, const float *delta, long delta_stride, long pixels, long columns,
                          bool accumulates);

  /// `sparse_gradient`, then `descend` along it: the same bits, but the gradient is nowhere written, and weights of pixels
  /// that are lit in no sample are not touched.
  ///
  ///     weights[p, j] −= rate · Σₛ values[transposed[p, s]] · delta[s, j]
  void (*sparse_descend)(float *weights, long weight_stride, uint8_t *transposed, long transposed_stride,
                         const float *values, const float *delta, long delta_stride, long pixels, long columns,
                         float rate);

  /// What a picture lights, in 256 bits: bit i is set if a pixel of group i is lit, of so many pixels that follow each other in
  /// a list. Bits beyond the last group are zero.
  ///
  /// Shapes: mask `[4]`, pixels `[count]`, places of the picture's bytes; groups are so large that there are at most 256.
  void (*light_mask)(uint64_t *mask, const uint8_t *bytes, const int32_t *pixels, long count, long group);

  /// The first of some such masks, `[count, 4]`, with the fewest bits beside those of `lit`; 0 if there is none.
  long (*fewest_added)(const uint64_t *masks, long count, const uint64_t *lit);

  /// The number of terms of a tile that `pack_tile` keeps: those whose byte is not zero in some lane.
  long (*count_tile_terms)(const uint8_t *bytes, const int64_t *lanes, long lane_count, const int64_t *terms,
                           long term_count);

  /// Packs the bytes of sixteen lanes for `tile_product` (lanes are samples, terms pixels) or `tile_gradient` (lanes are
  /// pixels, terms samples).
  ///
  /// The byte of lane l and term t is `bytes[lanes[l] + terms[t]]`; lanes from `lane_count` on are 0. Of the terms, in
  /// order, those are kept whose byte is not zero in some lane. Number e of those kept is term `places[e]`, and
  /// `tile[64 · (e / 4) + 4 · l + e % 4]` its byte in lane l: a vector holds four terms. The last four are made up with
  /// zeros and the place before, so tile has 64 and places 4 elements for each four or part of four of those counted.
  void (*pack_tile)(uint8_t *tile, uint16_t *places, const uint8_t *bytes, const int64_t *lanes, long lane_count,
                    const int64_t *terms, long term_count);

  /// `product` for a layer of at most sixteen units, from tiles of sixteen samples: the same bits for finite weights.
  ///
  /// Lane l of tile i is row `rows[16 · i + l] − first` of out, and there are `count` of these. The tile is made of the fours
  /// `starts[i] ..< starts[i + 1]` of bytes and places, which are pixels. A byte counts as byte / maximum, rounded once; maximum is 255, a power of two up to 128 or another for
  /// which `NarrowInput.isExact` says so. Padding becomes 0.
  ///
  /// Shapes: out `[rows, 16]`, starts `[⌈count/16⌉ + 1]`, weights `[pixels, 16]` with zeros as padding, bias `[16]`; outputs
  /// in 1 ... 16.
  void (*tile_product)(float *out, long out_stride, const int32_t *rows, long first, long count, const uint8_t *bytes,
                       const uint16_t *places, const int32_t *starts, float maximum, const float *weights,
                       long weight_stride, const float *bias, long outputs, int32_t activation, float slope);

  /// `gradient` for a layer of at most sixteen units, from tiles of sixteen pixels: the same bits for finite deltas.
  ///
  /// Lane l of tile i is row `rows[16 · i + l]` of the gradient, and there are `count` of these. The places are samples.
  /// Shapes: gradient `[rows, 16]`, delta `[samples, 16]` with zeros as padding, starts `[⌈count/16⌉ + 1]`; outputs in
  /// 1 ... 16.
  void (*tile_gradient)(float *gradient, long gradient_stride, const int32_t *rows, long count, const uint8_t *bytes,
                        const uint16_t *places, const int32_t *starts, float maximum, const float *delta,
                        long delta_stride, long outputs, bool accumulates);

  /// Lists the lit pixels of one picture, ascending, pass by pass.
  ///
  /// For each pass the record has the number of its entries, then these, each `(pixel − first pixel of its pass) << 8 | byte`, so
  /// a pass has at most 256 pixels. `patterns[m, ...]` are the places of the bits of m, lowest first, `[256, 8]`; what follows
  /// them is of no account. Returns the length of the record, a number for each pass and for each lit pixel; sixteen more may
  /// be written.
  long (*list_lit_pixels)(uint16_t *record, const uint8_t *bytes, long pixels, long pixels_per_pass, long passes,
                          const uint16_t *patterns);

  /// The numbers that a network sees for some bytes: `out[i] = values[bytes[i]]`.
  void (*look_up)(float *out, const uint8_t *bytes, const float *values, long count);

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
  /// Stable for all finite logits. `predictions[s]` is the class of the largest logit, the first of equals. Padding
  /// becomes 0. Shapes: logits in, delta out `[samples, ⌈classes/16⌉ · 16]`; losses, predictions, labels `[samples]`.
  void (*softmax_cross_entropy)(float *logits, long stride, float *losses, int32_t *predictions, const uint8_t *labels,
                                long samples, long classes, float scale, float smoothing);

  /// Probabilities, predictions and losses of some samples: those of `softmax_cross_entropy` without
  /// smoothing, the same bits.
  ///
  /// Losses need labels; probabilities and losses that are null are left out. Shapes: probabilities
  /// `[samples, classes]`, row after row without padding; predictions, losses, labels `[samples]`; logits
  /// `[samples, ⌈classes/16⌉ · 16]`, overwritten.
  void (*classify)(float *_Nullable probabilities, int32_t *predictions, float *_Nullable losses, float *logits,
                   long stride, const uint8_t *_Nullable labels, long samples, long classes);

  /// One step of gradient descent: `parameters[i] −= rate · gradient[i]`, count a multiple of 16.
  void (*descend)(float *parameters, const float *gradient, long count, float rate);

  /// One step of gradient descent with momentum, count a multiple of 16.
  ///
  ///     velocity[i]   = momentum · velocity[i] + gradient[i]
  ///     parameters[i] −= rate · velocity[i]                                     plain
  ///     parameters[i] −= rate · (momentum · velocity[i] + gradient[i])          looks_ahead (Nesterov)
  void (*momentum)(float *parameters, float *velocity, const float *gradient, long count, float rate, float momentum,
                   bool looks_ahead);

  /// One step of gradient descent scaled by the root of past squares, count a multiple of 16: AdaGrad with `kept` and
  /// `added` 1, RMSprop with α and 1 − α.
  ///
  ///     squares[i]    = (kept · squares[i]) + added · (gradient[i]²)
  ///     parameters[i] −= rate · (gradient[i] / (√squares[i] + epsilon))
  ///
  /// Products in brackets are rounded; `epsilon` above 0 keeps padding zero.
  void (*scaled_descend)(float *parameters, float *squares, const float *gradient, long count, float rate, float kept,
                         float added, float epsilon);

  /// One step of Adam or AdamW, count a multiple of 16; see `numeral_adam_step` for the numbers.
  ///
  ///     means[i]      = means[i] + mean_added · (gradient[i] − means[i])
  ///     squares[i]    = (square_kept · squares[i]) + square_added · (gradient[i]²)
  ///     parameters[i] = (shrink · parameters[i]) − rate · (means[i] / (root_correction · √squares[i] + epsilon))
  ///
  /// What is in brackets is rounded; `epsilon` above 0 keeps padding zero.
  void (*adam)(float *parameters, float *means, float *squares, const float *gradient, long count,
               const numeral_adam_step *step);

  /// Scales and limits some numbers and adds to each a share of another and of the other's sign, count a multiple of 16.
  ///
  ///     v         = values[i] · scale, at most limit and at least −limit
  ///     values[i] = (v + share · others[i]) + sign_share · sign(others[i])          sign(0) = 0
  ///
  /// NaN stays NaN. Clips gradients and adds those of L1 and L2 penalties, others being the parameters.
  void (*adjust)(float *values, const float *others, long count, float scale, float limit, float share,
                 float sign_share);

  /// Moves running averages by a share of the way to some values, count a multiple of 16.
  ///
  ///     averages[i] += share · (values[i] − averages[i])
  void (*average)(float *averages, const float *values, long count, float share);

  /// Copies a matrix or its transpose, each element multiplied.
  ///
  ///     out[i, j] = in[i, j] · scale   or, if it transposes,   out[i, j] = in[j, i] · scale
  ///
  /// Shapes: out `[rows, columns]`; padding is left as it is.
  void (*scaled_copy)(float *out, long out_stride, const float *in, long in_stride, long rows, long columns,
                      float scale, bool transposes);

  /// The sum of the squares of some floats, in Double; count a multiple of 4.
  ///
  /// Four sums, each over every fourth element in order, are added as (s₀ + s₂) + (s₁ + s₃).
  double (*sum_of_squares)(const float *values, long count);

  /// The sum of the squares of each column, in Double, row after row: `sums[j] = Σᵢ values[i, j]²`.
  ///
  /// Shapes: sums `[columns]`, values `[rows, columns]`; any number of columns.
  void (*column_squares)(double *sums, const float *values, long stride, long rows, long columns);

  /// Multiplies each column by its factor: `values[i, j] *= factors[j]`.
  void (*scale_columns)(float *values, long stride, long rows, long columns, const float *factors);

  // Distortions of pictures. A *plane* is one channel of a picture as floats. These five add and multiply without
  // fusing, so all sets give the same bits.

  /// Uniform random numbers in (−1, 1), four from each value of a counter-based stream, the lowest 16 bits first:
  ///
  ///     value(n)    = mix(key + (n + 1) · 0x9E3779B97F4A7C15)                      as in the library's `RandomStream`
  ///     field[y, x] = (2 · bits + 1 − 2¹⁶) / 2¹⁶,   bits = 16 bits of value(first + i / 4) from bit 16 · (i % 4) on
  ///
  /// where i = y · columns + x. Writes `columns` numbers of each row and nothing else. Shape: `[rows, columns]`.
  void (*random_field)(float *field, long stride, long rows, long columns, uint64_t key, uint64_t first);

  /// A field smoothed by a symmetric filter of 2 · radius + 1 taps along x, then along y; zero outside:
  ///
  ///     rows[y, x] = taps[0] · field[y, x] + Σₖ taps[k] · (field[y, x − k] + field[y, x + k])        k = 1 … radius
  ///     out[y, x]  = taps[0] · rows[y, x]  + Σₖ taps[k] · (rows[y − k, x]  + rows[y + k, x])
  ///
  /// Each product is rounded and added to the sum so far. The caller keeps the zeros: `field` has at least `radius` of
  /// them before and after each row of `columns`, a multiple of 16, and `rows` has `radius` rows of them before and after
  /// its own. Strides: field `stride`; rows and out `columns`. Shapes: `[count, columns]`; taps `[radius + 1]`.
  void (*smooth_field)(float *out, float *rows, const float *field, long stride, long count, long columns,
                       const float *taps, long radius);

  /// Where each pixel of a distorted picture lies in a plane of bytes that has one row and one column of zeros before
  /// the picture's own and two after them: the place of the pixel up and left of it, and the shares of its right and
  /// its lower neighbours, in [0, 1). What lies outside goes to the zeros.
  ///
  ///     u = min(max(x' + 1, 0), width + 1),   v = min(max(y' + 1, 0), height + 1)
  ///     places[y, x] = ⌊v⌋ · (width + 3) + ⌊u⌋,   right = u − ⌊u⌋,   below = v − ⌊v⌋
  ///
  /// `columns` is the width rounded up to a multiple of 16, the stride of all matrices; the fields may be null. The plane
  /// has fewer than 2²² bytes. Shapes: `[height, columns]`.
  void (*locate)(int32_t *places, float *right, float *below, const numeral_inverse_map *map,
                 const float *_Nullable dx, const float *_Nullable dy, long height, long width, long columns);

  /// The numbers between four neighbouring bytes (bilinear interpolation), at such places:
  ///
  ///     upper = p + right · (q − p),   lower = r + right · (s − r),   out = upper + below · (lower − upper)
  ///
  /// with p the byte at the place, q the next, r and s those a row of `width + 3` below them. What lies in a row beyond
  /// the width becomes 0. `places` are overwritten. Shapes: places, right, below `[height, columns]`; out
  /// `[height, columns]` with rows `stride` apart.
  void (*interpolate)(float *out, long stride, int32_t *places, const float *right, const float *below,
                      const uint8_t *plane, long height, long width, long columns);

  /// A plane with thicker or thinner strokes and noise, as bytes:
  ///
  ///     m     = the largest (thickness > 0) or smallest (< 0) of plane[y, x] and its four neighbours
  ///     value = plane[y, x] + |thickness| · (m − plane[y, x]) + deviation · noise[y, x]
  ///     out   = value rounded to the nearest whole number, half up, and to 0 … maximum
  ///
  /// `noise` may be null; `wholes` is room for a row of whole vectors, overwritten. The plane's rows are `stride` apart,
  /// noise and plane have room for whole vectors, and what surrounds the plane by one row and one column is zero. Shapes:
  /// plane `[height, width]`; noise the same with rows `noise_stride` apart; out `[height, width]` without padding.
  void (*finish_plane)(uint8_t *out, const float *plane, long stride, const float *_Nullable noise, long noise_stride,
                       long height, long width, float thickness, float deviation, float maximum,
                       int32_t *wholes);

  /// Applies an elementary function, count a multiple of 16; in and out may be the same. The tests measure with it.
  void (*apply)(float *out, const float *in, long count, int32_t function);
  /// A convolution of planes, the bias added, an activation applied.
  ///
  ///     out[c, y, x] = f( (Σₜ in[step · y, step · x; offsets[t]] · weights[places[t] / 4, c]) + bias[c] )   t in 0 ..< taps
  ///
  /// where `in[y, x; o]` is the vector `o` elements after the one at row y, column x of the first channel. Panels are as
  /// `pack_taps` makes them of weights with `panel_taps` rows, and a place is where a row's quad lies in its panel: 4 times
  /// the row. For finite weights rows that would meet only zeros can be left out without changing a bit. bias is
  /// `[out.channels]`.
  void (*convolve)(const numeral_planes *out, const numeral_planes *in, const float *panels, const float *bias,
                   const int32_t *offsets, const int32_t *places, long taps, long panel_taps, long step,
                   int32_t activation, float slope);

  /// What flows back through a convolution of step 1, times the derivative of the activation below.
  ///
  ///     out[i, y, x] = (Σₜ delta[y, x; offsets[t]] · weights[places[t] / 4, i]) · f′(below)
  ///
  /// Panels are as `pack_taps_back` makes them, places as in `convolve`; below has the extents of out and is not read where
  /// the activation is the identity.
  void (*convolve_back)(const numeral_planes *out, const numeral_planes *delta, const float *panels,
                        const int32_t *offsets, const int32_t *places, long taps, long panel_taps,
                        const numeral_planes *below, int32_t activation, float slope);

  /// The gradient of a convolution's weights over the sixteen samples and all positions.
  ///
  ///     gradient[t, c] = (gradient[t, c] if it accumulates, else 0)
  ///                    + Σ lanes Σ_{y, x} in[step · y, step · x; offsets[t]] · delta[c, y, x]
  ///
  /// Positions are summed lane by lane, then neighbouring lanes, pairs of neighbours, and so on. Shapes: gradient
  /// `[taps, channels]` with rows padded to multiples of 4.
  void (*convolution_gradient)(float *gradient, long stride, const numeral_planes *in, const numeral_planes *delta,
                               const int32_t *offsets, long taps, long step, bool accumulates);

  /// Copies some rows of a convolution's weights `[taps, outputs]` into panels `[⌈outputs/4⌉, taps, 4]`.
  void (*pack_taps)(float *panels, const float *weights, long stride, long taps, long first, long last, long outputs);

  /// Copies some rows of a convolution's weights `[channels · window, outputs]` into panels
  /// `[⌈channels/4⌉, outputs · window, 4]` for the way back.
  ///
  ///     panels[i/4, c · window + p, i%4] = weights[i · window + p, c]       i · window + p in first ..< last
  void (*pack_taps_back)(float *panels, const float *weights, long stride, long window, long first, long last,
                         long outputs);

  /// Fills planes with pictures: lane l of `[c, y, x]` is `values[bytes[starts[l] + (c · height + y) · width + x]]`, 0 in lanes
  /// from `count` on.
  void (*spread_pictures)(const numeral_planes *out, const uint8_t *bytes, const int64_t *starts, long count,
                          const float *values);

  /// The first `count` samples of planes as rows of features, `[count, channels · height · width]` in that order; rows are
  /// padded with zeros to multiples of 16.
  void (*planes_to_rows)(float *out, long stride, const numeral_planes *planes, long count);

  /// The way back; lanes from `count` on become 0. Padding is not read.
  void (*rows_to_planes)(const numeral_planes *planes, const float *rows, long stride, long count);

  /// Planes with zeros between their positions: `out[c, step · y, step · x] = in[c, y, x]`, the others are left as they are.
  void (*spread_planes)(const numeral_planes *out, const numeral_planes *in, long step);

  /// The sums of the channels: `out[c] = (out[c] if it accumulates, else 0) + Σ lanes Σ_{y, x} planes[c, y, x]`.
  void (*plane_sums)(float *out, const numeral_planes *planes, bool accumulates);

  /// The largest of each window of `window` by `window` positions, windows `step` apart.
  void (*max_pool)(const numeral_planes *out, const numeral_planes *in, long window, long step);

  /// The way back: a delta goes to the first position of its window that holds the largest value. Times f′ of what the
  /// activation below gave, which is `in`. Positions in no window get 0.
  void (*max_pool_back)(const numeral_planes *result, const numeral_planes *delta, const numeral_planes *in,
                        const numeral_planes *pooled, long window, long step, int32_t activation, float slope);

  /// The mean of each window of `height` by `width` positions, windows `step` apart.
  void (*average_pool)(const numeral_planes *out, const numeral_planes *in, long height, long width, long step);

  /// The way back: every position of a window gets its share. Times f′ as in `max_pool_back`.
  void (*average_pool_back)(const numeral_planes *result, const numeral_planes *delta, const numeral_planes *in,
                            long height, long width, long step, int32_t activation, float slope);

  /// Mean and sum of squared deviations from it, of each channel over the positions of the first `count` samples.
  void (*plane_moments)(float *mean, float *square, const numeral_planes *planes, long count);

  /// `out[c] = f(a[c] · in[c] + b[c])`, channel by channel.
  void (*plane_line)(const numeral_planes *out, const numeral_planes *in, const float *a, const float *b,
                     int32_t activation, float slope);

  /// `sums[c] = Σ delta[c]`, `products[c] = Σ delta[c] · (in[c] − mean[c])`, over all positions and lanes.
  void (*plane_delta_sums)(float *sums, float *products, const numeral_planes *delta, const numeral_planes *in,
                           const float *mean);

  /// `result[c] = a[c] · delta[c] + b[c] · in[c] + constant[c]` of the first `count` samples, 0 in the lanes that follow;
  /// result and delta may be the same.
  void (*plane_line_back)(const numeral_planes *result, const numeral_planes *delta, const numeral_planes *in,
                          long count, const float *a, const float *b, const float *constant);

  /// `plane_moments` of the columns of rows `[samples, columns]`.
  void (*column_moments)(float *mean, float *square, const float *rows, long stride, long samples, long columns);

  /// `plane_line` with a line for each column.
  void (*column_line)(float *out, long out_stride, const float *in, long in_stride, long samples, long columns,
                      const float *a, const float *b, int32_t activation, float slope);

  /// `plane_delta_sums` of the columns of rows.
  void (*column_delta_sums)(float *sums, float *products, const float *delta, long delta_stride, const float *in,
                            long in_stride, const float *mean, long samples, long columns);

  /// `plane_line_back` with a line for each column.
  void (*column_line_back)(float *result, long result_stride, const float *delta, long delta_stride, const float *in,
                           long in_stride, long samples, long columns, const float *a, const float *b,
                           const float *constant);

  /// Normalises each row by the moments of its own elements.
  ///
  ///     scales[s]        = 1 / √(variance of in[s] + epsilon)
  ///     normalized[s, j] = (in[s, j] − mean of in[s]) · scales[s]
  ///     out[s, j]        = f(gamma[j] · normalized[s, j] + beta[j])
  ///
  /// out, normalized and in `[samples, columns]` of one stride; padding of gamma and beta is zero.
  void (*normalize_rows)(float *out, float *normalized, float *scales, const float *in, long stride, long samples,
                         long columns, const float *gamma, const float *beta, float epsilon, int32_t activation,
                         float slope);

  /// The way back, with g = delta · gamma:
  ///
  ///     result[s, j] = (g[j] − mean(g) − normalized[s, j] · mean(g · normalized[s])) · scales[s]
  ///
  /// Padding of result becomes 0; that of delta and normalized is read and must be finite.
  void (*normalize_rows_back)(float *result, const float *delta, const float *normalized, const float *scales,
                              long stride, long samples, long columns, const float *gamma);

  // The next four take rows of features as planes of one channel, `[1, rows, columns/16, 16]`.

  /// `out = f(in)`; the two may be the same.
  void (*activate_planes)(const numeral_planes *out, const numeral_planes *in, int32_t activation, float slope);

  /// Multiplies by the derivative of the activation that gave y.
  void (*differentiate_planes)(const numeral_planes *delta, const numeral_planes *y, int32_t activation, float slope);

  /// `out = delta · f′(in)` for GELU and SiLU, whose derivative takes the input; out and delta may be the same.
  void (*differentiate_at_inputs)(const numeral_planes *out, const numeral_planes *delta, const numeral_planes *in,
                                  int32_t activation);

  /// `out = f(a + b)`; out may be one of them.
  void (*add_planes)(const numeral_planes *out, const numeral_planes *a, const numeral_planes *b, int32_t activation,
                     float slope);

  /// Dropout of rows: an element is kept and multiplied by `scale` if hash(keys[row], column) ≥ threshold, else it is 0.
  ///
  /// hash is the finalizer of MurmurHash3 applied to key + place · 0x9E3779B9, in 32 bits. The way back is the same call
  /// on deltas.
  void (*drop_rows)(float *out, long out_stride, const float *in, long in_stride, const uint32_t *keys, long rows,
                    long columns, uint32_t threshold, float scale);

  /// Dropout of planes: keys `[16]` for the samples, the place counts channels, rows and columns.
  void (*drop_planes)(const numeral_planes *out, const numeral_planes *in, const uint32_t *keys, uint32_t threshold,
                      float scale);
} numeral_kernel_table;

#pragma clang assume_nonnull end

#endif
