import Foundation
import Testing

@testable import NumeralCLI

@Suite struct SignalsTests {
  @Test func theFirstInterruptAsksAndTheSecondEnds() async {
    await #expect(processExitsWith: .exitCode(130)) {
      Signals.install()
      // The test's own thread blocks signals, so they reach another one, a little later.
      kill(getpid(), SIGINT)
      for _ in 0..<1000 where !Signals.cancellation.isRequested { usleep(1000) }
      guard Signals.cancellation.exitCode == .interrupted else { exit(1) }
      kill(getpid(), SIGINT)
      usleep(1_000_000)
    }
  }

  @Test func theFirstTerminationAsksAndTheSecondEnds() async {
    await #expect(processExitsWith: .exitCode(143)) {
      Signals.install()
      // The test's own thread blocks signals, so they reach another one, a little later.
      kill(getpid(), SIGTERM)
      for _ in 0..<1000 where !Signals.cancellation.isRequested { usleep(1000) }
      guard Signals.cancellation.exitCode == .terminated else { exit(1) }
      kill(getpid(), SIGTERM)
      usleep(1_000_000)
    }
  }

  @Test func aSignalThatTheCallerIgnoresStaysIgnored() async {
    await #expect(processExitsWith: .success) {
      _ = signal(SIGINT, SIG_IGN)
      Signals.install()
      kill(getpid(), SIGINT)
      kill(getpid(), SIGINT)
      usleep(20_000)
      guard !Signals.cancellation.isRequested else { exit(1) }
    }
  }
}
