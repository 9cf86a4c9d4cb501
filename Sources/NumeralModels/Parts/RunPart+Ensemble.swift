public import Numeral

extension RunPart {
  /// Finds the images of a part that models are measured on together.
  ///
  /// The part is the one recorded by the first model that was trained on these data.
  ///
  /// - Throws: ``PartError`` if there is no such part.
  public init(_ name: PartName, of ensemble: ModelEnsemble, in data: RunData) throws(PartError) {
    let provenances = ensemble.members.map(\.model.provenance)
    try self.init(name, of: provenances.first { $0?.dataHash == data.hash } ?? provenances[0], in: data)
  }

  /// What a reader of the figures must know: how the images were chosen and, for several models, what each saw of them
  /// in its own training.
  ///
  /// Models with different seeds may have set aside different images of one dataset.
  ///
  /// - Throws: ``PartError`` if the data cannot be divided as a model recorded.
  public func notes(on ensemble: ModelEnsemble, in data: RunData) throws(PartError) -> [String] {
    let own = note.map { [$0] } ?? []
    if ensemble.members.count == 1 || name == .train || name == .all { return own }
    let exposures = try Exposure.of(self, data: data, to: ensemble.members.map(\.model.provenance))
    return own
      + zip(ensemble.members, exposures).compactMap { member, exposure in
        exposure.note(letter: member.name, count: images.count)
      }
  }

  /// Lets models read the images together.
  ///
  /// - Throws: ``PartError`` as ``check(_:)`` does, or if the images cannot be distorted.
  public func read(
    by ensemble: ModelEnsemble, threads: Int = availableCores(), kernels: KernelSet = .preferred
  ) throws(PartError) -> PartReading {
    try check(ensemble.first)
    do {
      return PartReading(part: self, predictions: try ensemble.predict(images, threads: threads, kernels: kernels))
    } catch {
      throw .ensemble(error)
    }
  }
}
