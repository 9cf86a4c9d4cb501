import Foundation
import Synchronization

/// A web server on 127.0.0.1 that serves files and misbehaves as the address says; it ends with the last reference.
public final class LoopbackServer: Sendable {
  private let port: Int
  private let process: Process
  private let input = Pipe()
  private let folder: TemporaryFolder
  private let callers = Atomic<Int>(0)

  /// Starts the server.
  ///
  /// - Parameter files: What it gives, by name.
  /// - Throws: Whatever the system says if it cannot be started.
  public init(files: [String: [UInt8]]) throws {
    folder = try TemporaryFolder()
    for (name, bytes) in files { try folder.write(bytes, to: "files/" + name) }
    try folder.write("", to: "log")
    process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", LoopbackServer.script, folder.path + "/files", folder.path + "/log"]
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = input
    try process.run()
    var line: [UInt8] = []
    while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
      line.append(byte)
    }
    guard let port = Int(String(decoding: line, as: UTF8.self)) else { throw CocoaError(.fileReadUnknown) }
    self.port = port
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// A folder on the server that nobody else asks for.
  ///
  /// - Parameters:
  ///   - behaviour: What the server does wrong there; see `misbehaving_server.py`.
  ///   - number: What the behaviour needs: the byte at which to cut.
  public func mirror(_ behaviour: String, _ number: Int = 0) -> String {
    let caller = callers.add(1, ordering: .relaxed).newValue
    return "http://127.0.0.1:\(port)/\(behaviour)/\(number)/\(caller)/"
  }

  /// What was asked for below a folder: the name, a range or `-`, and how many bytes were sent.
  public func requests(_ mirror: String) -> [String] {
    let start = mirror.dropFirst("http://127.0.0.1:\(port)".count)
    return ((try? folder.text("log")) ?? "").split(separator: "\n")
      .filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
  }

  /// Beside the tests of fetching.
  private static var script: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("NumeralFetchTests/misbehaving_server.py").path
  }
}
