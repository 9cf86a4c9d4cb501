#ifndef NUMERAL_TILES_H
#define NUMERAL_TILES_H

#include "NumeralOperands.h"

#pragma clang assume_nonnull begin

/// The bytes of a tile before it is packed: the byte of lane l and term t is `bytes[lanes[l] + terms[t]]`.
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

/// Packed tiles. Tile i consists of the groups of four terms `starts[i] ..< starts[i + 1]` of bytes and places.
typedef struct {
  /// `pack` describes the layout of each tile in these two.
  const uint8_t *bytes;
  const uint16_t *places;
  /// `[⌈count/16⌉ + 1]`.
  const int32_t *starts;
  /// Lane l of tile i is row `rows[16 · i + l] − first` of the result.
  const int32_t *rows;
  long first;
  /// The number of lanes that have a row.
  long count;
  /// A byte counts as byte / maximum, rounded once. The maximum is 255, a power of two up to 128, or another number
  /// accepted by `TiledImages.isExact`.
  float maximum;
} numeral_tiles;

/// First layers of at most sixteen units: sixteen samples or pixels side by side, straight from bytes.
typedef struct {
  /// A mask of an image's non-zero pixels in 256 bits. A group is a number of consecutive pixels of a list; bit i is
  /// set if a pixel of group i is non-zero. Bits beyond the last group are zero.
  ///
  /// Shapes: mask `[4]`; pixels `[count]`, the offsets of the image's bytes. Groups are large enough that there are at
  /// most 256.
  void (*nonzero_mask)(uint64_t *mask, const uint8_t *bytes, const int32_t *pixels, long count, long group);

  /// The index of the first mask in `[count, 4]` that adds the fewest bits to `mask`; 0 if there is none.
  long (*fewest_added)(const uint64_t *masks, long count, const uint64_t *mask);

  /// The number of terms of a tile that `pack` keeps: those whose byte is non-zero in some lane.
  long (*count_terms)(const numeral_tile_bytes *source);

  /// Packs the bytes of sixteen lanes; lanes from `lane_count` on are 0.
  ///
  /// Terms whose byte is non-zero in some lane are kept, in order. Kept term e has the index `places[e]`, and its byte
  /// in lane l is `tile[64 · (e / 4) + 4 · l + e % 4]`: a vector holds four terms. An incomplete last group of four is
  /// filled with zeros and the preceding place. So for each group of four, also an incomplete one, tile has 64 elements
  /// and places has 4.
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
