/// How work is divided among threads.
enum Shares {
  /// Contiguous shares of some pieces of work, with about equal cost.
  static func contiguous(of costs: [Double], threads: Int) -> [Range<Int>] {
    let total = costs.reduce(0, +)
    var shares: [Range<Int>] = []
    var start = 0
    var done = 0.0
    for thread in 1...threads {
      var end = start
      let goal = total * Double(thread) / Double(threads)
      // A piece belongs to the thread whose share contains its middle.
      while end < costs.count, thread == threads || done + costs[end] / 2 <= goal {
        done += costs[end]
        end += 1
      }
      shares.append(start..<end)
      start = end
    }
    return shares
  }

  /// One of several equal shares of some samples: whole tiles, so that kernels rarely have a remainder.
  static func tiles(of count: Int, height: Int, share: Int, of shares: Int) -> Range<Int> {
    let tiles = (count + height - 1) / height
    return min(count, tiles * share / shares * height)..<min(count, tiles * (share + 1) / shares * height)
  }
}
