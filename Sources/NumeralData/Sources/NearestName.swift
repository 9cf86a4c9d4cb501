import NumeralFiles

/// Returns the name that the user probably meant, for the question "did you mean …?".
///
/// - Returns: The name that needs the fewest edits to become `text`. An edit inserts, deletes or replaces a letter, or
///   swaps two neighbours. Upper and lower case count as equal. nil if more than a third of the letters would change.
///   If several names are equally near, the first one.
/// - Complexity: O(letters of `text` · letters of all names).
public func nearestName(to text: String, among names: [String]) -> String? {
  // A text of this length is not a mistyped name.
  guard text.utf8.count <= 64 else { return nil }
  let distances = names.map { editDistance(text.lowercased(), $0.lowercased()) }
  guard let least = distances.min(), let place = distances.firstIndex(of: least) else { return nil }
  return least <= max(1, names[place].count / 3) ? names[place] : nil
}
