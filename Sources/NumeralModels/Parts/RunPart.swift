public import Numeral
import NumeralData

/// The images of a dataset that a model is measured on.
///
/// For the data of the model's training, the parts are made again by the recorded rules and seed. For other data, the
/// official test part is taken, or everything if there is none.
public struct RunPart: Sendable {
  /// The part. Other data without a test part gives `all` if `test` was requested.
  public let name: PartName
  /// The images with their labels.
  public let images: LabeledImages
  /// What a reader should know about the choice, or nil.
  public let note: String?
  /// The name or path of the data.
  public let source: String

  /// Finds the images of a part.
  ///
  /// - Parameters:
  ///   - name: The part.
  ///   - provenance: What the model records of its training; nil if it records nothing.
  ///   - data: The data.
  /// - Throws: ``PartError`` if there is no such part.
  public init(_ name: PartName, of provenance: Model.Provenance?, in data: RunData) throws(PartError) {
    source = data.source
    if name == .all {
      (self.name, images, note) = (.all, RunPart.everything(data.dataset), nil)
      return
    }
    guard let provenance, provenance.dataHash == data.hash else {
      let reason =
        provenance == nil
        ? "the model does not record its data" : "this is not the data that the model was trained on"
      guard name == .test else { throw .unrecorded(source: data.source, part: name, reason: reason) }
      if let test = data.dataset.test {
        (self.name, images, note) = (.test, test, nil)
      } else {
        (self.name, images, note) = (.all, data.dataset.training, "\(data.source): \(reason); all of it is scored")
      }
      return
    }
    let parts = try DataParts(of: provenance, in: data)
    let part: LabeledImages? =
      switch name {
      case .train: parts.training
      case .validation: parts.validation
      case .test, .all: parts.test
      }
    guard let part else { throw .notSetAside(source: data.source, part: name) }
    (self.name, images, note) = (name, part, nil)
  }

  /// Makes sure that a model can read these images, and that it can be measured on them.
  ///
  /// - Throws: ``PartError`` if the images are of another shape, of more classes, or without labels.
  public func check(_ model: Model) throws(PartError) {
    guard images.isLabeled else { throw .images(source: source, .unlabeled) }
    try model.check(images, from: source)
  }

  /// Lets a model read the images.
  ///
  /// - Throws: ``PartError`` as ``check(_:)`` does.
  public func read(
    by model: Model, threads: Int = availableCores(), kernels: KernelSet = .preferred
  ) throws(PartError) -> PartReading {
    try check(model)
    let predictor = Predictor(
      model.network, pixelMaximum: images.pixelMaximum, threads: threads, kernels: kernels)
    do {
      return PartReading(part: self, predictions: try predictor.predict(images))
    } catch {
      throw .network(error)
    }
  }

  /// All images, the official test part last.
  private static func everything(_ dataset: Dataset) -> LabeledImages {
    guard let test = dataset.test else { return dataset.training }
    return dataset.training.appending(test)
  }
}

/// A part with a model's predictions for its images.
public struct PartReading: Sendable {
  /// The images with their labels.
  public let part: RunPart
  /// The predictions of the model.
  public let predictions: Predictions
  /// Every metric.
  public let evaluation: Evaluation

  init(part: RunPart, predictions: Predictions) {
    self.part = part
    self.predictions = predictions
    evaluation = Evaluation(predictions, labels: part.images.labels)
  }
}

extension Model {
  /// Refuses images that the model cannot read.
  ///
  /// - Parameter source: The name or path of the data.
  /// - Throws: ``PartError/shape(source:expected:found:)`` or ``PartError/classes(source:expected:found:)``.
  public func check(_ images: LabeledImages, from source: String) throws(PartError) {
    guard images.shape == network.input else {
      throw .shape(source: source, expected: network.input, found: images.shape)
    }
    guard !images.isLabeled || images.classCount <= network.classCount else {
      throw .classes(source: source, expected: network.classCount, found: images.classCount)
    }
  }
}

extension DataParts {
  /// Makes the parts of a training again from its data.
  ///
  /// - Precondition: The data are those of the training.
  /// - Throws: ``PartError/images(source:_:)`` if they cannot be divided so.
  package init(of provenance: Model.Provenance, in data: RunData) throws(PartError) {
    do {
      self = try provenance.parts.parts(of: data.dataset, seed: provenance.seed)
    } catch {
      throw .images(source: data.source, error)
    }
  }
}

extension SavedRun {
  /// The images and labels of one part of the run's data with the model's predictions.
  ///
  /// ```swift
  /// let run = try SavedRun(path: "runs/20260101-120000-digits-1")
  /// let data = try run.data(environment: environment)
  /// let reading = try run.reading(.test, in: data)
  /// print(reading.evaluation.errors, reading.predictions.classes[0], reading.part.images.labels[0])
  /// ```
  ///
  /// - Parameters:
  ///   - part: The part.
  ///   - data: The run's data, or other data; see ``data(from:label:environment:)``.
  /// - Throws: ``PartError`` if there is no such part, or no model in the run.
  public func reading(
    _ part: PartName, in data: RunData, threads: Int = availableCores(), kernels: KernelSet = .preferred
  ) throws(PartError) -> PartReading {
    let model: Model
    do {
      model = try trainedModel()
    } catch {
      throw .model(error)
    }
    return try RunPart(part, of: provenance, in: data).read(by: model, threads: threads, kernels: kernels)
  }
}
