#ifndef NUMERAL_DISTORTION_H
#define NUMERAL_DISTORTION_H

#include "NumeralOperands.h"

#pragma clang assume_nonnull begin

/// The map from a pixel of a distorted image to a point of its source, x to the right and y down, in pixels:
///
///     x' = xx · x + xy · y + x0 + strength · dx[y, x]
///     y' = yx · x + yy · y + y0 + strength · dy[y, x]
typedef struct {
  float xx, xy, x0;
  float yx, yy, y0;
  /// The factor of the fields; 0 without fields.
  float strength;
} numeral_inverse_map;

/// The source place of each pixel in a plane of bytes that has one row and one column of zeros before the image and two
/// after it. All matrices are `[height, columns]`.
typedef struct {
  /// The place of the upper left of the four source pixels.
  int32_t *places;
  /// The shares of its right and its lower neighbours, in [0, 1).
  float *right;
  float *below;
  long height;
  long width;
  /// The width rounded up to a multiple of 16, the stride of all matrices.
  long columns;
} numeral_pixel_sources;

/// A symmetric filter of 2 · radius + 1 taps.
typedef struct {
  /// `[radius + 1]`, from the middle outwards.
  const float *taps;
  long radius;
} numeral_filter;

/// The parameters of `finish_plane`.
typedef struct {
  /// Above 0 strokes become thicker, below 0 thinner, by this share of the difference from the largest or smallest
  /// neighbour.
  float thickness;
  /// The factor of the noise.
  float deviation;
  /// `[height, width]` with room for whole vectors; null without noise.
  const float *_Nullable noise;
  /// The distance between two rows of noise, in elements.
  long noise_stride;
  /// The largest byte.
  float maximum;
} numeral_finish;

/// Distortions of images. A *plane* is one channel of an image as floats. These kernels add and multiply without
/// fusing, so all sets give the same bits.
typedef struct {
  /// Uniform random numbers in (−1, 1), four from each value of a counter-based stream, the lowest 16 bits first:
  ///
  ///     value(n)    = mix(key + (n + 1) · 0x9E3779B97F4A7C15)                      as in the library's `RandomStream`
  ///     field[y, x] = (2 · bits + 1 − 2¹⁶) / 2¹⁶,   bits = 16 bits of value(first + i / 4) from bit 16 · (i % 4) on
  ///
  /// where i = y · columns + x. Writes the columns of each row and no padding.
  void (*random_field)(const numeral_matrix *field, uint64_t key, uint64_t first);

  /// A field smoothed along x, then along y; zero outside:
  ///
  ///     rows[y, x] = taps[0] · field[y, x] + Σₖ taps[k] · (field[y, x − k] + field[y, x + k])        k = 1 … radius
  ///     out[y, x]  = taps[0] · rows[y, x]  + Σₖ taps[k] · (rows[y − k, x]  + rows[y + k, x])
  ///
  /// Each product is rounded and added to the sum so far. The caller provides the zeros: `field` has at least `radius`
  /// zeros before and after each row of `columns`, a multiple of 16, and `rows` has `radius` rows of zeros before and
  /// after its own. rows and out have no padding. Shapes: `[rows, columns]` of field.
  void (*smooth_field)(float *out, float *rows, const numeral_matrix *field, const numeral_filter *filter);

  /// The source place of each pixel. Points outside the image go to the zeros.
  ///
  ///     u = min(max(x' + 1, 0), width + 1),   v = min(max(y' + 1, 0), height + 1)
  ///     places[y, x] = ⌊v⌋ · (width + 3) + ⌊u⌋,   right = u − ⌊u⌋,   below = v − ⌊v⌋
  ///
  /// The fields dx and dy, shaped like the sources, may be null. The plane has fewer than 2²² bytes.
  void (*locate)(const numeral_pixel_sources *sources, const numeral_inverse_map *map, const float *_Nullable dx,
                 const float *_Nullable dy);

  /// Bilinear interpolation between four neighbouring bytes at such places:
  ///
  ///     upper = p + right · (q − p),   lower = r + right · (s − r),   out = upper + below · (lower − upper)
  ///
  /// where p is the byte at the place, q the next one, r and s those a row of `width + 3` below them. Elements of a row
  /// beyond the width become 0. The places are overwritten. Shape: out `[height, columns]` with rows `stride` apart.
  void (*interpolate)(float *out, long stride, const numeral_pixel_sources *sources, const uint8_t *plane);

  /// Applies stroke thickness and noise to a plane, and converts it to bytes:
  ///
  ///     m     = largest (thickness > 0) or smallest (< 0) of plane[y, x] and its four neighbours
  ///     value = plane[y, x] + |thickness| · (m − plane[y, x]) + deviation · noise[y, x]
  ///     out   = value rounded to the nearest whole number, half up, and to 0 … maximum
  ///
  /// `wholes` is scratch memory for a row of whole vectors. The plane has padding, and the row and column on each side
  /// of it are zero. Shapes: plane `[height, width]`, out the same without padding.
  void (*finish_plane)(uint8_t *out, const numeral_matrix *plane, const numeral_finish *finish, int32_t *wholes);
} numeral_distortion_kernels;

#pragma clang assume_nonnull end

#endif
