#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The signals that the program answers.
enum Signals {
  /// What SIGINT and SIGTERM ask for; the command looks at it between steps.
  static let cancellation = Cancellation()

  /// Takes over SIGINT and SIGTERM: the first asks the command to stop in its own time, the second ends the program at
  /// once (exit code 130 or 143). SIGPIPE is ignored, so that writing into a closed pipe is an error that `Output`
  /// sees. A signal that the caller ignores, as `nohup` and shells do for background jobs, stays ignored.
  static func install() {
    // The handler may only touch what exists already.
    _ = cancellation.isRequested
    _ = signal(SIGPIPE, SIG_IGN)
    // A file that grows beyond `ulimit -f` is an error of writing, like a full disk, and not the end of the program.
    _ = signal(SIGXFSZ, SIG_IGN)
    // A program that starts others from a thread of a pool, as every Swift program does, passes on that thread's signal
    // mask, which blocks all signals. Such a caller could not stop this program.
    var both = sigset_t()
    sigemptyset(&both)
    for number in [SIGINT, SIGTERM] {
      sigaddset(&both, number)
      var previous = sigaction()
      sigaction(number, nil, &previous)
      if isIgnored(previous) { continue }
      _ = signal(number) { number in
        // Nothing but an atomic exchange and `_exit`: both are safe in a handler.
        if !Signals.cancellation.request(signal: number) { _exit(128 + number) }
      }
    }
    _ = sigprocmask(SIG_UNBLOCK, &both, nil)
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
