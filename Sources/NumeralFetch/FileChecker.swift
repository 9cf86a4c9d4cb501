import Numeral
import NumeralData

/// Checks whether bytes are the published file.
struct FileChecker {
  let file: PublishedFile
  /// The SHA-256 that was recorded at the first download, and the file that records it.
  let recorded: (hash: String, path: String)?

  /// Checks a downloaded or existing file, gzipped or not.
  ///
  /// - Parameter mayDiffer: True for a file that existed before. Somebody else may have packed it. Then the publisher's
  ///   checksum of the packed file may differ although the contents are right.
  func check(_ bytes: Buffer<UInt8>, path: String, mayDiffer: Bool) throws(TransferFailure) -> CheckedFile {
    let isPacked = Gzip.isCompressed(bytes)
    let unpacked: Buffer<UInt8>
    do {
      unpacked = isPacked ? try Gzip.decompress(bytes, file: path, limit: file.length) : bytes
    } catch .unpackedTooLarge {
      throw .content("it unpacks to more than \(file.length) bytes, expected exactly this number")
    } catch {
      throw .content("the gzip data is cut short or damaged")
    }
    var hasPublishedSum = false
    if case .publishedMD5(let expected) = file.check, isPacked {
      hasPublishedSum = MD5.hash(of: bytes) == expected
      guard hasPublishedSum || mayDiffer else {
        throw .content("it is not the file that was published, whose MD5 is \(expected)")
      }
    }
    return try check(unpacked: unpacked, hasPublishedSum: hasPublishedSum, wasThere: mayDiffer)
  }

  /// Checks unpacked contents: first their shape, then their checksum.
  func check(
    unpacked: Buffer<UInt8>, hasPublishedSum: Bool, wasThere: Bool
  ) throws(TransferFailure) -> CheckedFile {
    do {
      switch file.contents {
      case .images(let count):
        let images = try IDXFile.images(in: unpacked, file: file.name)
        guard images.count == count, images.shape == .image(height: 28, width: 28) else {
          throw TransferFailure.content(
            "it holds \(images.count) images of \(images.shape), expected \(count) of 28×28")
        }
      case .labels(let count):
        let labels = try IDXFile.labels(in: unpacked, file: file.name)
        guard labels.count == count else {
          throw TransferFailure.content("it holds \(labels.count) labels, expected \(count)")
        }
      }
    } catch let failure as TransferFailure {
      throw failure
    } catch {
      throw .content("it is not an IDX file of the expected kind (\(error))")
    }
    let hash = SHA256.hash(of: unpacked)
    let proof: CheckedFile.Proof
    if case .sha256(let expected) = file.check {
      guard hash == expected else { throw .hash(found: hash, expected: expected, origin: "the published contents") }
      proof = .sha256
    } else if hasPublishedSum {
      proof = .publishedMD5
    } else if let recorded {
      guard hash == recorded.hash else {
        throw .hash(found: hash, expected: recorded.hash, origin: "recorded at the first download, in \(recorded.path)")
      }
      proof = .recorded
    } else {
      proof = .shapeOnly
    }
    return CheckedFile(name: file.name, sha256: hash, proof: proof, wasThere: wasThere)
  }
}
