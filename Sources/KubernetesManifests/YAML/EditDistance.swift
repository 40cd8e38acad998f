/// How far apart two spellings are, for "did you mean".
package enum EditDistance {
  /// Damerau–Levenshtein distance (optimal string alignment): insertions, deletions,
  /// substitutions and swaps of neighbours.
  package static func between(_ first: String, _ second: String) -> Int {
    let a = Array(first.unicodeScalars)
    let b = Array(second.unicodeScalars)
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + Array(repeating: 0, count: b.count)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], beforeLast[j - 2] + 1)
        }
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }

  /// The candidate most like the word, or `nil` when none is close enough to be meant.
  ///
  /// Letter case counts little; of equals the first wins.
  package static func nearest(_ word: String, in candidates: [String]) -> String? {
    guard word.utf8.count <= 100 else { return nil }
    let lowered = word.lowercased()
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate.utf8.count <= 100 {
      let distance = between(lowered, candidate.lowercased())
      if distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    guard let best else { return nil }
    return best.distance <= max(1, (lowered.count + 1) / 3) ? best.name : nil
  }

  /// `did you mean 'x'?`, or else the choices when they are few.
  package static func hint(for word: String, in candidates: [String]) -> String? {
    if let near = nearest(word, in: candidates) { return "did you mean '\(near)'?" }
    guard !candidates.isEmpty, candidates.count <= 12 else { return nil }
    return "one of: " + candidates.joined(separator: ", ")
  }
}
