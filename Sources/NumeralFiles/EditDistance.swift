/// Returns the least number of edits between two words. An edit inserts, deletes or replaces a letter, or swaps two
/// neighbours.
///
/// ```
/// d(i, j) = min( d(i−1, j) + 1,  d(i, j−1) + 1,  d(i−1, j−1) + [aᵢ ≠ bⱼ],
///                d(i−2, j−2) + 1   if aᵢ = bⱼ₋₁ and aᵢ₋₁ = bⱼ )
/// ```
///
/// Only the first 64 letters of each word count. A longer word is far from every name.
///
/// - Complexity: O(letters of `first` · letters of `second`).
///
/// Source: F. Damerau, 1964, *A technique for computer detection and correction of spelling errors*,
/// doi:10.1145/363958.363994, in the variant that edits no part of a word twice (optimal string alignment).
public func editDistance(_ first: String, _ second: String) -> Int {
  let a = Array(first.prefix(64))
  let b = Array(second.prefix(64))
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, beforeLast[j - 1] + 1) }
      row.append(least)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
