import Foundation
import NumeralTestSupport
import NumeralWorkbench
import Testing
import NumeralModels

/// A Python with numpy and safetensors, if there is one.
enum Python {
  /// Its path, from `NUMERAL_PYTHON`.
  static let path = ProcessInfo.processInfo.environment["NUMERAL_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }
}

/// The files as Python sees them: another implementation reads them and computes with them.
@Suite(.enabled(if: Python.path != nil, "NUMERAL_PYTHON names no Python with numpy and safetensors"))
struct PythonTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private func run(_ script: String, _ arguments: String...) throws -> CommandRunner.Result {
    let python = CommandRunner(program: URL(fileURLWithPath: try #require(Python.path)))
    let file = try place.folder.write(script, to: "script.py")
    return try python.run([file] + arguments, folder: place.folder.url, timeout: 300)
  }

  /// Opens the model, hashes the data section, and prints names, shapes and hash as JSON.
  private static let reading = """
    import hashlib, json, struct, sys
    from safetensors import safe_open
    from safetensors.numpy import load_file
    path = sys.argv[1]
    raw = open(path, "rb").read()
    length = struct.unpack("<Q", raw[:8])[0]
    with safe_open(path, "numpy") as file:
        metadata = file.metadata()
    tensors = load_file(path)
    assert all(t.dtype == "float32" for t in tensors.values())
    print(json.dumps({
        "start": (8 + length) % 64, "hash": hashlib.sha256(raw[8 + length:]).hexdigest(),
        "tensors": {name: list(tensors[name].shape) for name in sorted(tensors)},
        "metadata": sorted(metadata), "recipe": json.loads(metadata["provenance"])["recipe"],
    }))
    """

  /// Computes the probabilities of every row of a Kaggle table from the file's own description of the network, with
  /// numpy, and with PyTorch where it is there; prints the largest differences from `numeral predict --json`.
  private static let forward = """
    import json, sys
    import numpy as np
    from safetensors import safe_open
    from safetensors.numpy import load_file
    path, table, predictions = sys.argv[1:4]
    with safe_open(path, "numpy") as file:
        metadata = file.metadata()
    layers = json.loads(metadata["architecture"])
    maximum = json.loads(metadata["normalisation"])["pixelMaximum"]
    tensors = load_file(path)
    pixels = np.loadtxt(table, delimiter=",", skiprows=1)[:, 1:] / maximum
    ours = np.array([json.loads(line)["probabilities"] for line in open(predictions)])
    x = pixels
    for index, layer in enumerate(layers):
        x = x @ tensors[f"{index}.weight"].astype(np.float64).T + tensors[f"{index}.bias"]
        name = layer["activation"]
        if name == "relu": x = np.maximum(x, 0)
        elif name == "leaky-relu": x = np.where(x > 0, x, layer["slope"] * x)
        elif name == "sigmoid": x = 1 / (1 + np.exp(-x))
        elif name == "tanh": x = np.tanh(x)
    e = np.exp(x - x.max(axis=1, keepdims=True))
    result = {"count": len(ours), "numpy": float(np.abs(e / e.sum(axis=1, keepdims=True) - ours).max()), "torch": None}
    try:
        import torch
    except ImportError:
        torch = None
    if torch is not None:
        modules = torch.nn.ModuleList()
        inputs = pixels.shape[1]
        for layer in layers:
            modules.append(torch.nn.Linear(inputs, layer["outputs"]))
            inputs = layer["outputs"]
        modules.load_state_dict({name: torch.from_numpy(value) for name, value in tensors.items()}, strict=True)
        apply = {
            "relu": torch.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "identity": lambda x: x,
            "leaky-relu": lambda x: torch.nn.functional.leaky_relu(x, 0.01),
        }
        x = torch.from_numpy(pixels.astype(np.float32))
        with torch.no_grad():
            for layer, module in zip(layers, modules):
                x = apply[layer["activation"]](module(x))
            theirs = torch.softmax(x, dim=1).numpy()
        result["torch"] = float(np.abs(theirs - ours).max())
    print(json.dumps(result))
    """

  @Test("The safetensors package opens a model, and hashlib finds its hash")
  func reading() throws {
    let result = try #require(try place.run("train", "digits", "--epochs", "1", "--json").objects().last)
    let path = try #require(result["output"]?.asString) + "/model.safetensors"
    let said = try run(PythonTests.reading, path)
    #expect(said.exitCode == 0, "\(said.standardError)")
    let json = try JSONValue(parsing: said.standardOutput)
    #expect(json["start"] == 0)
    #expect(json["hash"] == result["weightsHash"])
    #expect(
      json["tensors"] == [
        "0.bias": [64], "0.weight": [64, 64], "1.bias": [32], "1.weight": [32, 64], "2.bias": [10],
        "2.weight": [10, 32],
      ])
    #expect(
      json["metadata"] == [
        "architecture", "classNames", "format", "input", "normalisation", "provenance", "temperature",
      ])
    #expect(json["recipe"] == "digits")
  }

  @Test(
    "numpy and PyTorch compute the same probabilities from the file",
    arguments: [
      ["--layers", "17,9", "--activation", "relu"], ["--layers", "8", "--activation", "leaky-relu"],
      ["--layers", "20,5", "--activation", "sigmoid", "--learning-rate", "1"],
      ["--layers", "11", "--activation", "tanh"], ["--layers", "none"],
    ])
  func forward(flags: [String]) throws {
    try place.folder.write(TestImages.kaggle(try TestImages.images(150)), to: "k.csv")
    let words = ["train", "--data", "k.csv", "--epochs", "5", "--batch-size", "8", "--json"]
    let path = try #require(try place.run(words + flags).objects().last?["output"]?.asString)
    let predictions = try place.run("predict", "--model", path, "--data", "k.csv", "--json").standardOutput
    try place.folder.write(predictions, to: "p.jsonl")
    let said = try run(PythonTests.forward, path + "/model.safetensors", "k.csv", "p.jsonl")
    #expect(said.exitCode == 0, "\(said.standardError)")
    let json = try JSONValue(parsing: said.standardOutput)
    #expect(json["count"] == 150)
    // The limit that is promised; sums of 784 floats err by far less.
    let numpy = try #require(json["numpy"]?.asDouble)
    #expect(numpy < 1e-5)
    if let torch = json["torch"]?.asDouble { #expect(torch < 1e-5) }
  }
}
