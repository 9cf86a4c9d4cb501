import Numeral
import NumeralWorkbench
import NumeralModels

/// `numeral doctor`: whether this machine, this build and the datasets on it are sound.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check this machine, this build and the datasets on it",
    discussion: [
      "Compares every set of kernels, the gradient of every kind of layer and every optimizer with plain loops, and "
        + "1, 2, 3 and 8 threads with each other. Then looks for the libraries that draw, decode and fetch, checks "
        + "whether datasets are damaged, rotated or inverted, and reads MNIST's test images with the built-in model. "
        + "It takes a few seconds."
    ],
    examples: [.init(line: "numeral doctor", effect: "Check everything.")],
    exitCodes: [.data, .unavailable, .internal])

  @OptionGroup var format: FormatOptions

  func run(_ context: CommandContext) throws {
    let environment = context.environment
    let sections: [(title: String, find: () -> [Finding])] = [
      ("Arithmetic", ArithmeticCheckup.findings),
      ("Libraries", SurroundingsCheckup.libraries),
      ("Datasets", { SurroundingsCheckup.datasets(environment) }),
      ("Built-in model", { [SurroundingsCheckup.builtInModel(environment)] }),
    ]
    var wrong: [Finding] = []
    if !format.json {
      try context.output.line(Version.line(kernels: context.kernelDescription()))
      try context.output.line()
    }
    for section in sections {
      if !format.json { try context.output.line(context.outputStyle.paint(section.title, .bold)) }
      for finding in section.find() {
        try context.checkCancellation()
        if finding.state == .wrong { wrong.append(finding) }
        try show(finding, context)
      }
      if !format.json { try context.output.line() }
    }
    if wrong.isEmpty {
      if !format.json { try context.output.line("All is well.") }
      return
    }
    let subjects = wrong.map(\.subject).joined(separator: ", ")
    throw CommandFailure(.data, "\(wrong.count == 1 ? "one thing is" : "\(wrong.count) things are") wrong: \(subjects)")
  }

  private func show(_ finding: Finding, _ context: CommandContext) throws {
    if format.json {
      try context.output.line(finding.json.text)
      return
    }
    let mark =
      switch finding.state {
      case .sound: "ok     "
      case .missing: "missing"
      case .wrong: "WRONG  "
      }
    try context.output.line("  \(mark)  \(finding.subject): \(finding.detail)")
    if let remedy = finding.remedy { try context.output.line("           \(remedy)") }
  }
}
