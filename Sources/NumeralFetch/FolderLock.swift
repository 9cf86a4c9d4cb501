#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Only one process fetches a dataset at a time; others wait, and then find it there.
///
/// The lock goes with the process that holds it, however that ends. Where the file system knows no locks, there is none.
final class FolderLock {
  private let descriptor: Int32

  /// Waits for the lock.
  ///
  /// - Parameter waiting: Is called five times a second while another process has it; false to stop.
  init(_ path: String, waiting: () -> Bool) throws(FetchError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: String(cString: strerror(errno))) }
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { return }
      guard waiting() else {
        close(descriptor)
        throw .cancelled
      }
      usleep(200_000)
    }
  }

  deinit { close(descriptor) }
}
