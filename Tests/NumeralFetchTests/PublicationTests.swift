import Foundation
import NumeralData
import NumeralFetch
import Testing

@Suite struct PublicationTests {
  private static let data = ProcessInfo.processInfo.environment["NUMERAL_DATA"]

  @Test("Every dataset has four files, the training images last, and a first mirror with encryption")
  func every() throws {
    for dataset in KnownDataset.allCases {
      let publication = dataset.publication
      #expect(publication.name == dataset.rawValue)
      #expect(publication.files.map(\.name) == SmallSet.names)
      #expect(publication.mirrors.first?.hasPrefix("https://") == true)
      #expect(publication.mirrors.allSatisfy { $0.hasPrefix("http") && $0.hasSuffix("/") })
      // Without encryption and without a checksum a wrong file could not be detected.
      for mirror in publication.mirrors where mirror.hasPrefix("http://") && dataset != .kmnist {
        #expect(!publication.files.contains { $0.check == .firstUse }, "\(mirror)")
      }
    }
    #expect(KnownDataset.emnistDigits.publication.files.last?.length == 16 + 240_000 * 784)
    #expect(KnownDataset.mnist.publication.files.allSatisfy { $0.sha256?.count == 64 })
  }

  @Test("The installed MNIST is the published one", .enabled(if: data != nil, "NUMERAL_DATA is not set"))
  func mnist() throws {
    let folder = try #require(Self.data) + "/mnist"
    let report = try DatasetFetcher(KnownDataset.mnist.publication, folder: folder, recordPath: nil, mirrors: [])
      .fetch()
    #expect(report.files.allSatisfy { $0.proof == .sha256 && $0.wasThere } && report.received == 0)
  }
}
