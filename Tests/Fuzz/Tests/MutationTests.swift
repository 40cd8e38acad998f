import Foundation
import FuzzSupport
import Testing

/// Mutations tried in every test run, all readers together.
private let mutations = 20_000

/// Mutations between two notes of how far a batch is.
private let batchSize = 500

/// One reader and a part of its mutations; batches run side by side.
struct Batch: Sendable, CustomTestStringConvertible {
  var reader: FuzzReader
  /// The seed of the first mutant; the following ones count up.
  var first: UInt64

  var testDescription: String { "\(reader.rawValue) from seed \(first)" }

  static let all: [Batch] = FuzzReader.allCases.flatMap { reader in
    let share = mutations / FuzzReader.allCases.count
    return stride(from: 0, to: share, by: batchSize).map {
      Batch(reader: reader, first: UInt64($0))
    }
  }

  /// The mutant of one seed: some input of the corpus, changed one to three times.
  func mutant(seed: UInt64, of inputs: [[UInt8]]) -> [UInt8] {
    var dice = Dice(seed: seed &* 31 &+ 7)
    var mutator = Mutator(seed: seed, limit: 1 << 14)
    var mutant = inputs[dice.below(inputs.count)]
    for _ in 0...dice.below(2) { mutant = mutator.mutate(mutant) }
    return mutant
  }
}

@Suite("No mutant of an input traps, hangs or is refused without its place")
struct MutationTests {
  @Test("20,000 mutants", arguments: Batch.all)
  func isReadOrRefused(_ batch: Batch) throws {
    let inputs = Corpus.inputs(of: batch.reader).map(\.bytes)
    try #require(!inputs.isEmpty)
    let note = try Note(batch)
    for seed in batch.first..<batch.first + UInt64(batchSize) {
      let mutant = batch.mutant(seed: seed, of: inputs)
      note.write(mutant, seed: seed)
      let start = threadSeconds()
      let problems = batch.reader.problems(with: mutant)
      let seconds = threadSeconds() - start
      #expect(problems == [], "seed \(seed)")
      #expect(seconds < 2, "seed \(seed) took \(seconds) s of CPU")
    }
    note.remove()
  }

  @Test("the same seed gives the same mutant, another one mostly another")
  func areReproducible() {
    let input = Corpus.inputs(of: .manifest).map(\.bytes)
    let batch = Batch(reader: .manifest, first: 0)
    let first = (0..<200).map { batch.mutant(seed: $0, of: input) }
    #expect(first == (0..<200).map { batch.mutant(seed: $0, of: input) })
    #expect(Set(first).count > 190)
  }

  @Test("both sides of the readers are met: mutants that are taken and mutants that are not")
  func areOfBothKinds() {
    let inputs = Corpus.inputs(of: .manifest).map(\.bytes)
    let batch = Batch(reader: .manifest, first: 0)
    let refused = (UInt64(0)..<400).count { seed in
      FuzzReader.isRefused(manifest: batch.mutant(seed: seed, of: inputs))
    }
    #expect((20...380).contains(refused), "\(refused) of 400 were refused")
  }
}

/// CPU time of this thread: what other tests do does not count.
private func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The input being tried, on disk: after a trap the file that is left names the seed and holds the
/// input.
private struct Note {
  let path: String

  init(_ batch: Batch) throws {
    let folder = NSTemporaryDirectory() + "podstorm-fuzz-seeds"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    path = "\(folder)/\(batch.reader.rawValue)-\(batch.first)"
  }

  func write(_ mutant: [UInt8], seed: UInt64) {
    _ = FileManager.default.createFile(
      atPath: path,
      contents: Data("seed \(seed)\n".utf8) + Data(mutant)
    )
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
