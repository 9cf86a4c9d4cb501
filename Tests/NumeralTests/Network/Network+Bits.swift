@testable import Numeral

extension Network {
  /// The bits of every parameter in file order: what "the same network" means.
  var bits: [UInt32] { tensors.flatMap { values(of: $0).map { $0.bitPattern } } }
}
