import Numeral
import NumeralData

/// A file whose contents were found to be the right ones.
public struct CheckedFile: Sendable, Equatable {
  /// How the contents are known to be right.
  public enum Proof: Sendable, Equatable {
    /// They have the SHA-256 that was computed from the published contents.
    case sha256
    /// The packed file has the MD5 that its publisher states.
    case publishedMD5
    /// They have the SHA-256 that was recorded when the file first came.
    case recorded
    /// Only their shape is known to be right; the SHA-256 is now recorded.
    case shapeOnly
  }

  /// The name without `.gz`.
  public let name: String
  /// The SHA-256 of the unpacked bytes.
  public let sha256: String
  /// How they are known to be right.
  public let proof: Proof
  /// True if the file was there and not fetched.
  public let wasThere: Bool
}

/// Looks whether bytes are the file that was published.
struct FileChecker {
  let file: PublishedFile
  /// The SHA-256 recorded when the file first came, and where.
  let recorded: (hash: String, path: String)?

  /// Checks a file as it came or lies there: gzipped, or unpacked.
  ///
  /// - Parameter mayDiffer: True for a file that is there: it may have been packed by others, so that the publisher's sum of
  ///   the packed file says nothing if it differs.
  func check(_ bytes: Buffer<UInt8>, path: String, mayDiffer: Bool) throws(TransferFailure) -> CheckedFile {
    let isPacked = Gzip.isCompressed(bytes)
    let unpacked: Buffer<UInt8>
    do {
      unpacked = isPacked ? try Gzip.decompress(bytes, file: path, limit: file.length) : bytes
    } catch .unpackedTooLarge {
      throw .content("it unpacks to more than \(file.length) bytes, expected exactly as many")
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

  /// Checks unpacked contents: their shape, then their sum.
  func check(
    unpacked: Buffer<UInt8>, hasPublishedSum: Bool, wasThere: Bool
  ) throws(TransferFailure) -> CheckedFile {
    do {
      switch file.contents {
      case .pictures(let count):
        let images = try IDXFile.images(in: unpacked, file: file.name)
        guard images.count == count, images.shape == .image(height: 28, width: 28) else {
          throw TransferFailure.content(
            "it holds \(images.count) pictures of \(images.shape), expected \(count) of 28×28")
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
      throw .content("it is no IDX file of the right kind (\(error))")
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
        throw .hash(found: hash, expected: recorded.hash, origin: "recorded when it first came, in \(recorded.path)")
      }
      proof = .recorded
    } else {
      proof = .shapeOnly
    }
    return CheckedFile(name: file.name, sha256: hash, proof: proof, wasThere: wasThere)
  }
}
