/// Why a file or a folder cannot be written.
public enum FileError: Error, Equatable, Sendable {
  /// A folder stands where a file has to be.
  case isFolder(path: String)
  /// A file stands where a folder has to be.
  case isFile(path: String)
  /// Nothing can be made there.
  case cannotCreate(path: String, reason: String)
  /// Writing failed.
  case cannotWrite(path: String, reason: String)

  /// Where.
  public var path: String {
    switch self {
    case .isFolder(let path), .isFile(let path), .cannotCreate(let path, _), .cannotWrite(let path, _): path
    }
  }

  /// What the system said, or the same in its words.
  public var reason: String {
    switch self {
    case .isFolder: "Is a directory"
    case .isFile: "Not a directory"
    case .cannotCreate(_, let reason), .cannotWrite(_, let reason): reason
    }
  }
}

extension FileError: CustomStringConvertible {
  /// One sentence: where, what is wrong, what was expected.
  public var description: String {
    switch self {
    case .isFolder(let path): "\(path): is a folder, expected the name of a file"
    case .isFile(let path): "\(path): is a file, expected the name of a folder"
    case .cannotCreate(let path, let reason): "\(path): cannot be created (\(reason))"
    case .cannotWrite(let path, let reason): "\(path): writing failed (\(reason)); nothing was saved"
    }
  }
}
