import NumeralFiles
import NumeralData
import Testing

@testable import NumeralReading

@Suite struct ImageFormatTests {
  /// A PNG header that claims a size, without any data.
  private static func header(_ width: UInt32, _ height: UInt32) -> [UInt8] {
    func big(_ value: UInt32) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + big(13) + Array("IHDR".utf8) + big(width) + big(height)
      + [8, 0, 0, 0, 0] + big(0)
  }

  @Test("A header that claims too many pixels is refused before anything is decoded")
  func bombs() {
    #expect(throws: ImageFault.tooLarge(width: 30_000, height: 30_000)) {
      try ImageDecoder.decode(Self.header(30_000, 30_000))
    }
    #expect(throws: ImageFault.tooLarge(width: 20_001, height: 1)) { try ImageDecoder.decode(Self.header(20_001, 1)) }
    #expect(throws: ImageFault.tooLarge(width: 8000, height: 5001)) { try ImageDecoder.decode(Self.header(8000, 5001)) }
    #expect(throws: ImageFault.tooLarge(width: 4_294_967_295, height: 4_294_967_295)) {
      try ImageDecoder.decode(Self.header(.max, .max))
    }
    // A JPEG and a BMP whose headers claim the same.
    let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0x75, 0x30, 0x75, 0x30, 1, 1, 0x11, 0]
    #expect(throws: ImageFault.tooLarge(width: 30_000, height: 30_000)) { try ImageDecoder.decode(jpeg) }
    let bmp: [UInt8] =
      [0x42, 0x4D, 0, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 0x30, 0x75, 0, 0, 0x30, 0x75, 0, 0]
      + [1, 0, 24, 0] + [UInt8](repeating: 0, count: 24)
    #expect(throws: ImageFault.tooLarge(width: 30_000, height: 30_000)) { try ImageDecoder.decode(bmp) }
  }

  @Test("An image without pixels is refused")
  func noPixels() {
    #expect(throws: ImageFault.noPixels(width: 0, height: 5)) { try ImageDecoder.decode(Self.header(0, 5)) }
    #expect(throws: ImageFault.noPixels(width: 5, height: 0)) { try ImageDecoder.decode(Self.header(5, 0)) }
  }

  @Test("A file that is not an image is refused with its first bytes")
  func text() {
    #expect(throws: ImageFault.format(start: Array("hello wo".utf8))) {
      try ImageDecoder.decode(Array("hello world".utf8))
    }
    #expect(throws: ImageFault.format(start: [])) { try ImageDecoder.decode([]) }
  }

  @Test("A JPEG with too many scans is refused")
  func scans() {
    let frame: [UInt8] = [0xFF, 0xC2, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0]
    let scan: [UInt8] = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0x55]
    let bytes = [0xFF, 0xD8] + frame + Array(repeatElement(scan, count: 101).joined()) + [0xFF, 0xD9]
    #expect(throws: ImageFault.tooManyScans(limit: 100)) { try ImageDecoder.decode(bytes) }
  }

  @Test("The end mark of a preview inside a JPEG does not count as its own")
  func preview() {
    let preview: [UInt8] = [0xFF, 0xE1, 0, 6, 0xFF, 0xD9, 0xFF, 0xD9]
    let frame: [UInt8] = [0xFF, 0xC0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0]
    let cut: [UInt8] = [0xFF, 0xD8] + preview + frame + [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x55, 0xFF, 0]
    #expect(throws: ImageFault.truncated(.jpeg, missing: "its end mark (FF D9) is missing")) {
      try ImageDecoder.decode(cut)
    }
  }

  @Test("Our own PNG files are read back unchanged")
  func roundTrip() throws {
    let bitmap = Bitmap(width: 3, height: 2, pixels: (0..<18).map { UInt8($0 * 14) })
    #expect(try ImageDecoder.decode(bitmap.png) == bitmap)
    let gray: [UInt8] = [0, 50, 100, 150, 200, 250]
    #expect(
      try ImageDecoder.decode(PNGEncoder().encode(gray, width: 2, height: 3))
        == Bitmap(width: 2, height: 3, gray: gray))
  }

  @Test(
    "Each fault is one sentence that says what was expected or what to do",
    arguments: [
      (
        ImageFault.library(reason: "no file"),
        "reading images needs gdk-pixbuf, but it cannot be loaded: no file; install it (libgdk-pixbuf-2.0-0 in Debian, "
          + "gdk-pixbuf in Homebrew)"
      ),
      (
        .format(start: [0x68, 0x0A]),
        "the file begins with the bytes 68 0a, expected an image: PNG, JPEG, GIF, BMP or WebP"
      ),
      (.format(start: []), "the file begins with nothing, expected an image: PNG, JPEG, GIF, BMP or WebP"),
      (
        .noDecoder(.webp),
        "this machine's gdk-pixbuf has no decoder for WebP; install one (webp-pixbuf-loader in Debian) or save it as PNG"
      ),
      (.noDecoder(.gif), "this machine's gdk-pixbuf has no decoder for GIF; save it as PNG"),
      (
        .truncated(.png, missing: "its end mark (IEND) is missing"),
        "the PNG file is cut short: its end mark (IEND) is missing; copy it again"
      ),
      (
        .header(.bmp, reason: "it has 3 bits a pixel"),
        "the header of the BMP file is damaged: it has 3 bits a pixel; copy it again"
      ),
      (.noPixels(width: 0, height: 5), "the image has 0×5 pixels, expected at least 1×1; choose another image"),
      (
        .tooLarge(width: 30_000, height: 30_000),
        "the image has 30000×30000 pixels, expected at most 40 million pixels and sides of at most 20000; "
          + "make the image smaller"
      ),
      (
        .tooManyScans(limit: 100),
        "the JPEG file has more than 100 scans, expected at most 100; save it again"
      ),
      (.damaged(.jpeg, reason: "bad"), "the JPEG file is damaged: bad; copy it again"),
      (.outOfMemory(width: 9, height: 8), "there is not enough memory for 9×8 pixels; make the image smaller"),
    ])
  func wording(fault: ImageFault, sentence: String) {
    #expect(fault.description == sentence)
  }
}
