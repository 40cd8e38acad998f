/// A Job (batch/v1) with the API's defaults filled in.
package struct Job: Sendable {
  package var metadata: ObjectMeta
  package var spec: JobSpec
  package var mark: SourceMark

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> Job? {
    let metadata = ObjectMeta.read(&object, name: .subdomain)
    object.accept(["status"])
    defer { object.finish() }
    guard let spec = JobSpec.read(&object), let metadata else { return nil }
    return Job(metadata: metadata, spec: spec, mark: object.mark)
  }
}

/// What a Job runs, how often and how many at a time.
package struct JobSpec: Sendable {
  /// Whether pods have numbers.
  package enum CompletionMode: String, CaseIterable, Sendable {
    case nonIndexed = "NonIndexed"
    case indexed = "Indexed"
  }
  package var parallelism: Int
  /// `nil` when any success is enough, as for a work queue.
  package var completions: Int?
  package var completionMode: CompletionMode
  package var backoffLimit: Int
  package var activeDeadlineSeconds: Int?
  package var ttlSecondsAfterFinished: Int?
  package var isSuspended: Bool
  package var template: PodTemplate

  /// Pods of an indexed Job have no more numbers than this.
  private static let mostIndexed = 100_000

  /// Reads `spec` of a Job or of a CronJob's template.
  static func read(_ object: inout FieldReader) -> JobSpec? {
    guard var spec = object.mapping("spec") else {
      object.required("'spec' must be given", field: "spec")
      return nil
    }
    let parallelism = spec.natural("parallelism")
    let completions = spec.natural("completions")
    let mode = spec.word("completionMode", as: CompletionMode.self) ?? .nonIndexed
    let limit = spec.natural("backoffLimit") ?? 6
    let deadline = spec.natural("activeDeadlineSeconds")
    let ttl = spec.natural("ttlSecondsAfterFinished")
    let isSuspended = spec.bool("suspend", default: false)
    check(&spec, mode: mode, parallelism: parallelism)
    readPolicies(&spec, mode: mode)
    let template = PodTemplate.read(&spec, owner: .job)
    if let template, spec.has("podFailurePolicy"), template.spec.restartPolicy != .never {
      spec.reader.report(
        "Invalid value: '\(template.spec.restartPolicy.rawValue)': "
          + "only 'Never' is supported when podFailurePolicy is specified",
        at: template.spec.mark,
        path: spec.path(of: "template.spec.restartPolicy")
      )
    }
    spec.finish()
    guard let template else { return nil }
    // Neither given is one pod; parallelism alone is a work queue.
    let isPlain = parallelism == nil && !spec.has("completions")
    return JobSpec(
      parallelism: parallelism ?? 1,
      completions: isPlain ? 1 : completions,
      completionMode: mode,
      backoffLimit: limit,
      activeDeadlineSeconds: deadline,
      ttlSecondsAfterFinished: ttl,
      isSuspended: isSuspended,
      template: template
    )
  }

  private static func check(_ spec: inout FieldReader, mode: CompletionMode, parallelism: Int?) {
    if mode == .indexed, !spec.has("completions") {
      spec.required("when completion mode is Indexed", field: "completions")
    }
    if mode == .indexed, let parallelism, parallelism > mostIndexed {
      spec.invalid(
        String(parallelism),
        "must be less than or equal to \(mostIndexed) when completion mode is Indexed",
        field: "parallelism"
      )
    }
    let isManual = spec.bool("manualSelector", default: false)
    let selector = LabelSelector.readOptional(&spec, "selector")
    if let selector, !isManual, !selector.value.isEmpty {
      spec.invalid(
        selector.value.matchLabels.text,
        "`selector` not auto-generated",
        field: "selector"
      )
    } else if isManual, selector == nil {
      spec.required("must be given when `manualSelector` is true", field: "selector")
    }
  }

  private enum Replacement: String, CaseIterable {
    case terminatingOrFailed = "TerminatingOrFailed"
    case failed = "Failed"
  }

  private static func readPolicies(_ spec: inout FieldReader, mode: CompletionMode) {
    _ = spec.word("podReplacementPolicy", as: Replacement.self)
    for name in ["backoffLimitPerIndex", "maxFailedIndexes"] {
      guard let number = spec.natural(name), mode == .nonIndexed else { continue }
      spec.invalid(String(number), "requires indexed completion mode", field: name)
    }
    if spec.has("successPolicy"), mode == .nonIndexed {
      spec.invalid("", "requires indexed completion mode", field: "successPolicy")
    }
    spec.accept(["successPolicy", "podFailurePolicy", "managedBy"])
  }
}
