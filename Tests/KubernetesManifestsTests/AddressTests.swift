import KubernetesManifests
import Testing

@Suite struct AddressTests {
  @Test(arguments: [
    ("10.0.0.1", [10, 0, 0, 1]), ("255.255.255.255", [255, 255, 255, 255]),
    ("::", Array(repeating: 0, count: 16)), ("::1", Array(repeating: 0, count: 15) + [1]),
    (
      "2001:db8::ff00:42",
      [0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0, 0, 0x42]
    ),
    ("1:2:3:4:5:6:7:8", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]),
    ("::ffff:10.0.0.1", Array(repeating: 0, count: 10) + [255, 255, 10, 0, 0, 1]),
    ("fe80::", [0xFE, 0x80] + Array(repeating: 0, count: 14)),
  ])
  func addressesAreRead(_ text: String, _ bytes: [UInt8]) {
    #expect(IPAddress(text)?.bytes == bytes)
  }

  @Test(arguments: [
    "", "10.0.0", "10.0.0.0.1", "10.0.0.256", "10.0.0.01", "10.0.0.-1", " 10.0.0.1", "10.0.0.1 ",
    "a.b.c.d", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", ":::", "12345::", "g::", ":1",
    "1:", "1:2:3:4:5:6:7:8::", "10.0.0.1::", "::10.0.0", "fe80::1%eth0", "١.0.0.1",
  ])
  func othersAreNot(_ text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test(arguments: [
    ("10.96.0.0/12", 12), ("0.0.0.0/0", 0), ("10.0.0.1/32", 32), ("fd00::/8", 8), ("::/0", 0),
  ])
  func rangesAreRead(_ text: String, _ length: Int) {
    #expect(AddressRange(text)?.prefixLength == length)
  }

  @Test(arguments: [
    "10.96.0.1/12", "10.0.0.0/33", "10.0.0.0", "10.0.0.0/", "10.0.0.0/08", "/8", "fd00::/129",
    "10.0.0.0/8/8", "10.0.0.0/-1",
  ])
  func otherRangesAreNot(_ text: String) {
    #expect(AddressRange(text) == nil)
  }

  @Test func offsetsCarry() throws {
    let range = try #require(AddressRange("10.96.0.0/12"))
    #expect(range.address(at: 10) == IPAddress("10.96.0.10"))
    #expect(range.address(at: 256) == IPAddress("10.96.1.0"))
    #expect(AddressRange("10.0.0.0/30")?.address(at: 4) == nil)
    #expect(AddressRange("255.255.255.254/31")?.address(at: 2) == nil)
  }
}
