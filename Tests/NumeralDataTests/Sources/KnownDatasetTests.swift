import NumeralData
import Testing

@Suite struct KnownDatasetTests {
  #if os(macOS)
    static let cache = "/home/a/Library/Caches/numeral/mnist"
    static let otherCache = cache
  #else
    static let cache = "/home/a/.cache/numeral/mnist"
    static let otherCache = "/cache/numeral/mnist"
  #endif

  @Test(
    "The folder named by NUMERAL_DATA comes first, then the user's cache",
    arguments: [
      ([:], []),
      (["HOME": "/home/a"], [cache]),
      (["HOME": "/home/a", "NUMERAL_DATA": ""], [cache]),
      (["HOME": "/home/a", "NUMERAL_DATA": "/data"], ["/data/mnist", cache]),
      (["NUMERAL_DATA": "data/"], ["data/mnist"]),
      (["HOME": "/home/a", "XDG_CACHE_HOME": "/cache"], [otherCache]),
      (["HOME": "/home/a", "XDG_CACHE_HOME": "relative"], [cache]),
      (["HOME": "/home/a", "XDG_CACHE_HOME": ""], [cache]),
      (["HOME": ""], []),
    ] as [([String: String], [String])])
  func folders(environment: [String: String], expected: [String]) {
    #expect(KnownDataset.mnist.folders(environment: environment) == expected)
  }

  @Test("Every known dataset has ten classes with names")
  func classNames() {
    for dataset in KnownDataset.allCases { #expect(Set(dataset.classNames).count == 10) }
    #expect(KnownDataset.mnist.classNames == (0...9).map { "\($0)" })
    #expect(KnownDataset.fashionMNIST.classNames.first == "T-shirt/top")
    #expect(KnownDataset.fashionMNIST.classNames.last == "Ankle boot")
    #expect(KnownDataset.kmnist.classNames == ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"])
  }

  @Test("Every known dataset has an attribution")
  func attribution() {
    for dataset in KnownDataset.allCases { #expect(!dataset.attribution.isEmpty) }
  }
}

extension KnownDatasetTests {
  /// An environment with two folders for datasets.
  static func environment(data: String, home: String) -> [String: String] {
    ["NUMERAL_DATA": data, "HOME": home]
  }
}
