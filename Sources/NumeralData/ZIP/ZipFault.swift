/// What can be wrong in a ZIP archive.
public enum ZipFault: Error, Equatable {
  /// The list of members, which stands at the end, is not there.
  case noDirectory
  /// The list of members cannot be right.
  case directory(offset: Int)
  /// An archive of more than 4 GiB or 65,535 members.
  case large
  /// A member is locked with a password.
  case encrypted(member: String)
  /// A member is packed in a way that is not read.
  case method(member: String, Int)
  /// A member's bytes are not what its sum says.
  case damaged(member: String)
  /// A member of more bytes than are allowed.
  case tooLarge(member: String, limit: Int)
  /// A member that should be there is not.
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
        "this is a ZIP64 archive of more than 4 GiB or 65,535 members, which is not read; pack less into one archive"
    case .encrypted(let member):
      return
        "\(member) in the ZIP archive is encrypted, expected plain members; unpack it and pack it without a password"
    case .method(let member, let method):
      return "\(member) in the ZIP archive is packed by method \(method), expected 0 (stored) or 8 (deflate); "
        + "pack it again with one of these"
    case .damaged(let member):
      return "\(member) in the ZIP archive is cut short or damaged; get the file again"
    case .tooLarge(let member, let limit):
      return "\(member) in the ZIP archive unpacks to more than \(limit) bytes, the most that is read; is it a dataset?"
    case .noMember(let member, let found):
      let list = found.prefix(8).joined(separator: ", ") + (found.count > 8 ? ", …" : "")
      return "the ZIP archive holds no \(member), found \(found.isEmpty ? "nothing" : list)"
    }
  }
}
