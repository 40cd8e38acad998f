/// Limits on files, lines and functions.
let sizeRules: [Rule] = [
  Rule(
    name: "file length",
    advice: "at most 500 lines: one concept a file, split by noun",
    covers: isProgram,
    findings: { file in
      file.lines.count <= 501
        ? [] : [Finding(line: 501, text: "\(file.lines.count - 1) lines")]
    },
    bad: Sample("Sources/A/B.swift", String(repeating: "let x = 1\n", count: 501)),
    good: Sample("Sources/A/B.swift", String(repeating: "let x = 1\n", count: 500))
  ),
  Rule(
    name: "line length",
    advice: "at most 100 columns",
    covers: isProgram,
    findings: { file in
      file.lines.indices.filter { file.lines[$0].count > 100 }
        .map { Finding(line: $0 + 1, text: file.lines[$0]) }
    },
    bad: Sample("Sources/A/B.swift", "// " + String(repeating: "a", count: 98)),
    good: Sample("Sources/A/B.swift", "// " + String(repeating: "é", count: 97))
  ),
  Rule(
    name: "function length",
    advice: "at most 60 lines from signature to closing brace: extract a named step",
    covers: { $0.hasSuffix(".swift") },
    findings: { longFunctions(in: $0, limit: 60) },
    bad: Sample(
      "Sources/A/B.swift",
      "func f() {\n" + String(repeating: "  g()\n", count: 59) + "}\n"
    ),
    good: Sample(
      "Sources/A/B.swift",
      "protocol P {\n  func h()\n}\nfunc f() {\n" + String(repeating: "  g()\n", count: 58)
        + "}\n"
    )
  ),
  Rule(
    name: "white space",
    advice: "no tab, no carriage return, no blank at a line's end, one line feed at the file's end",
    covers: { isText($0) && $0 != "Makefile" },
    findings: { file in
      var findings = file.findings(inText: /\t|\r|\s$/)
      if file.lines.count > 1, file.lines.suffix(2) == ["", ""] || file.lines.last != "" {
        findings.append(Finding(line: file.lines.count, text: "the file's end"))
      }
      return findings
    },
    bad: Sample("docs/A.md", "# A \n"),
    good: Sample("docs/A.md", "# A\n\nb c\n")
  ),
]

/// Files that hold a program or a program's build.
@Sendable func isProgram(_ path: String) -> Bool {
  path.hasSuffix(".swift") || path.hasSuffix(".py") || path.hasSuffix(".sh")
}

/// Files that people write.
@Sendable func isText(_ path: String) -> Bool {
  let endings = [".swift", ".py", ".sh", ".md", ".yaml", ".yml", ".vl.json", "Makefile", "run"]
  return endings.contains { path.hasSuffix($0) }
}

/// Functions, initialisers and subscripts whose lines exceed the limit.
func longFunctions(in file: SourceText, limit: Int) -> [Finding] {
  let bytes = Array(file.code.joined(separator: "\n").utf8)
  var lineStarts = [0]
  for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
    lineStarts.append(index + 1)
  }
  let declaration = /^\s*(?:@\w+(?:\([^)]*\))?\s+|\w+(?:\(set\))?\s+)*?(?:func|init|subscript)\b/
  return file.code.indices.compactMap { index in
    guard file.code[index].contains(declaration),
      let end = endOfBody(in: bytes, from: lineStarts[index])
    else { return nil }
    let last = lineStarts.lastIndex { $0 <= end } ?? index
    let count = last - index + 1
    return count <= limit
      ? nil : Finding(line: index + 1, text: "\(count) lines: \(file.lines[index])")
  }
}

/// Where the body that a declaration opens is closed; `nil` for one without a body.
///
/// The body opens at the first brace outside parentheses and brackets. A line that starts with a
/// new declaration or a closing brace first means a requirement of a protocol.
private func endOfBody(in bytes: [UInt8], from start: Int) -> Int? {
  var depth = 0
  var braces = 0
  for index in start..<bytes.count {
    switch bytes[index] {
    case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
    case UInt8(ascii: "{"): if depth == 0 || braces > 0 { braces += 1 }
    case UInt8(ascii: "}"):
      if braces == 0, depth == 0 { return nil }
      if braces > 0 { braces -= 1 }
      if braces == 0, depth == 0 { return index }
    case UInt8(ascii: "\n"):
      if braces == 0, depth == 0, startsDeclaration(bytes[(index + 1)...]) { return nil }
    default: break
    }
  }
  return nil
}

private func startsDeclaration(_ bytes: ArraySlice<UInt8>) -> Bool {
  let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  return line.contains(/^\s*(package|public|private|static|mutating|func|init|var|let|case|@)\b/)
    || line.allSatisfy(\.isWhitespace)
}
