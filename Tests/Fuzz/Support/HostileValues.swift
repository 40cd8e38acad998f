/// Values that numbers are known to break on, as a YAML file would hold them.
package enum HostileValues {
  /// Nothing of this is a value of any numeric field of a scenario.
  package static let neverNumbers = [
    ".nan", ".NaN", "nan", ".inf", "-.inf", "+.Inf", "infinity", "1e30", "-1e30", "1e400", "-1",
    "-1s", "-5s", "-0.5/s", "1e30s", "0x7fffffffffffffff", "0x10", "0o17", "0b101",
    "017", "1_000_000_000_000_000_000_000", "1:30", "+5", "9223372036854775808",
    "18446744073709551616", "99999999999999999999", "99999999999999999999h", "1000000000000/s",
    "-9223372036854775809", "5 s", "5 apples", "5s5", "5d", "5%%", "1e", "--1",
    "١٢", "５", "½", "", "~", "''", "' '", "abc", "[1, 2, 3]", "[]", "{a: 1}", "{}",
  ]

  /// What some numeric field may take, and any other must refuse.
  package static let sometimesNumbers = [
    "1e3/s", "1.", "0", "-0", "-0.0", "0s", "0%", "0/s", "1e-400", "1", "0.1", "5s", "5", "1e0",
    "1E6", "100%",
    "100.0000001%", "0.0000000001ns", "9223372036854775807ns", "2305843009213693951ns",
    "2562047h47m16.854775807s", "9007199254740993", "9223372036854775807", "2147483647",
    "2147483648", "4294967296", "1e6/s", "1000000/s", "1/h", "1e-300/s", "5m", "5Mi", "1000m",
    "9223372036854775807m", "0.0000001", "1e-40", "8Ei", "9999999.99 USD", "1.0000001 USD",
    "0.0.0.0/8", "255.255.255.252/30", "unlimited", "1,000", "[0s, 0s]", "[1h, 0s]", "true",
    "0.99999999999999999999", "1e15", "\"5\"", "!!int 5", "!!str 5", "2 # two",
  ]

  /// All of them.
  package static let all = neverNumbers + sometimesNumbers
}
