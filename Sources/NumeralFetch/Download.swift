import Foundation
import Numeral
import NumeralData

/// Fetches files from one mirror after the other until every file is complete and right.
struct Download {
  let mirrors: [String]
  let patience: Int
  let userAgent: String
  let recorded: (PublishedFile) -> (hash: String, path: String)?
  let observer: (DatasetFetcher.Event) -> Bool

  /// The largest number of tries at one address. A further try is made only if the last one received more bytes than
  /// before.
  private static let mostTries = 20

  /// Fetches separate gzipped files from a server. A complete download is named `….gz.whole`.
  func files(
    _ files: [PublishedFile], into staging: String, received: inout Int
  ) throws(FetchError) -> [CheckedFile] {
    var checked: [CheckedFile] = []
    for file in files {
      let name = file.name + ".gz"
      let whole = staging + "/\(name).whole"
      let checker = FileChecker(file: file, recorded: recorded(file))
      // An earlier fetch may have completed this file and then failed on another one.
      if let result = try? check(whole, checker) {
        checked.append(result)
        continue
      }
      let part = PartFile(path: staging + "/\(name).part")
      let result = try fetch(name, into: part, limit: file.packedLimit, magic: [0x1F, 0x8B], &received) {
        path throws(TransferFailure) in try check(path, checker)
      }
      try FileWriting.move(part.path, to: whole)
      try part.remove()
      checked.append(result)
    }
    return checked
  }

  /// Fetches an archive and takes files out of it. Their images are turned upright.
  func files(
    _ files: [PublishedFile], of archive: PublishedArchive, into staging: String, received: inout Int
  ) throws(FetchError) -> [CheckedFile] {
    let part = PartFile(path: staging + "/\(archive.name).part")
    try fetch(archive.name, into: part, limit: archive.limit, magic: [0x50, 0x4B], &received) {
      path throws(TransferFailure) in
      // All members are read before any of them is used.
      try ArchiveContents(path).checkMembers(of: files, archive)
    }
    var results: [CheckedFile] = []
    for file in files {
      guard observer(.unpacking(file: file.name)) else { throw .cancelled }
      let (bytes, result) = try upright(file, of: archive, part)
      try FileWriting.write(Gzip.compress(bytes.array()), to: staging + "/\(file.name).gz.whole")
      results.append(result)
    }
    try part.remove()
    return results
  }

  /// Takes a file out of a complete archive. If the file differs from the one of the first download, the archive is
  /// refused too.
  private func upright(
    _ file: PublishedFile, of archive: PublishedArchive, _ part: PartFile
  ) throws(FetchError) -> (Buffer<UInt8>, CheckedFile) {
    do throws(TransferFailure) {
      let bytes = try ArchiveContents(part.path).upright(file, archive)
      let checker = FileChecker(file: file, recorded: recorded(file))
      return (bytes, try checker.check(unpacked: bytes, hasPublishedSum: false, wasThere: false))
    } catch {
      try part.remove()
      throw .failed(file: file.name, attempts: [.init(address: archive.name, failure: error)])
    }
  }

  private func check(_ path: String, _ checker: FileChecker) throws(TransferFailure) -> CheckedFile {
    let bytes: Buffer<UInt8>
    do {
      bytes = try FileBytes.read(path, limit: checker.file.packedLimit)
    } catch {
      throw .content("\(error)")
    }
    return try checker.check(bytes, path: path, mayDiffer: false)
  }

  /// Fetches one file from the first address that works.
  private func fetch<Result>(
    _ name: String, into part: PartFile, limit: Int, magic: [UInt8], _ received: inout Int,
    check: (String) throws(TransferFailure) -> Result
  ) throws(FetchError) -> Result {
    var attempts: [FetchError.Attempt] = []
    for mirror in mirrors {
      let address = mirror + (mirror.hasSuffix("/") ? "" : "/") + name
      var tries = 0
      var furthest = -1
      while true {
        tries += 1
        let failure: TransferFailure
        let start = part.resumption(from: address)?.length ?? 0
        var end = start
        let transfer = Transfer(
          address: address, part: part, limit: limit, magic: magic, patience: patience, userAgent: userAgent)
        let outcome = try transfer.run { bytes, total in
          end = bytes
          return observer(.progress(file: name, address: address, received: bytes, total: total))
        }
        switch outcome {
        case .whole:
          received += end >= start ? end - start : end
          do {
            return try check(part.path)
          } catch {
            failure = error
          }
        case .failed(let reason):
          failure = reason
        }
        guard observer(.failed(file: name, .init(address: address, failure: failure))) else { throw .cancelled }
        // A file from two tries may be wrong although the file on the server is right.
        if start > 0, failure.isWrongContent || failure == .status(416) {
          try part.remove()
          if tries < Download.mostTries { continue }
        }
        if failure.isPassing, tries < Download.mostTries, end > furthest {
          furthest = end
          continue
        }
        if failure.isWrongContent { try part.remove() }
        attempts.append(.init(address: address, failure: failure))
        break
      }
    }
    throw .failed(file: name, attempts: attempts)
  }
}
