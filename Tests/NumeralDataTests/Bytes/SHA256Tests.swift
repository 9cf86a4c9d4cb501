import Numeral
import NumeralData
import Testing

@Suite struct SHA256Tests {
  // FIPS 180-4 example values.
  @Test(
    "The published examples have the published hashes",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func examples(text: String, sum: String) {
    #expect(SHA256.hash(of: Buffer(Array(text.utf8))) == sum)
  }

  @Test("Bytes in parts have the hash of the whole")
  func parts() {
    let bytes = (0..<1000).map { UInt8($0 % 251) }
    var hash = SHA256()
    hash.update(Array(bytes[..<1]))
    hash.update([])
    hash.update(Array(bytes[1..<130]))
    hash.update(Buffer(Array(bytes[130...])))
    #expect(hash.finish() == SHA256.hash(of: Buffer(bytes)))
  }

  @Test("Numbers are added as they lie in memory, little-endian")
  func numbers() {
    #expect(SHA256.hash(of: Buffer<Float>([1, -2])) == SHA256.hash(of: Buffer<UInt8>([0, 0, 128, 63, 0, 0, 0, 192])))
  }
}
