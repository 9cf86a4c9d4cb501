public import Numeral

/// One model, or several models whose probabilities are averaged, each with its name.
public struct ModelEnsemble: Sendable {
  /// A model with its name.
  public struct Member: Sendable {
    /// The path it was read from.
    public let name: String
    /// The model.
    public let model: Model

    /// Names a model.
    public init(name: String, model: Model) {
      self.name = name
      self.model = model
    }
  }

  /// The models, at least one.
  public let members: [Member]
  /// The distorted copies that are read in addition to each image.
  public let augmentation: TestTimeAugmentation

  /// Checks that the models can be averaged.
  ///
  /// - Throws: ``ModelEnsembleError``.
  /// - Precondition: There is at least one model.
  public init(
    _ members: [Member], augmentation: TestTimeAugmentation = .none
  ) throws(ModelEnsembleError) {
    precondition(!members.isEmpty, "an ensemble has at least one model")
    let first = members[0]
    do {
      try Ensemble.check(members.map(\.model.network))
    } catch {
      switch error {
      case .input(let place, _, _), .classes(let place, _, _), .pixelScale(let place, _, _):
        throw .misfit(members[place].name, first: first.name, error)
      case .noNetworks, .copies, .augmentation, .network: throw .ensemble(error)
      }
    }
    for member in members where member.model.classNames != first.model.classNames {
      throw .classNames(
        member.name, expected: first.model.classNames, found: member.model.classNames, first: first.name)
    }
    self.members = members
    self.augmentation = augmentation
  }

  /// Reads models from files or folders of runs.
  ///
  /// - Throws: ``ModelEnsembleError``.
  /// - Precondition: There is at least one path.
  public init(paths: [String], augmentation: TestTimeAugmentation = .none) throws(ModelEnsembleError) {
    var members: [Member] = []
    for path in paths {
      do {
        members.append(Member(name: path, model: try Model(path: path)))
      } catch {
        throw .model(error)
      }
    }
    try self.init(members, augmentation: augmentation)
  }

  /// The first model; all models have its input and its classes.
  public var first: Model { members[0].model }

  /// The mean predictions of the models for some images.
  ///
  /// - Throws: ``ModelEnsembleError/ensemble(_:)`` if the images do not fit, or cannot be distorted.
  public func predict(
    _ images: LabeledImages, threads: Int = availableCores(), kernels: KernelSet = .preferred
  ) throws(ModelEnsembleError) -> Predictions {
    do {
      let ensemble = try Ensemble(
        members.map(\.model.network), augmentation: augmentation, pixelMaximum: images.pixelMaximum, threads: threads,
        kernels: kernels)
      return try ensemble.predict(images)
    } catch {
      throw .ensemble(error)
    }
  }
}
