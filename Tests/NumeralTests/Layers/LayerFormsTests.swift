import Numeral
import Testing

@Suite struct LayerFormsTests {
  @Test("Every form that is listed is read once its words are numbers", arguments: Layer.forms.map(\.text))
  func reading(form: String) {
    let text = form.replacing("OUTPUTS", with: "4").replacing("KERNEL", with: "3").replacing("WINDOW", with: "2")
      .replacing("RATE", with: "0.5")
    #expect(text == text.lowercased())
    #expect(Layer.layers(text: text)?.count == 1)
  }

  @Test("Every kind of layer that has a text is listed")
  func kinds() {
    let words = Layer.forms.map { String($0.text.prefix { $0 != ":" }) }
    #expect(
      words == [
        "conv", "depthwise", "max", "average", "global", "batch-norm", "layer-norm", "dropout", "dense", "flatten",
      ])
  }
}
