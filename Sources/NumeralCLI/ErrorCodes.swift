import Numeral
import NumeralData
import NumeralFetch
import NumeralImages
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

extension PartError: ExitCoded {
  var exitCode: ExitCode {
    switch self {
    case .noSource: .usage
    case .data(let error), .moved(_, let error): error.exitCode
    case .model(let error): error.exitCode
    case .ensemble(let error): error.exitCode
    case .unrecorded, .notSetAside, .images, .shape, .classes, .network: .data
    }
  }
}

extension ModelEnsembleError: ExitCoded {
  var exitCode: ExitCode {
    switch self {
    case .model(let error): error.exitCode
    case .misfit, .classNames, .ensemble: .data
    }
  }
}

extension RaceError: ExitCoded {
  var exitCode: ExitCode {
    switch self {
    case .experiment(let error): error.exitCode
    case .noTestPart: .data
    }
  }
}

extension FigureError: ExitCoded {
  var exitCode: ExitCode {
    switch self {
    case .model(let error): error.exitCode
    case .part(let error): error.exitCode
    case .noHistory, .noPictures, .weights: .data
    case .unknownClass, .choice: .usage
    }
  }
}

extension RasterizerError: ExitCoded {
  var exitCode: ExitCode {
    switch self {
    case .library: .unavailable
    case .resolution, .tooLarge: .usage
    case .unreadable, .size, .outOfMemory, .failed: .internal
    }
  }
}

extension ComparisonError: ExitCoded {
  var exitCode: ExitCode {
    switch self {
    case .model(let error): error.exitCode
    case .part(let error): error.exitCode
    case .shapes, .classes: .data
    }
  }
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

extension AugmentationError: ExitCoded {
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

extension OutputFileError: ExitCoded {
  var exitCode: ExitCode {
    switch self {
    case .folder, .cannotCreate: .cannotCreate
    case .cannotWrite: .inputOutput
    }
  }
}

extension FetchError: ExitCoded {
  var exitCode: ExitCode {
    switch self {
    case .library: .unavailable
    case .noFolder: .cannotCreate
    case .cannotWrite: .inputOutput
    case .wrongFile: .data
    case .failed: isWrongContent ? .data : .unavailable
    case .cancelled: .interrupted
    }
  }
}

extension WritingError: ExitCoded {
  var exitCode: ExitCode {
    switch self {
    case .exists, .foreignFolder, .otherKind: .cannotCreate
    case .twoParts: .usage
    case .unlabeled, .notSquare, .shape, .classes, .range: .data
    case .failed: .inputOutput
    }
  }
}
