/// A thread's part of some rows: whole tiles, contiguous, about equally many for each.
func share(of count: Int, tile: Int, thread: Int, threads: Int) -> Range<Int> {
  let tiles = (count + tile - 1) / tile
  return min(count, tiles * thread / threads * tile)..<min(count, tiles * (thread + 1) / threads * tile)
}
