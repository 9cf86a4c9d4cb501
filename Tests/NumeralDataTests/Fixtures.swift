import NumeralData

/// Returns the sentence of the error that `body` throws, or its result if it throws none.
func sentence<Result>(_ body: () throws(DataError) -> Result) -> String {
  do {
    return "no error: \(try body())"
  } catch {
    return error.description
  }
}
