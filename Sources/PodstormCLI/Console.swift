import ArgumentParser
import Foundation

/// One of the two standard streams.
struct Console: Sendable {
  /// Results and nothing else.
  static let standardOutput = Console(descriptor: STDOUT_FILENO)
  /// Progress, warnings, remarks.
  static let standardError = Console(descriptor: STDERR_FILENO)

  var descriptor: Int32

  /// Puts something into standard streams that were closed, in which nothing can be read or
  /// written: the next file to be opened would take their place, and get what is meant for them.
  static func occupyClosedStreams() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Whether a person is watching.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Columns of the terminal; 80 where there is none.
  var width: Int {
    var size = winsize()
    guard isTerminal, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return 80
    }
    return Int(size.ws_col)
  }

  /// Writes results, which must not get lost; ends with 74 when they cannot be written.
  func deliver(_ text: String) throws(ExitCode) {
    if let code = write(text) {
      throw OutputFolder.cannotWrite("standard output", String(cString: strerror(code)))
    }
  }

  /// Writes all of the text; answers the system's error, a reader that went away being none.
  @discardableResult
  func write(_ text: String) -> Int32? {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes = bytes.dropFirst(count)
      } else if errno == EAGAIN {
        // Somebody else made the stream non-blocking.
        var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&room, 1, -1)
      } else if errno != EINTR {
        return errno == EPIPE ? nil : errno
      }
    }
    return nil
  }
}

/// `--color`.
enum ColorChoice: String, CaseIterable, Sendable {
  case auto
  case always
  case never

  /// Whether to colour what goes to the stream; `NO_COLOR` decides only when nothing was asked.
  func isOn(for console: Console) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      let environment = ProcessInfo.processInfo.environment
      let isRefused = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
      return console.isTerminal && !isRefused
    }
  }
}
