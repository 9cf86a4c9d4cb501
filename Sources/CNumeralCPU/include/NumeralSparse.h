#ifndef NUMERAL_SPARSE_H
#define NUMERAL_SPARSE_H

#include "NumeralOperands.h"

#pragma clang assume_nonnull begin

/// The non-zero pixels of some images, one for each sample, as `list_nonzero_pixels` lists them.
typedef struct {
  /// The memory of all records.
  const uint16_t *records;
  /// `[samples]`: the start of each sample's record.
  const uint32_t *firsts;
  /// `[samples + 4]`: scratch memory.
  uint32_t *cursors;
  /// `[256]`: the number for each byte.
  const float *values;
  /// The number of passes of a record.
  long passes;
  /// The pixels of a pass; few enough that its weight rows stay in the cache while all samples use them.
  long pixels_per_pass;
} numeral_pixel_lists;

/// The bytes of some pixels in some samples, `[pixels, stride]`.
typedef struct {
  uint8_t *base;
  /// The distance between two pixels, in bytes.
  long stride;
} numeral_transposed_pixels;

/// The extra work of a sparse product, in addition to its sums.
typedef struct {
  /// Where the byte of each non-zero pixel p of a sample s is written for the gradient, at `[p, s]`.
  numeral_transposed_pixels transposed;
  /// `[samples]`: the starts of the records that are needed next. They are prefetched, which changes no result.
  const uint32_t *ahead;
} numeral_pixel_notes;

/// First layers whose inputs are bytes of which most are zero: zeros are left out.
typedef struct {
  /// Lists the non-zero pixels of one image, ascending, pass by pass.
  ///
  /// For each pass the record has the number of its entries and then the entries, each `(pixel − first pixel of its
  /// pass) << 8 | byte`, so a pass has at most 256 pixels. `patterns[m, ...]` are the places of the set bits of m,
  /// lowest first, `[256, 8]`; the rest of a row is ignored. Returns the length of the record: one number for each pass
  /// and for each non-zero pixel. Sixteen more may be written.
  long (*list_nonzero_pixels)(uint16_t *record, const uint8_t *bytes, long pixels, long pixels_per_pass, long passes,
                              const uint16_t *patterns);

  /// The numbers that a network sees for some bytes: `out[i] = values[bytes[i]]`.
  void (*look_up)(float *out, const uint8_t *bytes, const float *values, long count);

  /// The dense `product` of samples that are given as lists of non-zero pixels.
  ///
  ///     out[s, j] = f( (Σ over entries e of s, ascending: values[byte(e)] · weights[pixel(e), j]) + bias[j] )
  ///
  /// For finite weights the bits are those of the dense product, since fma(0, w, a) = a.
  ///
  /// Shapes: out `[samples, columns]`, weights `[pixels, columns]`, bias `[columns]`.
  void (*product)(const numeral_matrix *out, const numeral_pixel_lists *lists, const numeral_matrix *weights,
                  const float *bias, const numeral_activation *activation, const numeral_pixel_notes *_Nullable notes);

  /// The dense `gradient` of the weight rows of some pixels, from their bytes in each sample. Zeros are left out, and
  /// the bytes are cleared. For finite deltas the bits are those of the dense gradient.
  ///
  /// Shapes: gradient `[pixels, columns]`; the stride of transposed is a multiple of 64, with zeros beyond the last
  /// sample; values `[256]`, delta `[samples, columns]`.
  void (*gradient)(const numeral_matrix *gradient, const numeral_transposed_pixels *transposed, const float *values,
                   const numeral_matrix *delta, bool accumulates);

  /// `gradient`, then gradient descent along it: the bits are the same, but the gradient is not stored, and weights of
  /// pixels that are zero in all samples are not touched.
  ///
  ///     weights[p, j] −= rate · Σₛ values[transposed[p, s]] · delta[s, j]
  void (*descend)(const numeral_matrix *weights, const numeral_transposed_pixels *transposed, const float *values,
                  const numeral_matrix *delta, float rate);
} numeral_sparse_kernels;

#pragma clang assume_nonnull end

#endif
