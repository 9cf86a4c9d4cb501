// How well predictions agree with labels over all classes. With n images, s of them predicted correctly, and the sums
// of row k (images of class k) and column k (images predicted as k):
//
//   t_k = Σ_j counts[k][j],     p_k = Σ_i counts[i][k],     s = Σ_k counts[k][k]
//
// All sums are whole numbers, which Double represents exactly up to 2⁵³: up to 94 million images.

extension ConfusionMatrix {
  /// The mean recall of the classes that have images, 0 ... 1.
  ///
  /// ```
  /// balancedAccuracy = mean over k of counts[k][k] / t_k
  /// ```
  ///
  /// Undefined without images, if a class without images was predicted, and if only one class occurs. Source: K.
  /// Brodersen and others, 2010, *The balanced accuracy and its posterior distribution*, doi:10.1109/ICPR.2010.764.
  public var balancedAccuracy: Double? {
    let occurring = counts.indices.filter { support(of: $0) > 0 || predicted(as: $0) > 0 }
    if occurring.count < 2 || occurring.contains(where: { support(of: $0) == 0 }) { return nil }
    return occurring.reduce(0) { $0 + Double(counts[$1][$1]) / Double(support(of: $1)) } / Double(occurring.count)
  }

  /// The Matthews correlation of labels and predictions, -1 ... 1; 0 is chance.
  ///
  /// ```
  /// matthews = (s n − Σ t_k p_k) / √( (n² − Σ p_k²) (n² − Σ t_k²) )
  /// ```
  ///
  /// If all images have one class, or all have one predicted class, it is 0, its limit: such predictions carry no
  /// information. Undefined without images, and if only one class occurs. Source: J. Gorodkin, 2004, *Comparing two
  /// K-category assignments by a K-category correlation coefficient*, doi:10.1016/j.compbiolchem.2004.09.006.
  public var matthewsCorrelation: Double? {
    let sums = Sums(self)
    if sums.hasOneClass { return nil }
    let spread = (sums.n * sums.n - sums.predictedSquares) * (sums.n * sums.n - sums.supportSquares)
    return spread == 0 ? 0 : (sums.right * sums.n - sums.products) / spread.squareRoot()
  }

  /// Cohen's kappa, the agreement beyond chance: 1 is perfect, 0 is chance, below 0 is worse; at least -1.
  ///
  /// ```
  /// kappa = (a − c) / (1 − c)          a = s / n,  c = Σ t_k p_k / n²
  /// ```
  ///
  /// Undefined without images, and if only one class occurs. Source: J. Cohen, 1960, *A coefficient of agreement for
  /// nominal scales*, doi:10.1177/001316446002000104.
  public var cohenKappa: Double? {
    let sums = Sums(self)
    if sums.hasOneClass { return nil }
    return (sums.right * sums.n - sums.products) / (sums.n * sums.n - sums.products)
  }

  /// The sums that both coefficients need.
  private struct Sums {
    let n: Double
    let right: Double
    var products = 0.0
    var supportSquares = 0.0
    var predictedSquares = 0.0

    init(_ matrix: ConfusionMatrix) {
      n = Double(matrix.total)
      right = Double(matrix.right)
      for label in matrix.counts.indices {
        let (support, predicted) = (Double(matrix.support(of: label)), Double(matrix.predicted(as: label)))
        products += support * predicted
        supportSquares += support * support
        predictedSquares += predicted * predicted
      }
    }

    /// True if there is no class, or if all images have the same class and are predicted as it.
    var hasOneClass: Bool { products == n * n }
  }
}
