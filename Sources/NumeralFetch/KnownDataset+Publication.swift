public import NumeralData

extension KnownDataset {
  /// What the publisher offers of this dataset.
  public var publication: Publication {
    Publication(
      name: rawValue, files: publishedFiles, mirrors: mirrors, archive: self == .emnistDigits ? .emnist : nil)
  }

  private var publishedFiles: [PublishedFile] {
    let checks: [PublishedFile.Check]
    switch self {
    case .mnist:
      // Computed from the files themselves.
      checks = [
        .sha256("0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        .sha256("ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        .sha256("65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        .sha256("ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
      ]
    case .fashionMNIST:
      // https://github.com/zalandoresearch/fashion-mnist#get-the-data
      checks = [
        .publishedMD5("bef4ecab320f06d8554ea6380940ec79"), .publishedMD5("bb300cfdad3c16e7a12a480ee83cd310"),
        .publishedMD5("25c81989df183df01b3e8a0aad5dffbe"), .publishedMD5("8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
      ]
    case .kmnist, .emnistDigits:
      checks = [.firstUse, .firstUse, .firstUse, .firstUse]
    }
    let (training, test) = self == .emnistDigits ? (240_000, 40_000) : (60_000, 10_000)
    return [
      PublishedFile(name: "t10k-images-idx3-ubyte", contents: .images(test), check: checks[0]),
      PublishedFile(name: "t10k-labels-idx1-ubyte", contents: .labels(test), check: checks[1]),
      PublishedFile(name: "train-labels-idx1-ubyte", contents: .labels(training), check: checks[2]),
      PublishedFile(name: "train-images-idx3-ubyte", contents: .images(training), check: checks[3]),
    ]
  }

  private var mirrors: [String] {
    switch self {
    case .mnist:
      // The authors' address no longer offers the files. PyTorch, the Common Visual Data Foundation and a university
      // group keep copies.
      [
        "https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/",
        "https://raw.githubusercontent.com/fgnt/mnist/master/",
      ]
    case .fashionMNIST:
      // Both belong to the publisher. The second one has no encryption; the published checksums make up for that.
      [
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
      ]
    case .kmnist:
      ["https://codh.rois.ac.jp/kmnist/dataset/kmnist/", "http://codh.rois.ac.jp/kmnist/dataset/kmnist/"]
    case .emnistDigits:
      ["https://biometrics.nist.gov/cs_links/EMNIST/", "https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/"]
    }
  }
}
