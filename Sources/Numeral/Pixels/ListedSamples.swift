/// Samples whose non-zero pixels have been listed, for one product.
struct ListedSamples {
  /// What a product notes beside its sums, for the gradient.
  struct Notes {
    /// Where the byte of each non-zero pixel goes.
    let bytes: TransposedPixels
    /// The row of the first sample.
    let row: Int
    /// The place of the first sample that is wanted next: as many records from there on are prefetched.
    let ahead: Int
  }

  let lists: NonzeroPixels
  /// Where the record at each place begins.
  let starts: Buffer<UInt32>
  /// The places of the samples.
  let range: Range<Int>
  /// `[samples + 4]`: where records are read.
  let cursors: Buffer<UInt32>
  /// Nil for inference.
  var notes: Notes?
}
