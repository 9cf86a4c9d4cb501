import Foundation
import Testing

@testable import NumeralCLI

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
