import Foundation
import TestSupport
import Testing

/// The helpers that other tests trust.
@Suite struct TestSupportTests {
  @Test(arguments: [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a,b\n1,", [["a", "b"], ["1", ""]]),
    ("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", [["a", "b"], ["x,y", "say \"hi\""]]),
    ("a\n\"two\nlines\"\n", [["a"], ["two\nlines"]]),
  ])
  func tablesAreRead(text: String, records: [[String]]) throws {
    let table = try CSVTable(parsing: text)
    #expect([table.header] + table.rows == records)
  }

  @Test(arguments: [("", 1), ("a,b\n1\n", 2), ("a\n\"open", 2), ("a\n\"b\"c\n", 2)])
  func malformedTablesAreRefused(text: String, line: Int) {
    let error = #expect(throws: CSVTable.Malformed.self) { try CSVTable(parsing: text) }
    #expect(error?.line == line)
  }

  @Test func rowsAreSelectedByCells() throws {
    let table = try CSVTable(parsing: "variant,n\na,1\nb,2\na,3\n")
    #expect(table.rows(where: ["variant": "a"]).map { $0["n"] } == ["1", "3"])
    #expect(table.column("n") == ["1", "2", "3"])
    #expect(table.column("m") == nil)
  }

  @Test(arguments: [
    ("a,b\n1,2\n", "a,b\n1,3\n", "row 1 (1, 2), column 'b': expected '2', found '3'"),
    ("a,b\n1,2\n", "a,c\n1,2\n", "columns [\"a\", \"b\"] became [\"a\", \"c\"]"),
    ("a\n1\n", "a\n1\n2\n", "1 rows became 2"),
    ("{\n  1,2\n}\n", "{\n  1,3\n}\n", "line 2: expected '  1,2', found '  1,3'"),
    ("a\n1\n", "a\r\n1\r\n", "line 1: expected 'a', found 'a\\r'"),
  ])
  func firstDifferenceIsNamed(expected: String, actual: String, message: String) {
    #expect(Golden.firstDifference(expected: expected, actual: actual) == message)
  }

  @Test func equalTextsHaveNoDifference() {
    #expect(Golden.firstDifference(expected: "a,b\n1,2\n", actual: "a,b\n1,2\n") == nil)
  }

  @Test func commandsAreCaptured() throws {
    let result = try runCommand(
      named: "sh",
      ["-c", "echo out; echo err >&2; echo \"$WORD\"; exit 3"],
      environment: ["WORD": "word"]
    )
    #expect(result.status == 3)
    #expect(result.output == "out\nword\n")
    #expect(result.errors == "err\n")
    #expect(!result.timedOut)
  }

  @Test func commandsAreStoppedInTime() throws {
    let result = try runCommand(named: "sleep", ["30"], timeout: 0.2)
    #expect(result.timedOut)
  }

  @Test func temporaryFoldersAreRemoved() throws {
    let folder = try withTemporaryDirectory { folder in
      #expect(FileManager.default.fileExists(atPath: folder.path))
      return folder
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path))
  }
}
