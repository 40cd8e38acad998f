import KubernetesManifests

/// Makes hostile inputs of good ones: changes trees where the input can be read as YAML, and bytes
/// where not or now and then.
///
/// The same seed and input give the same mutant on every machine.
package struct Mutator {
  private var dice: Dice
  private let limit: Int

  /// Mutants are at most `limit` bytes long.
  package init(seed: UInt64, limit: Int = 1 << 16) {
    dice = Dice(seed: seed)
    self.limit = limit
  }

  /// The next mutant.
  package mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
    var mutant = dice.oneIn(4) ? bytes : mutateStructure(of: bytes) ?? bytes
    if mutant == bytes || dice.oneIn(8) {
      for _ in 0...dice.below(4) { mutateBytes(&mutant) }
    }
    return mutant.count > limit ? Array(mutant.prefix(limit)) : mutant
  }

  // MARK: Trees

  private mutating func mutateStructure(of bytes: [UInt8]) -> [UInt8]? {
    var diagnostics = Diagnostics()
    var limits = YAMLLimits()
    limits.nodes = 5_000
    let documents = YAMLParser.documents(
      in: bytes,
      file: "",
      limits: limits,
      into: &diagnostics
    )
    guard !documents.isEmpty else { return nil }
    var trees = documents.map(MutantTree.init)
    for _ in 0...dice.below(3) { mutateTree(&trees[dice.below(trees.count)], among: trees) }
    if dice.oneIn(10) { shuffleDocuments(&trees) }
    let isFlow = dice.oneIn(3)
    let texts = trees.map { tree in
      if isFlow { return " " + tree.flow + "\n" }
      return tree.block()
    }
    return Array(texts.map { "---" + $0 }.joined().utf8)
  }

  private mutating func shuffleDocuments(_ trees: inout [MutantTree]) {
    switch dice.below(3) {
    case 0: trees.append(trees[dice.below(trees.count)])
    case 1: if trees.count > 1 { trees.remove(at: dice.below(trees.count)) }
    default: trees.swapAt(dice.below(trees.count), dice.below(trees.count))
    }
  }

  private mutating func mutateTree(_ tree: inout MutantTree, among trees: [MutantTree]) {
    let index = dice.below(tree.count)
    var dice = self.dice
    tree = tree.replacing(node: index) { node in
      let other = trees[dice.below(trees.count)]
      return Self.changed(node, in: other, &dice)
    }
    self.dice = dice
  }

  private static func changed(
    _ node: MutantTree,
    in other: MutantTree,
    _ dice: inout Dice
  ) -> MutantTree {
    switch dice.below(10) {
    case 0, 1, 2: return .scalar(dice.pick(HostileValues.all) ?? "")
    case 3: return other.node(dice.below(other.count))
    case 4: return dice.oneIn(2) ? .list([node]) : .map([("a", node)])
    case 5: return decorated(node, &dice)
    default: return reshaped(node, &dice)
    }
  }

  private static let decorations = [
    "&a", "&b", "*a", "*b", "!!str", "!!int", "!!map", "!!binary", "!custom", "!", "&a !!seq",
  ]

  private static func decorated(_ node: MutantTree, _ dice: inout Dice) -> MutantTree {
    let mark = dice.pick(decorations) ?? ""
    return mark.hasPrefix("*") ? .scalar(mark) : .decorated(mark, node)
  }

  /// A collection with elements removed, doubled or swapped, keys renamed; a scalar with its text
  /// changed.
  private static func reshaped(_ node: MutantTree, _ dice: inout Dice) -> MutantTree {
    switch node {
    case .decorated(_, let inner): return inner
    case .scalar(let text): return .scalar(edited(text, &dice))
    case .list(var elements):
      guard !elements.isEmpty else { return .list([.scalar("x")]) }
      let index = dice.below(elements.count)
      switch dice.below(4) {
      case 0: elements.remove(at: index)
      case 1: elements.insert(elements[index], at: dice.below(elements.count))
      case 2: elements.swapAt(index, dice.below(elements.count))
      default: elements += Array(repeating: elements[index], count: 1 << dice.below(7))
      }
      return .list(elements)
    case .map(var pairs):
      guard !pairs.isEmpty else { return .map([("<<", .scalar("*a"))]) }
      let index = dice.below(pairs.count)
      switch dice.below(6) {
      case 0: pairs.remove(at: index)
      case 1: pairs.append(pairs[index])
      case 2: pairs.swapAt(index, dice.below(pairs.count))
      case 3: pairs[index].key = edited(pairs[index].key, &dice)
      case 4: pairs.append(("<<", dice.oneIn(2) ? pairs[index].value : .scalar("*a")))
      default: pairs[index].value = pairs[dice.below(pairs.count)].value
      }
      return .map(pairs)
    }
  }

  private static let affixes = [
    "-", "e", "e9", "0", "s", "%", "/s", "Ei", ".", ":", "=", "[0]", "\u{1B}[2J", "é", "\u{202E}",
    "'", "\"", " ", "#", "\t",
  ]

  private static func edited(_ text: String, _ dice: inout Dice) -> String {
    var scalars = Array(text.unicodeScalars)
    let affix = Array((dice.pick(affixes) ?? "").unicodeScalars)
    let index = dice.below(scalars.count + 1)
    switch dice.below(4) {
    case 0: scalars.insert(contentsOf: affix, at: index)
    case 1: if index < scalars.count { scalars.remove(at: index) }
    case 2: scalars += scalars
    default: if index > 0 { scalars.swapAt(index - 1, dice.below(scalars.count)) }
    }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: scalars)
    return String(result)
  }

  // MARK: Bytes

  private static let spice =
    Array("{}[]:&*!|>'\"%@`,#-? \n\t\r\u{0}0é\u{FEFF}\u{85}\u{2028}=.".utf8)
    + [0xFF, 0xFE, 0x80]

  private mutating func mutateBytes(_ bytes: inout [UInt8]) {
    let index = dice.below(bytes.count + 1)
    switch dice.below(7) {
    case 0: bytes.insert(dice.pick(Self.spice) ?? 0, at: index)
    case 1: if index < bytes.count { bytes[index] = dice.pick(Self.spice) ?? 0 }
    case 2: if index < bytes.count { bytes[index] ^= 1 << UInt8(dice.below(8)) }
    case 3: if index < bytes.count { bytes.remove(at: index) }
    case 4: if dice.oneIn(4) { bytes.removeLast(bytes.count - index) }
    case 5: repeatSlice(of: &bytes, at: index)
    default: bytes.insert(contentsOf: Array((dice.pick(HostileValues.all) ?? "").utf8), at: index)
    }
  }

  private mutating func repeatSlice(of bytes: inout [UInt8], at index: Int) {
    guard index < bytes.count else { return }
    let slice = Array(bytes[index..<min(bytes.count, index + 1 + dice.below(40))])
    for _ in 0..<(1 << dice.below(8)) where bytes.count < limit {
      bytes.insert(contentsOf: slice, at: index)
    }
  }
}
