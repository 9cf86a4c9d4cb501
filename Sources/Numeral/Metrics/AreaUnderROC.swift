/// The area under the curve of the receiver operating characteristic of a score that should be high for positives.
///
/// ```
/// auc = ( Σ rank of each positive − P (P + 1) / 2 ) / (P · N)         ranks from 1, ties share their mean rank
/// ```
///
/// It is the chance that a positive scores higher than a negative, ties counting half. Source: J. Hanley, B. McNeil,
/// 1982, *The meaning and use of the area under a ROC curve*, doi:10.1148/radiology.143.1.7063747.
/// - Parameters:
///   - scores: `[samples]`, none NaN.
///   - isPositive: `[samples]`.
/// - Returns: 0 ... 1, or nil if there is no positive or no negative.
/// - Complexity: O(n log n).
func areaUnderROC(scores: [Float], isPositive: [Bool]) -> Double? {
  precondition(scores.count == isPositive.count, "one score for each sample")
  let positives = isPositive.reduce(0) { $0 + ($1 ? 1 : 0) }
  let negatives = scores.count - positives
  if positives == 0 || negatives == 0 { return nil }
  let order = scores.indices.sorted { scores[$0] < scores[$1] }
  // Twice the rank sum, so that the mean ranks of ties stay whole numbers.
  var doubledRanks = 0
  var start = 0
  while start < order.count {
    var end = start + 1
    while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
    for place in start..<end where isPositive[order[place]] { doubledRanks += start + 1 + end }
    start = end
  }
  let doubledWins = doubledRanks - positives * (positives + 1)
  return Double(doubledWins) / (2 * Double(positives) * Double(negatives))
}
