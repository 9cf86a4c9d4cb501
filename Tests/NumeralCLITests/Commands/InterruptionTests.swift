import Foundation
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// A training that ends early: by a signal, by a closed pipe, by numbers that overflow.
@Suite struct InterruptionTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test(
    "A signal ends the training after the step at hand; the run is whole and saved",
    arguments: [(SIGINT, Int32(130), "interrupted"), (SIGTERM, 143, "terminated")])
  func signals(signal: Int32, code: Int32, word: String) throws {
    let result = try place.run(
      "train", "digits", "--epochs", "1000000", "--json",
      interruption: .init(signal: signal, onceSaid: #""epoch":3,"#))
    #expect(result.exitCode == code && !result.timedOut)
    #expect(result.standardError.hasSuffix("numeral: \(word)\n"))
    let objects = try result.objects()
    #expect(objects.last == ["event": "error", "code": .integer(Int(code)), "message": .string(word)])
    let outcome = try #require(objects.dropLast().last)
    #expect(outcome["event"] == "result" && outcome["ending"] == "cancelled" && outcome["stoppedEarly"] == false)
    let path = try #require(outcome["output"]?.asString)
    #expect(
      place.contents == ["runs", path, path + "/history.csv", path + "/model.safetensors", path + "/run.json"])
    let evaluation = try place.run("evaluate", path, "--json")
    #expect(try evaluation.objects().first?["accuracy"] == outcome["test"]?["accuracy"])
  }

  @Test("With several seeds a signal ends the whole command, without a summary")
  func seeds() throws {
    let result = try place.run(
      "train", "digits", "--epochs", "1000000", "--seeds", "3", "-n", "--json",
      interruption: .init(signal: SIGINT, onceSaid: #""epoch":2,"#))
    #expect(result.exitCode == 130)
    #expect(try result.objects().filter { $0["event"] == "result" }.count == 1)
    #expect(try result.objects().filter { $0["event"] == "summary" }.isEmpty)
  }

  @Test("As text, the results so far are shown before the reason for the end")
  func text() throws {
    let result = try place.run(
      "train", "digits", "--epochs", "1000000", "-n", interruption: .init(signal: SIGINT, onceSaid: "epoch"))
    #expect(result.exitCode == 130)
    #expect(result.lines[1].hasSuffix("; stopped on request"))
    #expect(result.standardError.hasSuffix("\nnumeral: interrupted\n"))
  }

  @Test("A closed pipe is not an error, and the run is still saved")
  func closedPipe() throws {
    let program = try CommandRunner.numeral().program.path
    let shell = CommandRunner(program: URL(fileURLWithPath: "/bin/bash"))
    let result = try shell.run(
      ["-c", "{ '\(program)' train digits --epochs 40 --json -q; echo \"code $?\" >&2; } | head -n 1"],
      folder: place.folder.url)
    #expect(result.standardError == "code 0\n")
    #expect(result.standardOutput.hasPrefix(#"{"event":"epoch","epoch":1,"#))
    #expect(place.contents.filter { $0.hasSuffix("/run.json") }.count == 1)
  }

  @Test("A loss that overflows stops the run with the last good weights kept and a hint")
  func divergence() throws {
    let result = try place.run("train", "digits", "--learning-rate", "1e6", "--epochs", "5", "--json", "-q")
    #expect(result.exitCode == 65)
    let sentence =
      "the loss became NaN or infinite in epoch 1; the weights kept are those from before the training; "
      + "try a lower rate, for example --learning-rate 100000.0"
    #expect(result.standardError == "numeral: \(sentence)\n")
    let objects = try result.objects()
    #expect(objects.last == ["event": "error", "code": 65, "message": .string(sentence)])
    let outcome = try #require(objects.dropLast().last)
    #expect(outcome["ending"] == "diverged" && outcome["keptEpoch"] == 0 && outcome["epochs"] == 0)
    #expect(outcome["epochSecondsMedian"] == .null)
    let path = try #require(outcome["output"]?.asString)
    // What is kept can be used: it is finite, and the measured figures are those of it.
    let evaluation = try place.run("evaluate", path, "--json")
    #expect(evaluation.exitCode == 0)
    #expect(try evaluation.objects().first?["accuracy"] == outcome["test"]?["accuracy"])
  }

  @Test("A run that overflows later keeps the weights of the last good epoch")
  func laterDivergence() throws {
    let words = ["train", "digits", "--loss-reduction", "sum", "--learning-rate", "3", "--batch-size", "full"]
    let result = try place.run(words + ["--json", "-q", "-n"], environment: ["NUMERAL_KERNELS": "baseline"])
    #expect(result.exitCode == 65)
    #expect(
      result.standardError
        == "numeral: the loss became NaN or infinite in epoch 3; the weights kept are those of epoch 2; "
        + "try a lower rate, for example --learning-rate 0.3\n")
    let outcome = try #require(try result.objects().last { $0["event"] == "result" })
    #expect(outcome["ending"] == "diverged" && outcome["epochs"] == 2 && outcome["keptEpoch"] == 2)
    #expect(outcome["train"]?["loss"]?.asDouble != nil)
  }
}
