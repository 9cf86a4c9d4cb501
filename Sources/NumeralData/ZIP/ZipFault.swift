/// What can be wrong in a ZIP archive.
public enum ZipFault: Error, Equatable {
  /// The directory at the end of the archive is missing.
  case noDirectory
  /// The directory is damaged.
  case directory(offset: Int)
  /// An archive of more than 4 GiB or 65,535 members.
  case large
  /// A member is encrypted.
  case encrypted(member: String)
  /// A member is packed by a method that is not supported.
  case method(member: String, Int)
  /// A member's bytes do not match its checksum.
  case damaged(member: String)
  /// A member has more bytes than allowed.
  case tooLarge(member: String, limit: Int)
  /// An expected member is missing.
  case noMember(String, found: [String])
}

extension ZipFault: CustomStringConvertible {
  /// The sentence that follows the file's name.
  public var description: String {
    switch self {
    case .noDirectory:
      return "the list of members at the end of the ZIP archive is missing; it is cut short, get it again"
    case .directory(let offset):
      return "the list of members at byte \(offset) of the ZIP archive is damaged; get the file again"
    case .large:
      return
        "this is a ZIP64 archive of more than 4 GiB or 65,535 members, which cannot be read; pack less into one archive"
    case .encrypted(let member):
      return
        "\(member) in the ZIP archive is encrypted, expected plain members; unpack it and pack it without a password"
    case .method(let member, let method):
      return "\(member) in the ZIP archive is packed by method \(method), expected 0 (stored) or 8 (deflate); "
        + "pack it again with one of these"
    case .damaged(let member):
      return "\(member) in the ZIP archive is cut short or damaged; get the file again"
    case .tooLarge(let member, let limit):
      return "\(member) in the ZIP archive unpacks to more than the limit of \(limit) bytes; "
        + "check that it is a dataset"
    case .noMember(let member, let found):
      let list = found.prefix(8).joined(separator: ", ") + (found.count > 8 ? ", …" : "")
      return "the ZIP archive holds no \(member), found \(found.isEmpty ? "nothing" : list); "
        + "check that this is the right file"
    }
  }
}
