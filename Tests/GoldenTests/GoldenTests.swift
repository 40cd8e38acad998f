import TestSupport
import Testing

/// The committed reference results, made again from their scenarios.
///
/// A scenario that would take long is reduced in `Results/<name>/COMMAND`. `make golden` rewrites
/// the tables.
@Suite(.serialized) struct GoldenTests {
  /// Once on one thread and once on two: the bytes must not depend on it.
  @Test(arguments: Repository.folders(of: "Results"), [1, 2])
  func resultsAreReproduced(name: String, threads: Int) throws {
    try ReferenceResults(folder: "Results/\(name)").check(threads: threads)
  }
}
