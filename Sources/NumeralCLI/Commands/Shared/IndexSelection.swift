/// Rows picked from a dataset, in the order given: `3`, `0-9` or `1,5,7-9`.
struct IndexSelection: Equatable {
  /// The largest index that can be asked for; no supported format counts further.
  static let largest = Int(Int32.max)

  /// The ranges, in the order given; a single index is a range of one.
  var ranges: [ClosedRange<Int>]

  /// The number of rows, rows named twice counted twice.
  var count: Int { ranges.reduce(0) { $0 + $1.count } }

  /// The largest index.
  var upperBound: Int { ranges.map(\.upperBound).max() ?? 0 }

  /// The indices, one after the other.
  var indices: some Sequence<Int> { ranges.lazy.joined() }
}

extension ValueReader<IndexSelection> {
  /// Indices and ranges, separated by commas.
  static var indices: ValueReader {
    ValueReader(
      expected: "indices from 0 and ranges of them, as in 3, 0-9 or 1,5,7-9", placeholder: "N-N,...",
      read: { text in
        var ranges: [ClosedRange<Int>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
          let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            .map { Number.whole(String($0), as: Int.self) }
          guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
            first <= last, last <= IndexSelection.largest
          else { return nil }
          ranges.append(first...last)
        }
        return IndexSelection(ranges: ranges)
      })
  }
}
