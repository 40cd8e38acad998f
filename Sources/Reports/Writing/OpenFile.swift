#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// What is done with the descriptor of a file that was opened for writing.
enum OpenFile {
  /// Writes everything and closes the file.
  static func write(
    _ bytes: [UInt8],
    to descriptor: Int32,
    named path: String
  ) throws(WriteError) {
    guard writeAll(bytes, to: descriptor) else {
      let code = errno
      _ = close(descriptor)
      throw WriteError(path: path, code: code)
    }
    guard close(descriptor) == 0 else { throw WriteError(path: path) }
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let rest = UnsafeRawBufferPointer(rebasing: buffer[done...])
        let count = writeSome(descriptor, rest.baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        done += count
      }
      return true
    }
  }
}

/// The system's function, which the method of the same name hides.
private func writeSome(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
