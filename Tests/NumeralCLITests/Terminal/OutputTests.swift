import Foundation
import Testing

@testable import NumeralCLI

@Suite struct OutputTests {
  @Test func memoryKeepsWhatIsWritten() throws {
    let output = Output()
    try output.line("one")
    try output.write("two")
    try output.line()
    #expect(output.text == "one\ntwo\n")
  }

  @Test func aSlowReaderGetsEveryByte() async throws {
    let pipe = Pipe()
    let writing = pipe.fileHandleForWriting
    // A pipe holds 64 KiB; non-blocking, so that writing meets EAGAIN too.
    _ = fcntl(writing.fileDescriptor, F_SETFL, O_NONBLOCK)
    let text = String(repeating: "0123456789", count: 50_000)
    let reader = Task.detached { try pipe.fileHandleForReading.readToEnd() }
    try Output(descriptor: writing.fileDescriptor).write(text)
    try writing.close()
    #expect(try await reader.value == Data(text.utf8))
  }

  @Test func aFullDiskIsAnErrorWithItsExitCode() throws {
    let full = open("/dev/full", O_WRONLY)
    guard full >= 0 else { return }
    defer { close(full) }
    let error = #expect(throws: OutputError.self) { try Output(descriptor: full).line("text") }
    #expect(error == .failed(code: ENOSPC))
    #expect(error.map { CommandFailure($0) }?.code == .inputOutput)
    #expect(error.map { "\($0)" } == "the output cannot be written: No space left on device")
  }
}

@Suite struct CancellationTests {
  @Test func theFirstSignalCounts() {
    let cancellation = Cancellation()
    #expect(!cancellation.isRequested)
    #expect(cancellation.exitCode == nil)
    #expect(cancellation.request(signal: SIGTERM))
    #expect(!cancellation.request(signal: SIGINT))
    #expect(cancellation.isRequested)
    #expect(cancellation.exitCode == .terminated)
  }

  @Test func aCommandEndsWithTheSignalsCode() {
    let context = CommandContext.forTests()
    #expect(throws: Never.self) { try context.checkCancellation() }
    context.cancellation.request(signal: SIGINT)
    #expect(throws: CommandFailure(.interrupted, "interrupted")) { try context.checkCancellation() }
  }
}

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
