import NumeralFiles

/// The known word that was probably meant by an unknown one.
enum Suggestion {
  /// The most single changes (a letter left out, added, replaced, or two swapped) between a word and what is suggested
  /// for it; two catch nearly all typing mistakes, three would suggest unrelated words.
  static let mostEdits = 2

  /// The known word nearest to the one found, if it is near enough: at most `mostEdits`, and at most half of its
  /// letters.
  static func nearest(to found: String, among known: [String]) -> String? {
    let near = known.map { (word: $0, edits: editDistance(found.lowercased(), $0.lowercased())) }
      .filter { $0.edits <= mostEdits && $0.edits * 2 <= letters(in: $0.word) }
    return near.min { $0.edits < $1.edits }?.word
  }

  /// `; did you mean 'train'?`, or nil if nothing is near.
  static func sentence(for found: String, among known: [String]) -> String? {
    nearest(to: found, among: known).map { "; did you mean '\($0)'?" }
  }

  /// The number of letters without the leading dashes, which all options share.
  private static func letters(in word: String) -> Int {
    word.drop { $0 == "-" }.count
  }
}
