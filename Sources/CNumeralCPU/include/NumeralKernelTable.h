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
enum {
  numeral_activation_identity = 0,
  numeral_activation_relu = 1,
  numeral_activation_leaky_relu = 2,
  numeral_activation_sigmoid = 3,
  numeral_activation_tanh = 4,
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

  /// The product of some samples with packed transposed weights, times the derivative of the activation below.
  ///
  ///     out[s, i] = (Σⱼ in[s, j] · weights[i, j]) · f′(y[s, i])         j in 0 ..< terms
  ///
  /// Shapes: out and y `[samples, columns]` of one stride, in `[samples, terms]`.
  void (*product_through_activation)(float *out, const float *y, long out_stride, const float *in, long in_stride,
                                     const float *panels, long samples, long terms, long columns, int32_t activation,
                                     float slope);

  /// The gradient of some weight rows over a chunk of samples.
  ///
  ///     gradient[i, j] = (gradient[i, j] if it accumulates, else 0) + Σₛ in[s, i] · delta[s, j]
  ///
  /// Shapes: gradient `[rows, columns]`, in `[samples, rows]` (moved to the first row wanted), delta
  /// `[samples, columns]`.
  void (*gradient)(float *gradient, long gradient_stride, const float *in, long in_stride, const float *delta,
                   long delta_stride, long samples, long rows, long columns, bool accumulates);

  /// The gradient of a bias over a chunk of samples: the column sums of delta `[samples, columns]`.
  ///
  ///     gradient[j] = (gradient[j] if it accumulates, else 0) + Σₛ delta[s, j]
  void (*bias_gradient)(float *gradient, const float *delta, long delta_stride, long samples, long columns,
                        bool accumulates);

  /// `product` where samples are lists of lit pixels: terms that are zero are left out.
  ///
  ///     out[s, j] = f( (Σ over entries e of s, ascending: values[byte(e)] · weights[pixel(e), j]) + bias[j] )
  ///
  /// For finite weights the bits are those of `product`, since fma(0, w, a) = a. The entries of a sample lie in blocks of
  /// pixels, and so many blocks make a pass, so that its weight rows stay in cache while all samples go by. Sample s is
  /// number n = rows[s] of the lists; the entries of its block b are `entries[firsts[n] + starts[n · (blocks + 1) + b]
  /// ..< firsts[n] + starts[n · (blocks + 1) + b + 1]]`. An entry is `(pixel − first pixel of its pass) << 8 | byte`, so
  /// a pass has at most 256 pixels.
  ///
  /// While it works it asks for the entries of the samples numbered in `ahead`, so that they are in the cache when the
  /// next call or `transpose_entries` wants them; this changes no result.
  ///
  /// Shapes: out `[samples, columns]`, rows `[samples]`, values `[256]`, weights `[pixels, columns]`, bias `[columns]`,
  /// ahead `[ahead_count]`.
  void (*sparse_product)(float *out, long out_stride, const uint16_t *entries, const uint32_t *firsts,
                         const uint16_t *starts, const int32_t *rows, long samples, long blocks, long pixels_per_block,
                         long blocks_per_pass, const float *values, const float *weights, long weight_stride,
                         const float *bias, long columns, int32_t activation, float slope, const int32_t *ahead,
                         long ahead_count);

  /// Turns the lists of lit pixels of at most 256 samples into lists of samples, for the pixels of some blocks.
  ///
  /// `lists[p · list_stride ..< p · list_stride + counts[p]]` become the samples in which pixel p is lit, ascending,
  /// each as `sample << 8 | byte`. Shapes: lists `[pixels, list_stride]`, counts `[pixels]`, the rest as in
  /// `sparse_product`.
  void (*transpose_entries)(uint16_t *lists, long list_stride, int32_t *counts, const uint16_t *entries,
                            const uint32_t *firsts, const uint16_t *starts, const int32_t *rows, long samples,
                            long blocks, long pixels_per_block, long blocks_per_pass, long first_block,
                            long last_block, long pixels);

  /// `gradient` from the lists that `transpose_entries` makes; for finite deltas the bits are the same.
  ///
  /// Shapes: gradient `[rows, columns]`, lists and counts moved to the first pixel wanted, values `[256]`, delta
  /// `[samples, columns]`.
  void (*sparse_gradient)(float *gradient, long gradient_stride, const uint16_t *lists, long list_stride,
                          const int32_t *counts, const float *values, const float *delta, long delta_stride, long rows,
                          long columns, bool accumulates);

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
  /// Tile i has the samples from 16 · i on and is made of the fours `starts[i] ..< starts[i + 1]` of bytes and places,
  /// which are pixels. A byte counts as byte / maximum, rounded once. Padding becomes 0.
  ///
  /// Shapes: out `[samples, 16]`, starts `[⌈samples/16⌉ + 1]`, weights `[pixels, 16]` with zeros as padding, bias `[16]`;
  /// outputs in 1 ... 16.
  void (*tile_product)(float *out, long out_stride, const uint8_t *bytes, const uint16_t *places, const int32_t *starts,
                       long samples, float maximum, const float *weights, long weight_stride, const float *bias,
                       long outputs, int32_t activation, float slope);

  /// `gradient` for a layer of at most sixteen units, from tiles of sixteen pixels: the same bits for finite deltas.
  ///
  /// Lane l of tile i is row `rows[16 · i + l]` of the gradient, and there are `count` of these. The places are samples.
  /// Shapes: gradient `[rows, 16]`, delta `[samples, 16]` with zeros as padding, starts `[⌈count/16⌉ + 1]`; outputs in
  /// 1 ... 16.
  void (*tile_gradient)(float *gradient, long gradient_stride, const int32_t *rows, long count, const uint8_t *bytes,
                        const uint16_t *places, const int32_t *starts, float maximum, const float *delta,
                        long delta_stride, long outputs, bool accumulates);

  /// Lists the lit pixels of one picture, ascending, and where each block of pixels starts, counted from its first entry.
  ///
  /// `entries` has room for every pixel of the picture. starts is `[blocks + 1]`. Returns the number of entries.
  long (*list_lit_pixels)(uint16_t *entries, uint16_t *starts, const uint8_t *bytes, long pixels,
                          long pixels_per_block, long blocks_per_pass, long blocks);

  /// The numbers that a network sees for some bytes: `out[i] = values[bytes[i]]`.
  void (*look_up)(float *out, const uint8_t *bytes, const float *values, long count);

  /// Lists the lit pixels of some pictures for `listed_product`, ascending within a picture, one after the other.
  ///
  /// Sample s is picture number n = numbers[s] of the bytes. The pixels are walked in passes; the entries of sample s in
  /// pass p are `list[starts[s · passes + p] ..< starts[s · passes + p + 1]]`, each the number of a pixel.
  /// `patterns[m, ...]` are the places of the bits of m, lowest first; what follows them is of no account.
  ///
  /// Shapes: list has room for all pixels of the samples and 15 more; starts `[samples · passes + 1]`; scratch
  /// `[⌈pixels/8⌉]`; bytes `[pictures, pixels]`; patterns `[256, 8]`; passes is `⌈pixels / pixels_per_pass⌉`, a pass a
  /// multiple of 64 pixels, at most 65,536 pixels in all. Returns the number of entries.
  long (*list_pixels)(uint16_t *list, int32_t *starts, uint64_t *scratch, const uint8_t *bytes, const int32_t *numbers,
                      long samples, long pixels, long pixels_per_pass, const uint16_t *patterns);

  /// `product` where samples are lists of lit pixels as `list_pixels` makes them.
  ///
  ///     out[s, j] = f( (Σ over lit pixels i of s: values[bytes[numbers[s], i]] · weights[i, j]) + bias[j] )
  ///
  /// For finite weights the bits are those of `product` and of `sparse_product`. Samples go by pass by pass, so that a
  /// part of the weight rows stays close; a few samples alone are walked at once.
  ///
  /// Shapes: out `[samples, columns]`, values `[256]`, weights `[pixels, columns]`, bias `[columns]`, the rest as in
  /// `list_pixels`.
  void (*listed_product)(float *out, long out_stride, const uint16_t *list, const int32_t *starts,
                         const uint8_t *bytes, const int32_t *numbers, long samples, long pixels,
                         long pixels_per_pass, const float *values, const float *weights, long weight_stride,
                         const float *bias, long columns, int32_t activation, float slope);

  /// Softmax, cross-entropy and the gradient of the logits for some samples, in one pass, in place.
  ///
  ///     m           = max z[s]
  ///     p[s, c]     = e^(z[s, c] − m) / Σ e^(z[s, c] − m)
  ///     loss[s]     = ln Σ e^(z[s, c] − m) + m − z[s, label]  =  −ln p[s, label]
  ///     delta[s, c] = (p[s, c] − [c = label]) · scale
  ///
  /// Stable for all finite logits. `predictions[s]` is the class of the largest logit, the first of equals. Padding
  /// becomes 0. Shapes: logits in, delta out `[samples, ⌈classes/16⌉ · 16]`; losses, predictions, labels `[samples]`.
  void (*softmax_cross_entropy)(float *logits, long stride, float *losses, int32_t *predictions, const uint8_t *labels,
                                long samples, long classes, float scale);

  /// Probabilities, predictions and losses of some samples: those of `softmax_cross_entropy`, the same bits.
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

  /// Applies an elementary function, count a multiple of 16; in and out may be the same. The tests measure with it.
  void (*apply)(float *out, const float *in, long count, int32_t function);
} numeral_kernel_table;

#pragma clang assume_nonnull end

#endif
