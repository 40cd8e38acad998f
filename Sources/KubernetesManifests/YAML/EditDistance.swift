/// How far apart two spellings are, for "did you mean".
package enum EditDistance {
  /// Damerau–Levenshtein distance (optimal string alignment): insertions, deletions,
  /// substitutions and swaps of neighbours.
  package static func between(_ first: String, _ second: String) -> Int {
    between(first, second, atMost: .max)
  }

  /// The same distance, or some number above `limit` when it is greater.
  package static func between(_ first: String, _ second: String, atMost limit: Int) -> Int {
    distance(Array(first.unicodeScalars), Array(second.unicodeScalars), atMost: limit)
  }

  private static func distance(
    _ a: [Unicode.Scalar],
    _ b: [Unicode.Scalar],
    atMost limit: Int
  ) -> Int {
    let difference = abs(a.count - b.count)
    if a.isEmpty || b.isEmpty || difference > limit { return difference }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    var row = beforeLast
    var leastOfLast = 0
    for i in 1...a.count {
      row[0] = i
      var least = i
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], beforeLast[j - 2] + 1)
        }
        least = min(least, row[j])
      }
      // Each later row builds on this one, or by a swap on the one before.
      if least > limit, leastOfLast >= limit { return least }
      leastOfLast = least
      (beforeLast, last, row) = (last, row, beforeLast)
    }
    return last[b.count]
  }

  /// The candidate most like the word, or `nil` when none is close enough to be meant.
  ///
  /// Letter case counts little; of equals the first wins.
  package static func nearest(_ word: String, in candidates: [String]) -> String? {
    guard word.utf8.count <= 100 else { return nil }
    let lowered = word.lowercased()
    let scalars = Array(lowered.unicodeScalars)
    var best: String?
    var limit = max(1, (lowered.count + 1) / 3)
    for candidate in candidates where candidate.utf8.count <= 100 && limit >= 0 {
      let other = Array(candidate.lowercased().unicodeScalars)
      let distance = distance(scalars, other, atMost: limit)
      if distance <= limit { (best, limit) = (candidate, distance - 1) }
    }
    return best
  }

  /// `did you mean 'x'?`, or else the choices when they are few.
  package static func hint(for word: String, in candidates: [String]) -> String? {
    if let near = nearest(word, in: candidates) { return "did you mean '\(near)'?" }
    guard !candidates.isEmpty, candidates.count <= 12 else { return nil }
    return "one of: " + candidates.joined(separator: ", ")
  }
}
