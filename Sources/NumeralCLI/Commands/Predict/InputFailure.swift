/// An input that cannot be read, so that the next one is tried; other errors end the command.
struct InputFailure: Error {
  let cause: any Error
}
