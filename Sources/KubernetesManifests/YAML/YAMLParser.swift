/// Reads the documents of a YAML or JSON file.
package enum YAMLParser {
  /// All documents that are not empty, in file order.
  ///
  /// Faults that leave the structure clear, such as a duplicate key, are reported and reading goes
  /// on; after a syntax error or a broken limit the rest of the file is given up.
  package static func documents(
    in bytes: [UInt8],
    file: String,
    limits: YAMLLimits = YAMLLimits(),
    into diagnostics: inout Diagnostics
  ) -> [YAMLValue] {
    let start = SourceMark(file: file, line: 1, column: 1)
    guard bytes.count <= limits.fileSize else {
      diagnostics.add(
        Diagnostic(
          .error,
          "the file has \(bytes.count) bytes, the limit is \(limits.fileSize)",
          at: start,
          hint: "split it into several files"
        )
      )
      return []
    }
    guard let text = SourceText(bytes, file: file, into: &diagnostics) else { return [] }
    return text.bytes.withUnsafeBufferPointer { buffer in
      guard var stream = YAMLEventStream(buffer) else {
        diagnostics.add(Diagnostic(.error, "not enough memory to read the file", at: start))
        return []
      }
      var builder = YAMLTreeBuilder(file: file, limits: limits)
      do throws(YAMLSyntaxError) {
        while !builder.isFinished { builder.accept(try stream.next()) }
      } catch {
        builder.fail(error, in: text.bytes)
      }
      for diagnostic in builder.diagnostics { diagnostics.add(diagnostic) }
      return builder.documents
    }
  }
}
