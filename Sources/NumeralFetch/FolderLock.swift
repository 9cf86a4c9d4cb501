#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A lock, so that only one process fetches a dataset at a time. The others wait and then find the dataset in its
/// folder.
///
/// The system releases the lock when its process ends for any reason. On a file system without locks there is no lock.
final class FolderLock {
  private let descriptor: Int32

  /// Waits for the lock.
  ///
  /// - Parameter waiting: Is called five times a second while another process has the lock. It returns false to stop.
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
