import Numeral
import NumeralData
import NumeralFetch
import NumeralReading
import NumeralRendering
import NumeralWorkbench
import NumeralModels

// The exit codes of the libraries' errors, and advice on what to type.

extension DataError: ExitCoded {
  var exitCode: ExitCode {
    switch kind {
    case .noInput: .noInput
    case .badData: .data
    }
  }

  var advice: String? {
    switch self {
    case .table(_, .labelPosition), .table(_, .shape), .arff(_, .pixelType):
      "say where the label is with --label first, --label last or --label none"
    case .table(_, .label):
      "if the label is elsewhere, say so with --label first, --label last or --label none"
    case .notInstalled(let name, _): "or fetch it with 'numeral data fetch \(name)'"
    default: nil
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

  var advice: String? {
    switch self {
    case .noSource, .moved: "name the data with --data"
    case .unrecorded: "use --split test or --split all"
    case .notSetAside: "use another --split, or --split all"
    case .data(let error): error.advice
    case .images, .shape, .classes, .model, .network, .ensemble: nil
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

extension ReadingError: ExitCoded {
  var exitCode: ExitCode { .data }
}

extension FigureError: ExitCoded {
  var advice: String? { if case .part(let error) = self { error.advice } else { nil } }

  var exitCode: ExitCode {
    switch self {
    case .model(let error): error.exitCode
    case .part(let error): error.exitCode
    case .noHistory, .noImages, .weights: .data
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
  var advice: String? { if case .part(let error) = self { error.advice } else { nil } }

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

  var advice: String? { if case .cannotCreate = self { "choose another folder with --output" } else { nil } }
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

  var advice: String? {
    switch self {
    case .wrongFile: "replace it with --force"
    case .failed: "try again later, or name another server with --mirror"
    case .library, .noFolder, .cannotWrite, .cancelled: nil
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

  var advice: String? {
    switch self {
    case .exists: "choose another name, or replace it with --force"
    case .twoParts: "choose with --part train or --part test, or name a folder and say --to csv"
    case .unlabeled: "write them with --to csv or --to npz"
    case .notSquare, .range: "write them with --to idx, --to npz or --to png"
    case .classes: "write them with --to png"
    case .foreignFolder, .otherKind, .shape, .failed: nil
    }
  }
}
