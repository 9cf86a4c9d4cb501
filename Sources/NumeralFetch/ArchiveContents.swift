import Numeral
import NumeralData

/// The files of a dataset inside EMNIST's archive. They are gzipped, and each image lies on its side.
struct ArchiveContents {
  private let zip: ZipArchive

  /// Opens the archive.
  init(_ path: String) throws(TransferFailure) {
    do {
      zip = try ZipArchive(path)
    } catch {
      throw .content(ArchiveContents.reason(error, path))
    }
  }

  /// Reads and unpacks every file, to check that all of them are readable.
  func checkMembers(of files: [PublishedFile], _ archive: PublishedArchive) throws(TransferFailure) {
    for file in files { _ = try unpacked(file, archive) }
  }

  /// Returns a file, unpacked. Rows and columns of its images are swapped, so that they stand upright.
  ///
  /// EMNIST's images were saved column by column (https://www.nist.gov/itl/products-and-services/emnist-dataset).
  func upright(_ file: PublishedFile, _ archive: PublishedArchive) throws(TransferFailure) -> Buffer<UInt8> {
    let bytes = try unpacked(file, archive)
    guard case .images = file.contents, bytes.count > 16 else { return bytes }
    let side = 28
    return Buffer<UInt8>(count: bytes.count) { target in
      bytes.withElements { source in
        _ = target.initialize(fromContentsOf: source)
        for start in stride(from: 16, through: source.count - side * side, by: side * side) {
          for row in 0..<side {
            for column in 0..<side { target[start + row * side + column] = source[start + column * side + row] }
          }
        }
      }
    }
  }

  private func unpacked(_ file: PublishedFile, _ archive: PublishedArchive) throws(TransferFailure) -> Buffer<UInt8> {
    let member = archive.member(of: file)
    do {
      let packed = try zip.read(member, limit: file.packedLimit)
      return try Gzip.decompress(packed, file: member, limit: file.length)
    } catch {
      throw .content(ArchiveContents.reason(error, member))
    }
  }

  /// Returns the sentence of a `DataError` without the path at its start.
  private static func reason(_ error: DataError, _ path: String) -> String {
    let text = "\(error)"
    guard let colon = text.firstRange(of: ": ") else { return text }
    return String(text[colon.upperBound...])
  }
}
