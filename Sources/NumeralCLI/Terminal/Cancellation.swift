import Synchronization

/// A request to stop that comes from outside, readable from any thread: a signal in the program, a call in tests.
final class Cancellation: Sendable {
  private let requested = Atomic<Int32>(0)

  /// Creates one that is not requested.
  init() {}

  /// True once somebody asked to stop.
  var isRequested: Bool { signal != nil }

  /// The signal that asked, or nil.
  var signal: Int32? {
    let number = requested.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Asks to stop.
  /// - Parameter signal: the number of the signal that asks.
  /// - Returns: true if this is the first time; the first signal stays the one that counts.
  @discardableResult
  func request(signal: Int32) -> Bool {
    requested.compareExchange(expected: 0, desired: signal, ordering: .relaxed).exchanged
  }

  /// The exit code that the request leads to, or nil.
  var exitCode: ExitCode? {
    // 2 and 15 are SIGINT and SIGTERM on every system.
    signal.map { $0 == 15 ? .terminated : .interrupted }
  }
}
