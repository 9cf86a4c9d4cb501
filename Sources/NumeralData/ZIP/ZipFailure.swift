/// Why the directory of an archive could not be read: an error of the file, or a fault in its contents.
enum ZipFailure: Error {
  case unreadable(DataError)
  case fault(ZipFault)
}
