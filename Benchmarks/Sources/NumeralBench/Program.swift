import Foundation
import Numeral

/// Our side of the benchmarks: reads one command a line and answers each with one line of JSON.
///
/// ```
/// epoch hidden=128,64 batch=128 images=60000 threads=2
/// {"first":0.31,"seconds":0.057}
/// ```
///
/// It is one long-lived process, like the other libraries, so no side pays for its start alone. The driver,
/// `Benchmarks/driver`, alternates between the sides.
@main struct Program {
  static func main() {
    let training = TrainingMeasurements()
    let inference = InferenceMeasurements()
    let kernels = KernelMeasurements()
    let phases = PhaseMeasurements(kernels.table)
    let processor = ProcessorMeasurements()
    report(["kernels": KernelSet.preferred.name, "blas": kernels.libraryName])
    while let line = readLine() {
      let command = Command(line)
      do {
        switch command.name {
        case "epoch": report(try training.epoch(command))
        case "train": report(try training.train(command))
        case "one": report(try inference.one(command))
        case "many": report(try inference.many(command))
        case "product": report(try kernels.measure(command))
        case "phases": report(try phases.measure())
        case "multiply-add": report(processor.multiplyAdd(command))
        case "clock": report(processor.clock())
        default: throw CommandError("there is no command \"\(command.name)\"")
        }
      } catch {
        report(["error": String(describing: error)])
      }
    }
  }

  private static func report(_ answer: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    var line = (try? encoder.encode(answer)) ?? Data(#"{"error":"an answer that is not JSON"}"#.utf8)
    line.append(UInt8(ascii: "\n"))
    FileHandle.standardOutput.write(line)
  }
}
