import Foundation
import Reports
import SimKernel
import Testing

/// What a name in a file may try to break.
let hostileNames = [
  "", "plain", "a,b", "say \"cheese\"", "\"", "\"\"", "two\nlines", "cr\rlf\r\n", "tab\there",
  "nul\u{0}bell\u{7}del\u{7F}", "\u{1B}[31mred", "’quotes’ 中文 👩‍👩‍👧 \u{202E}rtl",
  " spaces ", "=1+1",
  "\\back\\",
  "\u{2028}\u{2029}", "</script>",
]

struct CSVWriterTests {
  @Test("any text reads back as it was", arguments: hostileNames)
  func roundTrip(name: String) {
    var csv = CSVWriter(header: [name, "b"])
    csv.add("x")
    csv.add(name)
    csv.endRow()
    csv.add(name)
    csv.add(name)
    csv.endRow()
    #expect(readCSV(csv.bytes) == [[name, "b"], ["x", name], [name, name]])
  }

  @Test("only what must be quoted is quoted")
  func quotes() {
    var csv = CSVWriter(header: ["a", "b", "c"])
    csv.add("x y")
    csv.add("x,y")
    csv.add("x\"y")
    csv.endRow()
    #expect(String(decoding: csv.bytes, as: UTF8.self) == "a,b,c\nx y,\"x,y\",\"x\"\"y\"\n")
  }

  @Test("numbers, times and missing values")
  func cells() {
    var csv = CSVWriter(header: (1...10).map { "c\($0)" })
    csv.add(Int.min)
    csv.add(Int.max)
    csv.add(0)
    csv.add(number: 0.1 + 0.2)
    csv.add(number: .nan)
    csv.add(number: nil)
    csv.add(latency: 1_500_000)
    csv.add(latency: -1)
    csv.add(seconds: SimTime.never)
    csv.add(seconds: SimDuration.milliseconds(2_500))
    csv.endRow()
    let expected = [
      "-9223372036854775808", "9223372036854775807", "0", "0.3", "", "", "1.5", "", "", "2.5",
    ]
    #expect(readCSV(csv.bytes).last == expected)
  }
}

struct JSONTests {
  @Test("any text reads back through Foundation's parser", arguments: hostileNames)
  func roundTrip(name: String) throws {
    let bytes = JSON.object([("key", .array([.string(name)])), (name + "!", .bool(true))]).bytes()
    let read = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    #expect(read?["key"] as? [String] == [name])
    #expect(read?[name + "!"] as? Bool == true)
  }

  @Test("keys keep their order, and what JSON cannot say becomes null")
  func layout() {
    let json = JSON.object([
      ("z", .integer(1)), ("a", .number(0.5)), ("n", .number(.nan)), ("e", .array([])),
      ("o", .object([])), ("i", .optional(nil)), ("s", .optional("t")),
    ])
    let expected = """
      {
        "z": 1,
        "a": 0.5,
        "n": null,
        "e": [],
        "o": {},
        "i": null,
        "s": "t"
      }

      """
    #expect(String(decoding: json.bytes(), as: UTF8.self) == expected)
  }

  @Test("control characters are escaped, so that no reader and no terminal sees them")
  func noControlCharacters() {
    let bytes = JSON.string(hostileNames.joined()).bytes().dropLast()
    #expect(bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
  }
}
