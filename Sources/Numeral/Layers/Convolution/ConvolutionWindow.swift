/// The window of a convolution: its size, its stride and the padding around the image.
struct ConvolutionWindow {
  let size: Int
  let stride: Int
  let padding: Int

  /// The output for an input: as many positions as the window fits, with a given number of channels.
  ///
  /// - Throws: ``NetworkError`` if the input is not an image, a setting is out of its range, or the window is larger
  ///   than the padded image.
  func output(of input: Shape, channels: Int?, layer index: Int, kind: String) throws(NetworkError) -> Shape {
    guard case .image(let height, let width, let inputs) = input else {
      throw .needsImage(layer: index, kind: kind, found: input)
    }
    guard size >= 1, size <= 255 else {
      throw .setting(layer: index, kind: kind, name: "kernel", found: "\(size)", expected: "1 to 255")
    }
    guard stride >= 1, stride <= 255 else {
      throw .setting(layer: index, kind: kind, name: "stride", found: "\(stride)", expected: "1 to 255")
    }
    guard padding >= 0, padding < size else {
      throw .setting(
        layer: index, kind: kind, name: "padding", found: "\(padding)",
        expected: "0 or more and less than the kernel of \(size)")
    }
    guard size <= min(height, width) + 2 * padding else {
      throw .window(layer: index, kind: kind, size: size, input: input, padding: padding)
    }
    return .image(
      height: (height + 2 * padding - size) / stride + 1, width: (width + 2 * padding - size) / stride + 1,
      channels: channels ?? inputs)
  }

  /// A description of the window that follows the name of the layer.
  var summary: String {
    "\(size)×\(size)" + (stride > 1 ? ", stride \(stride)" : "") + (padding > 0 ? ", padding \(padding)" : "")
  }
}

extension ConvolutionWindow {
  /// Plans a layer that slides this window. Its signals get room for the zeros beyond the edges, forward and back.
  func plan(
    _ place: LayerPlace, _ activation: Activation, after input: Signal, in planner: LayerPlanner,
    _ make: @escaping (_ input: Signal, _ output: Signal) -> any ParameterPlan
  ) -> Signal {
    let input = planner.either(input)
    input.needsBorder(ofValues: padding)
    return planner.activated(place.form.output, planes: true, activation) { output in
      output.needsBorder(ofDeltas: stride == 1 ? size - 1 - padding : 0)
      planner.add(trained: output) { make(input, output) }
    }
  }
}
