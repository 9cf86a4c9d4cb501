/// Returns positions close to the wanted ones, with a least distance between neighbours, and within a range if they
/// fit.
///
/// - Parameter wanted: The wanted positions, in ascending order.
func spread(_ wanted: [Double], pitch: Double, within range: ClosedRange<Double>) -> [Double] {
  var places = wanted
  for index in places.indices.dropFirst() { places[index] = max(places[index], places[index - 1] + pitch) }
  guard var limit = places.last.map({ min($0, range.upperBound) }) else { return [] }
  for index in places.indices.reversed() {
    places[index] = min(places[index], limit)
    limit = places[index] - pitch
  }
  return places
}
