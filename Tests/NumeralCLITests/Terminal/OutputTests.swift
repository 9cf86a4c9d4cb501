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
