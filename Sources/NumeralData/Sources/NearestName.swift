/// The name that was probably meant, for the question "did you mean …?".
///
/// - Returns: The name with the fewest insertions, deletions, replacements and swaps of neighbours between it and
///   `text`, whatever the case; nil if more than a third of the letters would change. The first of several wins.
/// - Complexity: O(letters of `text` · letters of all names).
public func nearestName(to text: String, among names: [String]) -> String? {
  // Nothing that long is a slip of a name, and the cost grows with it.
  guard text.utf8.count <= 64 else { return nil }
  let letters = Array(text.lowercased())
  let distances = names.map { name in editDistance(letters, Array(name.lowercased())) }
  guard let least = distances.min(), let place = distances.firstIndex(of: least) else { return nil }
  return least <= max(1, names[place].count / 3) ? names[place] : nil
}

/// The number of insertions, deletions, replacements and swaps of neighbours that lead from one word to another.
///
/// ```
/// d(i, j) = min( d(i−1, j) + 1,  d(i, j−1) + 1,  d(i−1, j−1) + [aᵢ ≠ bⱼ],
///                d(i−2, j−2) + 1   if aᵢ = bⱼ₋₁ and aᵢ₋₁ = bⱼ )
/// ```
///
/// Source: F. Damerau, 1964, *A technique for computer detection and correction of spelling errors*,
/// doi:10.1145/363958.363994, in the form where no part is edited twice.
private func editDistance(_ first: [Character], _ second: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...second.count)
  for i in first.indices {
    var row = [i + 1]
    for j in second.indices {
      var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (first[i] == second[j] ? 0 : 1))
      if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
        least = min(least, beforeLast[j - 1] + 1)
      }
      row.append(least)
    }
    (beforeLast, last) = (last, row)
  }
  return last[second.count]
}
