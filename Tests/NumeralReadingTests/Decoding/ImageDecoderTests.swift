import Foundation
import NumeralTestSupport
import Testing

@testable import NumeralReading

/// Images written by Pillow, another implementation, and the pixels that Pillow reads from them.
@Suite(.enabled(if: PillowFixtures.python != nil, "NUMERAL_PYTHON names no Python with Pillow"))
struct ImageDecoderTests {
  private let fixtures: PillowFixtures

  init() throws { fixtures = try PillowFixtures() }

  @Test("Grey, colours, palettes and opacities decode to Pillow's pixels within one level")
  func pixels() throws {
    for name in [
      "gray.png", "rgb.png", "palette.png", "palette-clear.png", "alpha.png", "gray-alpha.png", "interlaced.png",
      "bits.png",
      "one.png", "gray.jpg", "rgb.jpg", "progressive.jpg", "rgb.bmp", "gray.bmp", "palette.gif", "interlaced.gif",
    ] {
      let (bitmap, expected) = try fixtures.decoded(name)
      let largest = zip(bitmap.pixels, expected).map { abs(Int($0) - Int($1)) }.max()
      #expect(try #require(largest) <= 1, "\(name)")
    }
  }

  @Test("CMYK and 16 bits decode to Pillow's pixels within three levels on average")
  func averages() throws {
    for name in ["cmyk.jpg", "gray16.png", "rgb16.png"] {
      let (bitmap, expected) = try fixtures.decoded(name)
      let sum = zip(bitmap.pixels, expected).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      #expect(Double(sum) / Double(expected.count) <= 3, "\(name)")
    }
  }

  @Test("Light ink on transparent paper gets black paper, dark ink white paper")
  func transparency() throws {
    let light = try fixtures.bitmap("light-ink.png")
    #expect(light.pixels.prefix(3) == [0, 0, 0] && light.pixels.contains(255))
    let dark = try fixtures.bitmap("dark-ink.png")
    #expect(dark.pixels.prefix(3) == [255, 255, 255] && dark.pixels.contains(0))
  }

  @Test("An image is rotated as its EXIF orientation says")
  func orientation() throws {
    for value in 1...8 {
      let (bitmap, expected) = try fixtures.decoded("turned-\(value).jpg")
      #expect(bitmap.width == (value < 5 ? 24 : 16) && bitmap.height == (value < 5 ? 16 : 24), "\(value)")
      // The same JPEG rotated after decoding. Each level may differ only by rounding.
      let largest = zip(bitmap.pixels, expected).map { abs(Int($0) - Int($1)) }.max()
      #expect(try #require(largest) <= 1, "\(value)")
    }
  }

  @Test("The first frame of several is read")
  func frames() throws {
    #expect(try fixtures.bitmap("frames.gif").pixels.prefix(3) == [255, 0, 0])
  }

  @Test("A file that is cut short anywhere is refused")
  func truncation() throws {
    for name in [
      "rgb.png", "interlaced.png", "rgb.jpg", "progressive.jpg", "rgb.bmp", "palette.gif", "turned-6.jpg", "rgb.webp",
    ] {
      let bytes = try fixtures.bytes(name)
      // Every length near both ends, and many lengths between.
      let lengths = Set(1...60).union((1...40).map { bytes.count - $0 }).union(
        stride(from: 61, to: bytes.count, by: 37))
      for length in lengths.sorted() where length > 0 && length < bytes.count {
        #expect(throws: ImageFault.self, "\(name): \(length) of \(bytes.count) bytes") {
          try ImageDecoder.decode(Array(bytes.prefix(length)))
        }
      }
    }
  }

  @Test("Damaged pixels of a PNG are reported in one line")
  func damage() throws {
    var bytes = try fixtures.bytes("rgb.png")
    bytes[bytes.count / 2] ^= 0xFF
    do {
      _ = try ImageDecoder.decode(bytes)
      Issue.record("the damage was not detected")
    } catch {
      guard case .damaged(.png, let reason) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(!reason.isEmpty && !reason.contains("\n"))
    }
  }

  @Test("WebP is decoded if gdk-pixbuf can, and otherwise refused with advice")
  func webP() throws {
    do {
      let (bitmap, expected) = try fixtures.decoded("rgb.webp")
      let sum = zip(bitmap.pixels, expected).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      #expect(Double(sum) / Double(expected.count) <= 3)
    } catch ImageFault.noDecoder(.webp) {
      #expect(ImageFault.noDecoder(.webp).description.contains("webp-pixbuf-loader"))
    }
  }
}

/// Images made by Pillow in the folder of a test, each with its pixels as Pillow reads them.
struct PillowFixtures {
  /// A Python with Pillow, if there is one.
  static let python = ProcessInfo.processInfo.environment["NUMERAL_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let script = try folder.write(Self.script, to: "fixtures.py")
    let runner = CommandRunner(program: URL(fileURLWithPath: try #require(Self.python)))
    let result = try runner.run([script], folder: folder.url, timeout: 300)
    try #require(result.exitCode == 0, "\(result.standardError)")
  }

  func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.url.appendingPathComponent(name))) }

  func bitmap(_ name: String) throws -> Bitmap { try ImageDecoder.decode(try bytes(name)) }

  func decoded(_ name: String) throws -> (bitmap: Bitmap, expected: [UInt8]) {
    let bitmap = try bitmap(name)
    let expected = try bytes(name + ".rgb")
    try #require(bitmap.pixels.count == expected.count)
    return (bitmap, expected)
  }

  private static let script = """
    import struct, zlib
    import numpy as np
    from PIL import Image, ImageOps
    rng = np.random.default_rng(7)
    y, x = np.mgrid[0:40, 0:56]
    def smooth(k): return (127 + 90 * np.sin(x / (7 + k)) * np.cos(y / (5 + k)) + rng.normal(0, 4, x.shape)).clip(0, 255)
    gray = smooth(0).astype(np.uint8)
    rgb = np.dstack([smooth(0), smooth(2), smooth(5)]).astype(np.uint8)
    alpha = (x * 4.5).clip(0, 255).astype(np.uint8)
    def keep(name, image=None):
        # As Pillow reads the file, turned and on white.
        image = image or ImageOps.exif_transpose(Image.open(name))
        if image.mode.startswith("I"):
            image = Image.fromarray((np.asarray(image, dtype=np.int64) >> 8).astype(np.uint8))
        rgba = image.convert("RGBA")
        paper = Image.new("RGBA", rgba.size, "white")
        paper.alpha_composite(rgba)
        open(name + ".rgb", "wb").write(np.asarray(paper.convert("RGB")).tobytes())
    G, C = Image.fromarray(gray), Image.fromarray(rgb)
    A = Image.fromarray(np.dstack([rgb, alpha]))
    P = C.quantize(32)
    G.save("gray.png"); C.save("rgb.png"); P.save("palette.png"); A.save("alpha.png")
    P.save("palette-clear.png", transparency=3)
    Image.fromarray(np.dstack([gray, alpha]), "LA").save("gray-alpha.png")
    G.convert("1").save("bits.png"); C.crop((0, 0, 1, 1)).save("one.png")
    G.save("gray.jpg", quality=90); C.save("rgb.jpg", quality=90); C.save("progressive.jpg", quality=80, progressive=True)
    C.save("rgb.bmp"); G.save("gray.bmp"); P.save("palette.gif", interlace=0); P.save("interlaced.gif", interlace=1)
    C.convert("CMYK").save("cmyk.jpg", quality=95); C.save("rgb.webp", quality=90)
    def chunk(name, data): return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    def png(name, pixels, bits, kind, interlaced=False):
        h, w = pixels.shape[:2]
        # Adam7's seven passes, or one.
        passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
        parts = [pixels[b::d, a::c] for a, b, c, d in passes] if interlaced else [pixels]
        rows = b"".join(b"\\0" + row.tobytes() for part in parts if part.size for row in part)
        header = struct.pack(">IIBBBBB", w, h, bits, kind, 0, 0, int(interlaced))
        data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
        open(name, "wb").write(b"\\x89PNG\\r\\n\\x1a\\n" + data)
    png("interlaced.png", rgb, 8, 2, True)
    wide = (gray.astype(np.uint16) * 257 + 13).astype(">u2")
    png("gray16.png", wide, 16, 0)
    png("rgb16.png", (rgb.astype(np.uint16) * 257).astype(">u2"), 16, 2)
    for name in ["gray.png", "rgb.png", "palette.png", "palette-clear.png", "alpha.png", "gray-alpha.png", "bits.png",
                 "one.png", "gray.jpg", "rgb.jpg", "progressive.jpg", "rgb.bmp", "gray.bmp", "palette.gif",
                 "interlaced.gif", "cmyk.jpg", "rgb.webp", "interlaced.png", "gray16.png"]: keep(name)
    keep("rgb16.png", C)
    turned = C.crop((0, 0, 24, 16))
    for value in range(1, 9):
        exif = Image.Exif(); exif[0x112] = value
        turned.save(f"turned-{value}.jpg", quality=95, subsampling=0, exif=exif)
        keep(f"turned-{value}.jpg")
    mask = np.zeros((40, 56), np.uint8); mask[10:30, 20:30] = 255
    for name, ink in [("light-ink.png", 255), ("dark-ink.png", 0)]:
        Image.fromarray(np.dstack([np.full((40, 56, 3), ink, np.uint8), mask])).save(name)
    red, blue = Image.new("RGB", (9, 9), "red"), Image.new("RGB", (9, 9), "blue")
    red.save("frames.gif", save_all=True, append_images=[blue], duration=100)
    """
}
