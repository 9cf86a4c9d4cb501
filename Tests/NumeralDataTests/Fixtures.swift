import NumeralData

/// The sentence of the error that `body` throws, or what it returned instead.
func sentence<Result>(_ body: () throws(DataError) -> Result) -> String {
  do {
    return "no error: \(try body())"
  } catch {
    return error.description
  }
}
