import Numeral
import NumeralModels

extension RunReport {
  /// How many units of the first layer are drawn: five rows of eight are easy to see together.
  private static let mostUnits = 40

  /// The layers, the weights of the first one, and how weights and outputs are distributed.
  @HTMLBuilder var network: [HTML] {
    if let network = run.model?.network {
      layers(network)
      let figures =
        measured.map { RunFigures(of: run, reading: $0, threads: threads, kernels: kernels) } ?? figuresWithoutImages
      HTML.plots(
        [
          try? figures.figure(.weights, FigureOptions(count: Self.mostUnits)).svg(),
          try? figures.figure(.weightHistogram).svg(), try? figures.figure(.activationHistogram).svg(),
        ].compactMap { $0 })
    }
  }

  private func layers(_ network: Network) -> HTML {
    var table = PageTable(
      "The layers, from image to classes",
      columns: [(.right, "layer"), (.left, "kind"), (.right, "output"), (.right, "parameters")])
    for (index, layer) in network.layers.enumerated() {
      table.add([
        String(index + 1), layer.summary, network.outputShapes[index].description,
        Quantity.grouped(network.parameterCount(ofLayer: index)),
      ])
    }
    return table.html
  }
}
