import SimKernel
import Testing

@Suite struct TableTests {
  struct Point: BitwiseCopyable {
    var x: Int64
    var y: UInt8
  }

  @Test func growsAndIsChangedInPlace() {
    var table = Table<Point>()
    #expect(table.isEmpty == true)
    for n in 0..<1_000 {
      let id = table.append(Point(x: Int64(n), y: 1))
      #expect(id == ID<Point>(n))
      #expect(id.int == n)
    }
    for index in table.indices { table[index].x *= 3 }
    table[ID<Point>(7)].y = 9
    #expect(table.count == 1_000)
    for index in table.indices { #expect(table[ID<Point>(index)].x == Int64(3 * index)) }
    #expect(table[7].y == 9)
    #expect(table[8].y == 1)
  }

  @Test func idsOrderByPosition() {
    #expect(ID<Point>(3) < ID<Point>(4))
    #expect(ID<Point>(4 as UInt32).index == 4)
    #expect(MemoryLayout<ID<Point>>.size == 4)
  }
}

@Suite struct SlabTests {
  @Test func lastFreedIsUsedFirstWithANewGeneration() {
    var slab = Slab<Int>()
    #expect((0..<3).map { slab.insert($0 * 10) } == [0, 1, 2])
    slab.remove(0)
    slab.remove(2)
    #expect(slab.isLive(2) == false)
    #expect(slab.isLive(1) == true)
    #expect(slab.live == 1)
    #expect(slab.insert(7) == 2)
    #expect(slab.insert(8) == 0)
    #expect(slab.insert(9) == 3)
    #expect((0..<4).map { slab.generation(UInt32($0)) } == [1, 0, 1, 0])
    #expect((0..<4).map { slab[UInt32($0)] } == [8, 10, 7, 9])
    #expect(slab.capacity == 4)
    #expect(slab.generation(99) == 0)
    #expect(slab.isLive(99) == false)
  }

  /// Against a dictionary of (slot → value), with generations counted by hand.
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func agreesWithADictionary(seed: UInt64) {
    var random = TestRandom(seed)
    var slab = Slab<UInt64>()
    var model: [UInt32: UInt64] = [:]
    var freed: [UInt32: UInt32] = [:]
    for _ in 0..<5_000 {
      if model.isEmpty || random.below(100) < 52 {
        let value = random.next()
        let slot = slab.insert(value)
        #expect(model.updateValue(value, forKey: slot) == nil, "slot handed out twice")
      } else if let slot = model.keys.sorted().dropFirst(Int(random.below(UInt64(model.count))))
        .first
      {
        model[slot] = nil
        freed[slot, default: 0] += 1
        slab.remove(slot)
      }
      #expect(slab.live == model.count)
    }
    for slot in 0..<UInt32(slab.capacity) {
      #expect(slab.isLive(slot) == (model[slot] != nil))
      #expect(slab.generation(slot) == freed[slot, default: 0])
      if let value = model[slot] { #expect(slab[slot] == value) }
    }
  }
}

@Suite struct RingBufferTests {
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func agreesWithAnArray(seed: UInt64) {
    var random = TestRandom(seed)
    var ring = RingBuffer<UInt64>()
    var model: [UInt64] = []
    for step in 0..<4_000 {
      switch random.below(10) {
      case 0..<(step < 2_000 ? 6 : 3):
        let value = random.next()
        ring.append(value)
        model.append(value)
      case 9: #expect(ring.popLast() == model.popLast())
      default:
        #expect(ring.popFirst() == model.first)
        if !model.isEmpty { model.removeFirst() }
      }
      #expect(ring.count == model.count)
      #expect(ring.isEmpty == model.isEmpty)
      if let place = model.indices.randomElement(seed: &random) {
        #expect(ring[place] == model[place])
        ring[place] &+= 1
        model[place] &+= 1
      }
    }
    ring.removeAll()
    #expect(ring.popFirst() == nil)
    #expect(ring.popLast() == nil)
  }
}

extension Range<Int> {
  /// An element picked by a test source, nil when there is none.
  fileprivate func randomElement(seed random: inout TestRandom) -> Int? {
    isEmpty ? nil : lowerBound + Int(random.below(UInt64(count)))
  }
}
