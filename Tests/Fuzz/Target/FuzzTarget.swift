import FuzzSupport
import Glibc

/// The reader that this program tries: the one whose name the program has.
private let reader: FuzzReader = {
  let name = CommandLine.arguments.first?.split(separator: "/").last.map(String.init) ?? ""
  return FuzzReader(rawValue: name) ?? .manifest
}()

/// What libFuzzer calls with every input; a broken promise ends the program like a trap.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let problems = reader.problems(with: Array(UnsafeBufferPointer(start: data, count: size)))
  if !problems.isEmpty {
    let text = problems.prefix(5).joined(separator: "\n") + "\n"
    _ = Array(text.utf8).withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    abort()
  }
  return 0
}

/// What libFuzzer calls for a new input: changes the tree behind the bytes.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(
  _ data: UnsafeMutablePointer<UInt8>,
  _ size: Int,
  _ capacity: Int,
  _ seed: CUnsignedInt
) -> Int {
  var mutator = Mutator(seed: UInt64(seed), limit: capacity)
  let mutant = mutator.mutate(Array(UnsafeBufferPointer(start: data, count: size)))
  let count = min(mutant.count, capacity)
  for index in 0..<count { data[index] = mutant[index] }
  return count
}
