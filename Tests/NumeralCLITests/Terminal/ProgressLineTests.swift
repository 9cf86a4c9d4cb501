import NumeralWorkbench
import Synchronization
import Testing

@testable import NumeralCLI

@Suite struct ProgressLineTests {
  /// A clock that the test moves.
  private final class ManualClock: Sendable {
    private let time = Mutex(100.0)
    func advance(_ seconds: Double) { time.withLock { $0 += seconds } }
    var seconds: Double { time.withLock { $0 } }
  }

  private let clock = ManualClock()
  private let output = Output()

  private func progress(width: Int = 80, isTerminal: Bool = true, isQuiet: Bool = false) -> ProgressLine {
    let style = TerminalStyle(isTerminal: isTerminal, width: width, colors: .none, hasBlocks: isTerminal)
    let clock = clock
    return ProgressLine(
      "epoch 3", unit: "images", total: 1000, output: output, style: style, isQuiet: isQuiet, now: { clock.seconds })
  }

  @Test func aTerminalsLineIsRewrittenAndGoes() {
    var progress = progress(width: 120)
    clock.advance(2)
    progress.update(500, detail: "loss 0.31")
    progress.finish()
    #expect(
      output.text
        == "\repoch 3 \(String(repeating: "━", count: 30))  50%  250 images/s  2.00 s left  loss 0.31\u{1B}[K\r\u{1B}[K"
    )
  }

  @Test func drawingIsThrottled() {
    var progress = progress()
    for _ in 0..<100 {
      clock.advance(0.01)
      progress.update(10)
    }
    #expect((15...20).contains(output.text.split(separator: "\r").count))
  }

  @Test(arguments: [5, 10, 20, 30, 40, 60, 80])
  func theLineFitsANarrowTerminal(width: Int) {
    var progress = progress(width: width)
    clock.advance(1)
    progress.update(999, detail: "a detail that is rather long for a narrow terminal")
    let line = output.text.dropFirst().prefix { $0 != "\u{1B}" }
    #expect(!line.isEmpty)
    #expect(String(line).cellWidth < width)
  }

  @Test func outsideATerminalLinesAreFewAndPlain() {
    var progress = progress(isTerminal: false)
    for _ in 0..<21 {
      clock.advance(1)
      progress.update(100, detail: "loss 0.31")
    }
    #expect(
      output.text == """
        epoch 3: 100 of 1000 images, 10%, 10 images/s, 1 min 30 s left, loss 0.31
        epoch 3: 100 of 1000 images, 10%, 5.0 images/s, 3 min 00 s left, loss 0.31

        """)
  }

  @Test func whatHasNoUnitIsShownAsAShare() {
    let clock = clock
    let style = TerminalStyle(isTerminal: false, width: 80, colors: .none, hasBlocks: false)
    var progress = ProgressLine(
      "reproduce", unit: nil, total: 1000, output: output, style: style, now: { clock.seconds })
    clock.advance(20)
    progress.update(250, detail: "tiny")
    #expect(output.text == "reproduce: 25%, 1 min 00 s left, tiny\n")
  }

  @Test func loggedLinesStayAboveTheBar() {
    var progress = progress()
    progress.update(0)
    progress.log("epoch 2 done")
    progress.update(2000)
    #expect(output.text.contains("\u{1B}[K\r\u{1B}[Kepoch 2 done\n\repoch 3 "))
    #expect(output.text.contains("100%"))
  }

  @Test func quietIsQuiet() {
    var progress = progress(isQuiet: true)
    clock.advance(60)
    progress.update(5)
    progress.log("line")
    progress.finish()
    #expect(output.text.isEmpty)
  }
}
