#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Time that only moves forward. Reports use it; no decision depends on it.
enum MonotonicClock {
  /// Seconds since some fixed moment; 0 where there is no clock.
  static var seconds: Double {
    #if canImport(Glibc) || canImport(Darwin)
      var time = timespec()
      unsafe clock_gettime(CLOCK_MONOTONIC, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    #else
      return 0
    #endif
  }
}
