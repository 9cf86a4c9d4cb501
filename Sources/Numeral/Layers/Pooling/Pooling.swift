/// A layer that reduces each window of a channel to one number: its maximum or its mean.
///
/// ```
/// maximum:   y[c, r, q] = max  x[c, r · stride + u, q · stride + v]
/// average:   y[c, r, q] = mean x[c, r · stride + u, q · stride + v]          u, v in 0 ..< window
/// ```
///
/// Shapes: x `[channels, height, width]`, y `[channels, height′, width′]` with height′ = ⌊(height − window) / stride⌋ +
/// 1, width′ likewise; rows and columns that no full window covers are ignored. A global average uses the whole image
/// as its window and gives `[channels]` features. Back, with δ = ∂loss/∂y, each window passes on
///
/// ```
/// maximum:   all of δ to the first position that holds the maximum
/// average:   δ / window² to every position
/// ```
///
/// and a position in several windows gets the sum. Building a network throws ``NetworkError`` if the input is not an
/// image, or the window is larger than the image. Source: Y. LeCun et al., 1998, *Gradient-based learning applied to
/// document recognition*, doi:10.1109/5.726791. `PoolingPlan` carries out these formulas.
public final class Pooling: LayerDescription, Sendable {
  /// How a window is reduced to one number.
  public enum Statistic: String, Sendable {
    /// The largest number.
    case maximum = "max"
    /// The mean.
    case average
  }

  /// How a window is reduced.
  public let statistic: Statistic
  /// The rows and columns of a window, from 1 to those of the image; nil for the whole image.
  public let window: Int?
  /// The distance between two windows, 1 or more.
  public let stride: Int

  init(_ statistic: Statistic, window: Int?, stride: Int) {
    self.statistic = statistic
    self.window = window
    self.stride = stride
  }

  /// The maximum of each window.
  ///
  /// - Parameters:
  ///   - window: The rows and columns of a window, from 1 to those of the image; the network's initializer checks it.
  ///   - stride: The distance between two windows, 1 or more; by default they lie side by side.
  public static func maximum(_ window: Int, stride: Int? = nil) -> Pooling {
    Pooling(.maximum, window: window, stride: stride ?? window)
  }

  /// The mean of each window.
  ///
  /// - Parameters:
  ///   - window: The rows and columns of a window, from 1 to those of the image; the network's initializer checks it.
  ///   - stride: The distance between two windows, 1 or more; by default they lie side by side.
  public static func average(_ window: Int, stride: Int? = nil) -> Pooling {
    Pooling(.average, window: window, stride: stride ?? window)
  }

  /// The mean of each channel, as a feature.
  public static let globalAverage = Pooling(.average, window: nil, stride: 1)

  /// The layer.
  public var layer: Layer { Layer(description: self) }

  var kind: LayerKind { Pooling.kind }

  static let kind = LayerKind(
    "pooling", settings: ["kind", "window", "stride"],
    texts: [
      LayerText("max:WINDOW", "The largest of each window; max:WINDOW:STRIDE if windows do not lie side by side") {
        $0.pooling(.maximum)
      },
      LayerText("average:WINDOW", "The mean of each window; average:WINDOW:STRIDE likewise") { $0.pooling(.average) },
      LayerText("global", "The mean of each map") { words in
        words.settings = globalAverage.settings
        return true
      },
    ]
  ) { settings throws(LayerSettingError) in
    guard let statistic = Statistic(rawValue: try settings.text("kind")) else {
      throw LayerSettingError.wrong("kind", expected: "max or average")
    }
    if statistic == .average, settings["window"] == LayerSetting.none {
      _ = try settings.integer("stride")
      return globalAverage.layer
    }
    let window = try settings.integer("window")
    return Pooling(statistic, window: window, stride: try settings.integer("stride", default: window)).layer
  }

  var settings: LayerSettings {
    LayerSettings([
      ("kind", .text(statistic.rawValue)), ("window", window.map { .integer($0) } ?? .none),
      ("stride", .integer(stride)),
    ])
  }

  var activation: Activation { .identity }

  var reads: LayerReading { .planes }

  func form(for input: Shape, at index: Int) throws(NetworkError) -> LayerForm {
    guard case .image(let height, let width, let channels) = input else {
      throw .needsImage(layer: index, kind: "pooling", found: input)
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
    return "Pooling, \(statistic.rawValue) of \(window)×\(window)" + (stride == window ? "" : ", stride \(stride)")
  }
}

extension LayerWords {
  /// Reads a window and, if there is another word, a stride.
  fileprivate mutating func pooling(_ statistic: Pooling.Statistic) -> Bool {
    settings["kind"] = .text(statistic.rawValue)
    return integer("window") && integerIfAny("stride")
  }
}
