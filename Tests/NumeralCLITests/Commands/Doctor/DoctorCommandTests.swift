import Numeral
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

@Suite struct DoctorCommandTests {
  @Test("A sound machine exits 0, and every layer, activation and optimizer is mentioned")
  func text() throws {
    let result = try Workplace().run("doctor")
    #expect(result.exitCode == 0 && result.standardError.isEmpty)
    #expect(result.standardOutput.hasSuffix("All is well.\n") && !result.standardOutput.contains("WRONG"))
    let layers = [
      "dense", "convolution", "maximum pooling", "average pooling", "global average pooling", "flatten", "dropout",
      "batch normalization", "layer normalization", "residual",
    ]
    let subjects =
      layers.map { "gradient of \($0)" } + Activation.names.map { "activation \($0)" }
      + Optimizer.names.map { "optimizer \($0)" } + KernelSet.available.map { "kernels \($0.name)" }
    for subject in subjects { #expect(result.standardOutput.contains("  ok       \(subject): "), "\(subject)") }
  }

  @Test("There is one object for each finding, with these keys in this order")
  func json() throws {
    let result = try Workplace().run("doctor", "--json")
    #expect(result.exitCode == 0)
    let objects = try result.objects()
    for object in objects {
      #expect(object.asObject?.map(\.key) == ["subject", "state", "detail", "remedy"])
      #expect(object["state"] != "wrong")
    }
    #expect(objects.contains { $0["subject"] == "gradient of residual" && $0["state"] == "sound" })
  }
}
