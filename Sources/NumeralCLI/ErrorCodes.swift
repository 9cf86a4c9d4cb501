import Numeral
import NumeralData
import NumeralWorkbench

// The exit codes of the errors of the floors below: one place, one line each.

extension DataError: ExitCoded {
  var exitCode: ExitCode {
    switch kind {
    case .noInput: .noInput
    case .badData: .data
    }
  }
}

extension DatasetError: ExitCoded {
  var exitCode: ExitCode { .data }
}

extension ModelError: ExitCoded {
  var exitCode: ExitCode { isMissing ? .noInput : .data }
}

extension ExperimentError: ExitCoded {
  var exitCode: ExitCode {
    switch self {
    case .data: .data
    case .network, .training: .usage
    }
  }
}

extension NetworkError: ExitCoded {
  var exitCode: ExitCode { .data }
}

extension TrainingError: ExitCoded {
  var exitCode: ExitCode { .data }
}

extension KernelError: ExitCoded {
  var exitCode: ExitCode { .unavailable }
}

extension RunError: ExitCoded {
  var exitCode: ExitCode {
    switch self {
    case .cannotCreate: .cannotCreate
    case .cannotWrite: .inputOutput
    }
  }
}
