/// A layer that makes one number of each window of a channel: its largest, or its mean.
///
/// ```
/// maximum:   y[c, r, q] = max  x[c, r · stride + u, q · stride + v]
/// average:   y[c, r, q] = mean x[c, r · stride + u, q · stride + v]          u, v in 0 ..< window
/// ```
///
/// Shapes: x `[channels, height, width]`, y `[channels, height′, width′]` with
/// height′ = ⌊(height − window) / stride⌋ + 1, width′ likewise; what no whole window covers is left out. A global average
/// has the whole picture as its window and gives `[channels]` features. Back, with δ = ∂loss/∂y, each window hands
///
/// ```
/// maximum:   all of δ to the first position that holds the maximum
/// average:   δ / window² to every position
/// ```
///
/// and a position in several windows gets the sum. Building a network throws ``NetworkError`` if the input is no
/// picture, or the window is larger than it. Source: Y. LeCun et al., 1998, *Gradient-based learning applied to
/// document recognition*, doi:10.1109/5.726791. `PoolingPlan` carries them out.
public struct Pooling: Sendable, Hashable {
  /// What becomes of a window.
  public enum Kind: String, Sendable {
    /// The largest number.
    case maximum = "max"
    /// The mean.
    case average
  }

  /// What becomes of a window.
  public let kind: Kind
  /// The rows and columns of a window, from 1 to those of the picture; nil for the whole picture.
  public let window: Int?
  /// The distance of two windows, 1 or more.
  public let stride: Int

  init(_ kind: Kind, window: Int?, stride: Int) {
    self.kind = kind
    self.window = window
    self.stride = stride
  }

  /// The largest of each window.
  ///
  /// - Parameters:
  ///   - window: The rows and columns of a window, from 1 to those of the picture; the network's initialiser checks it.
  ///   - stride: The distance of two windows, 1 or more; by default they lie side by side.
  public static func maximum(_ window: Int, stride: Int? = nil) -> Pooling {
    Pooling(.maximum, window: window, stride: stride ?? window)
  }

  /// The mean of each window.
  ///
  /// - Parameters:
  ///   - window: The rows and columns of a window, from 1 to those of the picture; the network's initialiser checks it.
  ///   - stride: The distance of two windows, 1 or more; by default they lie side by side.
  public static func average(_ window: Int, stride: Int? = nil) -> Pooling {
    Pooling(.average, window: window, stride: stride ?? window)
  }

  /// The mean of each channel, as a feature.
  public static let globalAverage = Pooling(.average, window: nil, stride: 1)

  func form(for input: Shape, at index: Int) throws(NetworkError) -> LayerForm {
    guard case .image(let height, let width, let channels) = input else {
      throw .needsPicture(layer: index, kind: "pooling", found: input)
    }
    guard let window else { return LayerForm(output: .features(channels), tensors: []) }
    guard window >= 1 else {
      throw .setting(layer: index, kind: "pooling", name: "window", found: "\(window)", expected: "1 or more")
    }
    guard stride >= 1 else {
      throw .setting(layer: index, kind: "pooling", name: "stride", found: "\(stride)", expected: "1 or more")
    }
    guard window <= min(height, width) else {
      throw .window(layer: index, kind: "pooling", size: window, input: input, padding: 0)
    }
    return LayerForm(
      output: .image(height: (height - window) / stride + 1, width: (width - window) / stride + 1, channels: channels),
      tensors: [])
  }

  var summary: String {
    guard let window else { return "Pooling, global average" }
    return "Pooling, \(kind.rawValue) of \(window)×\(window)" + (stride == window ? "" : ", stride \(stride)")
  }
}
