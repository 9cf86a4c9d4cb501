/// Why a dataset could not be fetched.
public enum FetchError: Error, Equatable, Sendable {
  /// An address that failed, with the reason.
  public struct Attempt: Equatable, Sendable {
    /// The address.
    public let address: String
    /// The reason.
    public let failure: TransferFailure

    /// Creates an attempt.
    public init(address: String, failure: TransferFailure) {
      self.address = address
      self.failure = failure
    }
  }

  /// libcurl cannot be loaded.
  case library(reason: String)
  /// There is no folder for datasets.
  case noFolder
  /// A file or folder cannot be created or written.
  case cannotWrite(path: String, reason: String)
  /// An existing file is not the published one.
  case wrongFile(path: String, reason: String)
  /// No address gave the file.
  case failed(file: String, attempts: [Attempt])
  /// The caller asked to stop.
  case cancelled
}

extension FetchError: CustomStringConvertible {
  /// One sentence: what happened, why, what to do.
  public var description: String {
    switch self {
    case .library(let reason):
      return "libcurl cannot be loaded (\(reason)); install it (libcurl4 on Debian) or fetch the files by hand"
    case .noFolder:
      return
        "there is no folder for datasets because neither XDG_CACHE_HOME nor HOME is set; set HOME to your home folder"
    case .cannotWrite(let path, let reason):
      return
        "\(path): cannot be written (\(reason)); make room or choose another place with XDG_CACHE_HOME, and try again"
    case .wrongFile(let path, let reason):
      return "\(path): \(reason); nothing was changed"
    case .failed(let file, let attempts):
      let list = attempts.map { "\($0.address): \($0.failure)" }.joined(separator: "; ")
      return "\(file) could not be fetched: \(list)"
    case .cancelled:
      return "stopped; the received bytes are kept, and the next fetch continues from there"
    }
  }

  /// True if every address gave a wrong file.
  public var isWrongContent: Bool {
    switch self {
    case .wrongFile: true
    case .failed(_, let attempts): attempts.allSatisfy(\.failure.isWrongContent)
    case .library, .noFolder, .cannotWrite, .cancelled: false
    }
  }
}
