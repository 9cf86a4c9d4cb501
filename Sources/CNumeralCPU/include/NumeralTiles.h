#ifndef NUMERAL_TILES_H
#define NUMERAL_TILES_H

#include "NumeralOperands.h"

#pragma clang assume_nonnull begin

/// The bytes of a tile before it is packed: that of lane l and term t is `bytes[lanes[l] + terms[t]]`.
///
/// Lanes are samples and terms pixels for `product`, and the other way round for `gradient`.
typedef struct {
  const uint8_t *bytes;
  const int64_t *lanes;
  /// At most 16.
  long lane_count;
  const int64_t *terms;
  long term_count;
} numeral_tile_bytes;

/// Packed tiles. The tile of number i is made of the fours `starts[i] ..< starts[i + 1]` of bytes and places.
typedef struct {
  /// `pack` says how each tile lies in these two.
  const uint8_t *bytes;
  const uint16_t *places;
  /// `[⌈count/16⌉ + 1]`.
  const int32_t *starts;
  /// Lane l of tile i is row `rows[16 · i + l] − first` of the result.
  const int32_t *rows;
  long first;
  /// The lanes that have a row.
  long count;
  /// A byte counts as byte / maximum, rounded once. 255, a power of two up to 128 or another for which
  /// `TiledImages.isExact` says so.
  float maximum;
} numeral_tiles;

/// First layers of at most sixteen units: sixteen samples or pixels side by side, straight from bytes.
typedef struct {
  /// Which pixels of an image are not zero, in 256 bits: bit i is set if a pixel of group i is not zero, of so many
  /// pixels that follow each other in a list. Bits beyond the last group are zero.
  ///
  /// Shapes: mask `[4]`, pixels `[count]`, places of the image's bytes; groups are so large that there are at most
  /// 256.
  void (*nonzero_mask)(uint64_t *mask, const uint8_t *bytes, const int32_t *pixels, long count, long group);

  /// The first of some such masks, `[count, 4]`, with the fewest bits beside those of `mask`; 0 if there is none.
  long (*fewest_added)(const uint64_t *masks, long count, const uint64_t *mask);

  /// The number of terms of a tile that `pack` keeps: those whose byte is not zero in some lane.
  long (*count_terms)(const numeral_tile_bytes *source);

  /// Packs the bytes of sixteen lanes; lanes from `lane_count` on are 0.
  ///
  /// Of the terms, in order, those are kept whose byte is not zero in some lane. Number e of those kept is term
  /// `places[e]`, and `tile[64 · (e / 4) + 4 · l + e % 4]` its byte in lane l: a vector holds four terms. The last four
  /// are filled up with zeros and the place before, so tile has 64 and places 4 elements for each four or part of four
  /// of those counted.
  void (*pack)(uint8_t *tile, uint16_t *places, const numeral_tile_bytes *source);

  /// The dense `product` for a layer of at most sixteen units, from tiles of sixteen samples whose places are pixels:
  /// the same bits for finite weights. Padding becomes 0.
  ///
  /// Shapes: out `[rows, units]`, weights `[pixels, units]` with zeros as padding, bias `[units]`.
  void (*product)(const numeral_matrix *out, const numeral_tiles *tiles, const numeral_matrix *weights,
                  const float *bias, const numeral_activation *activation);

  /// The dense `gradient` for a layer of at most sixteen units, from tiles of sixteen pixels whose places are samples:
  /// the same bits for finite deltas.
  ///
  /// Shapes: gradient `[rows, units]`, delta `[samples, units]` with zeros as padding.
  void (*gradient)(const numeral_matrix *gradient, const numeral_tiles *tiles, const numeral_matrix *delta,
                   bool accumulates);
} numeral_tile_kernels;

#pragma clang assume_nonnull end

#endif
