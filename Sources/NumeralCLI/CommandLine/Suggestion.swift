/// What was probably meant by a word that nobody knows.
enum Suggestion {
  /// The most single changes (a letter left out, added, replaced, or two swapped) between a word and what is suggested
  /// for it; two catch nearly all slips of the fingers, three begin to suggest unrelated words.
  static let mostEdits = 2

  /// The known word nearest to the one found, if it is near enough: at most `mostEdits`, and at most half of its letters.
  static func nearest(to found: String, among known: [String]) -> String? {
    let near = known.map { (word: $0, edits: editDistance(found.lowercased(), $0.lowercased())) }
      .filter { $0.edits <= mostEdits && $0.edits * 2 <= letters(in: $0.word) }
    return near.min { $0.edits < $1.edits }?.word
  }

  /// `; did you mean 'train'?`, or nil if nothing is near.
  static func sentence(for found: String, among known: [String]) -> String? {
    nearest(to: found, among: known).map { "; did you mean '\($0)'?" }
  }

  /// The number of single changes from one word to another (optimal string alignment).
  static func editDistance(_ first: String, _ second: String) -> Int {
    // A word longer than any name is far from all of them; this bounds the work.
    let a = Array(first.prefix(64))
    let b = Array(second.prefix(64))
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      for j in 1...b.count {
        var best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, beforeLast[j - 2] + 1) }
        row.append(best)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }

  /// The letters that count: the dashes before an option's name match in every option.
  private static func letters(in word: String) -> Int {
    word.drop { $0 == "-" }.count
  }
}
