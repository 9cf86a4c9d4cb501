/// Samples whose non-zero pixels have been listed, for one product.
struct ListedSamples {
  /// Data that a product records for the gradient, in addition to its sums.
  struct Notes {
    /// Where the byte of each non-zero pixel is recorded.
    let bytes: TransposedPixels
    /// The row of the first sample.
    let row: Int
    /// The place of the first sample that is needed next; the product prefetches as many records from there as it has
    /// samples.
    let ahead: Int
  }

  let lists: NonzeroPixels
  /// The start of the record at each place.
  let starts: Buffer<UInt32>
  /// The places of the samples.
  let range: Range<Int>
  /// `[samples + 4]`: the read positions in the records.
  let cursors: Buffer<UInt32>
  /// Nil for inference.
  var notes: Notes?
}
