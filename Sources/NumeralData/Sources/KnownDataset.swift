import NumeralFiles

/// A published dataset with a known name, kept as a folder of IDX files.
public enum KnownDataset: String, Sendable, Hashable, CaseIterable {
  /// Handwritten digits.
  case mnist
  /// Articles of clothing.
  case fashionMNIST = "fashion-mnist"
  /// Cursive Japanese characters.
  case kmnist
  /// Handwritten digits, 280,000 of them.
  case emnistDigits = "emnist-digits"

  /// The authors, as the publisher asks to be cited.
  public var attribution: String {
    switch self {
    case .mnist:
      "Y. LeCun, C. Cortes, C. Burges, The MNIST database of handwritten digits"
    case .fashionMNIST:
      "H. Xiao, K. Rasul, R. Vollgraf, 2017, Fashion-MNIST, arXiv:1708.07747, MIT"
    case .kmnist:
      "KMNIST Dataset (created by CODH), adapted from Kuzushiji Dataset (created by NIJL and others), "
        + "doi:10.20676/00000341, CC BY-SA 4.0"
    case .emnistDigits:
      "G. Cohen, S. Afshar, J. Tapson, A. van Schaik, 2017, EMNIST, arXiv:1702.05373"
    }
  }

  /// The names of its ten classes, in label order.
  ///
  /// Sources: the publishers' tables, https://github.com/zalandoresearch/fashion-mnist#labels and
  /// https://github.com/rois-codh/kmnist (the table lists the characters; here stands their reading).
  public var classNames: [String] {
    switch self {
    case .mnist, .emnistDigits: DigitClasses.names
    case .fashionMNIST:
      ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
    case .kmnist: ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"]
    }
  }

  /// Returns the folders where the dataset may be. They are tried in this order.
  ///
  /// | place | when |
  /// |---|---|
  /// | `$NUMERAL_DATA/<name>` | if set |
  /// | `$XDG_CACHE_HOME/numeral/<name>` | if set to an absolute path, as the XDG specification demands; not on a Mac |
  /// | `~/.cache/numeral/<name>` | otherwise |
  /// | `~/Library/Caches/numeral/<name>` | on a Mac |
  public func folders(environment: [String: String]) -> [String] {
    let data = environment["NUMERAL_DATA"].flatMap { $0.isEmpty ? nil : $0 }
    let cache = KnownDataset.cache(environment: environment)
    return [data, cache].compactMap { $0.map { FileSystem.join($0, rawValue) } }
  }

  /// All names that a source can have.
  public static let sourceNames = [BuiltInDigits.name] + allCases.map(\.rawValue) + [DigitOrNot.name]

  /// Returns the folder for fetched datasets; nil if the environment names none.
  public static func cacheFolder(environment: [String: String]) -> String? { cache(environment: environment) }

  private static func cache(environment: [String: String]) -> String? {
    let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
    #if os(macOS)
      return home.map { FileSystem.join($0, "Library/Caches/numeral") }
    #else
      if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return FileSystem.join(cache, "numeral") }
      return home.map { FileSystem.join($0, ".cache/numeral") }
    #endif
  }
}
