import NumeralFiles

/// The name that was probably meant, for the question "did you mean …?".
///
/// - Returns: The name with the fewest insertions, deletions, replacements and swaps of neighbours between it and
///   `text`, whatever the case; nil if more than a third of the letters would change. The first of several wins.
/// - Complexity: O(letters of `text` · letters of all names).
public func nearestName(to text: String, among names: [String]) -> String? {
  // Nothing that long is a slip of a name.
  guard text.utf8.count <= 64 else { return nil }
  let distances = names.map { editDistance(text.lowercased(), $0.lowercased()) }
  guard let least = distances.min(), let place = distances.firstIndex(of: least) else { return nil }
  return least <= max(1, names[place].count / 3) ? names[place] : nil
}
