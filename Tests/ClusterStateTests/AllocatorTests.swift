import ClusterState
import SimKernel
import Testing

@Suite struct AllocatorTests {
  @Test func bandsOfTheDefaultRangeAreThoseOfTheSource() throws {
    let allocator = ClusterIPAllocator()
    #expect(allocator.range.description == "10.96.0.0/12")
    #expect(allocator.range.size == 1_048_576 && allocator.range.usableCount == 1_048_574)
    #expect(allocator.apiServerAddress.description == "10.96.0.1")
    #expect(allocator.dnsAddress.description == "10.96.0.10")
    #expect(allocator.firstDynamicAddress.description == "10.96.1.1")
    #expect(
      allocator.range.usable(allocator.range.usableCount - 1) == IPv4Address("10.111.255.254")
    )
    #expect(NodePortAllocator().range.count == 2768)
    #expect(NodePortAllocator().firstDynamicPort == 30_086)
  }

  /// min(max(16, N/16), 256), none for 16 addresses and fewer.
  @Test(arguments: [(12, 256), (20, 256), (21, 128), (24, 16), (26, 16), (27, 16), (28, 0)])
  func staticBandOfAddresses(prefixLength: Int, size: Int) throws {
    let base = try #require(IPv4Address("10.0.0.0"))
    let range = try #require(IPv4Range(base, prefixLength: prefixLength))
    let allocator = ClusterIPAllocator(range: range)
    #expect(allocator.firstDynamicAddress == range.usable(size))
  }

  /// min(max(16, N/32), 128).
  @Test(arguments: [(30_000...32_767, 86), (30_000...39_999, 128), (100...131, 16), (100...115, 0)])
  func staticBandOfPorts(range: ClosedRange<Int>, size: Int) {
    #expect(NodePortAllocator(range: range).firstDynamicPort == range.lowerBound + size)
  }

  @Test(arguments: [
    "10.96.0.0/12", "192.168.4.0/24", "10.0.0.0/8",
  ])
  func rangesAreReadAndWritten(text: String) {
    #expect(IPv4Range(text)?.description == text)
  }

  @Test(arguments: [
    "", "10.96.0.0", "10.96.0.0/12/1", "10.96.0.1/12", "10.96.0/12", "10.96.0.0/7", "10.96.0.0/31",
    "10.96.0.0/012", "256.0.0.0/8", "10.96.00.0/12", "10.96.0.0/+12", "a.b.c.d/12",
  ])
  func badRangesAreRefused(text: String) { #expect(IPv4Range(text) == nil) }

  /// Every address once, the upper band before the lower one, then nothing.
  @Test(arguments: 1...5)
  func addressesNeverRepeatAndTheLowerBandComesLast(seed: UInt64) throws {
    let range = try #require(IPv4Range("10.0.0.0/25"))
    var allocator = ClusterIPAllocator(range: range)
    var generator = Generator(state: seed)
    var seen: [IPv4Address] = []
    for _ in 0..<range.usableCount { seen.append(try allocator.allocateNext(&generator)) }
    #expect(Set(seen).count == 126)
    #expect(seen.prefix(110).allSatisfy { $0 >= allocator.firstDynamicAddress })
    #expect(seen.suffix(16).allSatisfy { $0 < allocator.firstDynamicAddress })
    #expect(throws: AllocationProblem.full) { try allocator.allocateNext(&generator) }
    allocator.release("10.0.0.77")
    #expect(try allocator.allocateNext(&generator).description == "10.0.0.77")
  }

  /// A model that only remembers what is taken must agree with every answer.
  @Test(arguments: 1...20)
  func portsAgreeWithASetUnderRandomUse(seed: UInt64) throws {
    var allocator = NodePortAllocator(range: 30_000...30_039)
    var generator = Generator(state: seed)
    var model: Set<Int> = []
    for _ in 0..<400 {
      let port = 30_000 + Int(generator.below(40))
      switch generator.below(3) {
      case 0:
        let isFree = model.insert(port).inserted
        #expect(((try? allocator.allocate(port)) != nil) == isFree)
      case 1:
        if model.count == 40 { continue }
        let picked = try allocator.allocateNext(&generator)
        #expect(model.insert(picked).inserted)
        if picked < 30_016 { #expect(model.isSuperset(of: 30_016...30_039)) }
      default:
        model.remove(port)
        allocator.release(port)
      }
      #expect(allocator.takenCount == model.count)
    }
  }

  @Test func refusalsSpeakLikeTheAPIServer() {
    var addresses = ClusterIPAllocator()
    #expect(throws: AllocationProblem.self) { try addresses.allocate("10.95.255.255") }
    #expect(throws: AllocationProblem.self) { try addresses.allocate("10.96.0.0") }
    #expect(throws: AllocationProblem.self) { try addresses.allocate("10.111.255.255") }
    #expect(throws: AllocationProblem.self) { try addresses.allocate("fd00::1") }
    #expect(
      AllocationProblem.addressNotInRange("1.1.1.1", range: .services).description
        == "the provided IP (1.1.1.1) is not in the valid range. "
        + "The range of valid IPs is 10.96.0.0/12"
    )
    var ports = NodePortAllocator()
    #expect(throws: AllocationProblem.portNotInRange(30_000...32_767)) {
      try ports.allocate(8080)
    }
  }
}
