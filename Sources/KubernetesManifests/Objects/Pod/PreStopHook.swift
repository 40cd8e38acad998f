/// What a container does before it is sent SIGTERM.
package enum PreStopHook: Hashable, Sendable {
  /// Waits, by the `sleep` action or a `sleep N` command.
  case sleep(seconds: Int)
  /// Some other command or request, whose length the manifest does not say.
  case other

  /// Reads `lifecycle.preStop` of a container.
  static func read(_ container: inout FieldReader, gracePeriod: Int) -> PreStopHook? {
    guard var lifecycle = container.mapping("lifecycle") else { return nil }
    lifecycle.acceptNotSimulated(["postStart"])
    lifecycle.accept(["stopSignal"])
    defer { lifecycle.finish() }
    guard var hook = lifecycle.mapping("preStop") else { return nil }
    defer { hook.finish() }
    hook.accept(["httpGet", "tcpSocket"])
    let given = ["sleep", "exec", "httpGet", "tcpSocket"].filter(hook.has)
    if given.count > 1 {
      hook.forbidden("may not specify more than 1 handler type", field: given[1])
    }
    if var sleep = hook.mapping("sleep") {
      let seconds = sleep.number("seconds", in: 0...gracePeriod, required: true)
      sleep.finish()
      hook.accept(["exec"])
      return seconds.map { .sleep(seconds: $0) }
    }
    if var exec = hook.mapping("exec") {
      let command = exec.sequence("command")
        .compactMap { exec.reader.string($0.value, path: $0.path) }
      exec.finish()
      if let seconds = sleepSeconds(command) { return .sleep(seconds: seconds) }
    }
    if given.isEmpty {
      hook.required("must specify a handler type", field: "")
    } else if !hook.reader.isReadingUnsimulatedKind {
      hook.reader.warn(
        "only a `preStop` that sleeps is simulated",
        at: hook.mark,
        path: hook.path,
        hint: "its length is taken as zero; write sleep: {seconds: N}"
      )
    }
    return .other
  }

  /// The seconds of `sleep N`, bare or as the whole script of a shell.
  private static func sleepSeconds(_ command: [String]) -> Int? {
    var words = command
    let shells = ["sh", "bash", "ash", "dash"]
    if words.count == 3, shells.contains(baseName(words[0])), words[1] == "-c" {
      words = words[2].split(separator: " ").map(String.init)
    }
    guard words.count == 2, baseName(words[0]) == "sleep" else { return nil }
    let digits = words[1].hasSuffix("s") ? String(words[1].dropLast()) : words[1]
    guard DecimalSyntax.isInteger(digits), let seconds = Int(digits) else { return nil }
    return (0...Int(Int32.max)).contains(seconds) ? seconds : nil
  }

  private static func baseName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
