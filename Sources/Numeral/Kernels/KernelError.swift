/// Why a set of kernels is not available.
public enum KernelError: Error, Equatable, CustomStringConvertible {
  /// No set has this name.
  case unknown(String)
  /// The processor or the operating system lacks what the set needs.
  case notOnThisMachine(String, available: [String])

  /// One sentence: what was requested and what is available.
  public var description: String {
    switch self {
    case .unknown(let name):
      "there is no kernel set \"\(name)\", expected one of \(KernelSet.names.joined(separator: ", "))"
    case .notOnThisMachine(let name, let available):
      "this machine cannot run the kernel set \"\(name)\", it can run \(available.joined(separator: ", "))"
    }
  }
}
