/// Why a file or a folder cannot be written.
public enum FileError: Error, Equatable, Sendable {
  /// A folder exists where a file is needed.
  case isFolder(path: String)
  /// A file exists where a folder is needed.
  case isFile(path: String)
  /// The path cannot be created.
  case cannotCreate(path: String, reason: String)
  /// Writing failed.
  case cannotWrite(path: String, reason: String)

  /// The path.
  public var path: String {
    switch self {
    case .isFolder(let path), .isFile(let path), .cannotCreate(let path, _), .cannotWrite(let path, _): path
    }
  }

  /// The system's reason, or the same in its words.
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
    case .isFolder(let path): "\(path): this is a folder, expected the name of a file"
    case .isFile(let path): "\(path): this is a file, expected the name of a folder"
    case .cannotCreate(let path, let reason): "\(path): cannot be created (\(reason))"
    case .cannotWrite(let path, let reason): "\(path): writing failed (\(reason)); nothing was saved"
    }
  }
}
