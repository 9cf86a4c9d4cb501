internal import CNumeralCPU

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The number of cores this process may use: those of its affinity mask, limited by its control group's quota rounded
/// up.
///
/// A limit that cannot be read is ignored; the result is at least 1.
public func availableCores() -> Int {
  #if canImport(Glibc)
    var cores = Int(numeral_allowed_cores())
    if let quota = controlGroupQuota() { cores = min(cores, Int(quota.rounded(.up))) }
    return max(1, cores)
  #elseif canImport(Darwin)
    return max(1, sysconf(_SC_NPROCESSORS_ONLN))
  #else
    return 1
  #endif
}

#if canImport(Glibc)
  /// The quota of the control group in cores, or nil without one. Source: Linux, *Control Group v2*, `cpu.max`.
  private func controlGroupQuota() -> Double? {
    guard let file = unsafe fopen("/sys/fs/cgroup/cpu.max", "r") else { return nil }
    defer { unsafe fclose(file) }
    var line = [UInt8](repeating: 0, count: 64)
    let length = unsafe fread(&line, 1, line.count, file)
    let words = String(decoding: line.prefix(length), as: UTF8.self).split { $0 == " " || $0 == "\n" }
    guard words.count == 2, let quota = Double(words[0]), let period = Double(words[1]), period > 0 else { return nil }
    return quota / period
  }
#endif
