/// A CronJob (batch/v1) with the API's defaults filled in.
package struct CronJob: Sendable {
  /// What happens when a run is due while another one goes on.
  package enum ConcurrencyPolicy: String, CaseIterable, Sendable {
    case allow = "Allow"
    case forbid = "Forbid"
    case replace = "Replace"
  }
  package var metadata: ObjectMeta
  package var schedule: CronSchedule
  package var timeZone: String?
  package var concurrencyPolicy: ConcurrencyPolicy
  package var startingDeadlineSeconds: Int?
  package var isSuspended: Bool
  /// How many finished Jobs are kept.
  package var successfulJobsHistoryLimit: Int
  package var failedJobsHistoryLimit: Int
  package var job: JobSpec
  package var mark: SourceMark

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> CronJob? {
    // A Job's name is this one and eleven characters more.
    let metadata = ObjectMeta.read(&object, name: .short(52))
    object.accept(["status"])
    defer { object.finish() }
    guard var spec = object.mapping("spec") else {
      object.required("'spec' must be given", field: "spec")
      return nil
    }
    let schedule = readSchedule(&spec)
    let zone = readTimeZone(&spec)
    let policy = spec.word("concurrencyPolicy", as: ConcurrencyPolicy.self) ?? .allow
    let deadline = spec.natural("startingDeadlineSeconds")
    let isSuspended = spec.bool("suspend", default: false)
    let successes = spec.natural("successfulJobsHistoryLimit") ?? 3
    let failures = spec.natural("failedJobsHistoryLimit") ?? 1
    let job = readTemplate(&spec)
    spec.finish()
    guard let metadata, let schedule, let job else { return nil }
    return CronJob(
      metadata: metadata,
      schedule: schedule,
      timeZone: zone,
      concurrencyPolicy: policy,
      startingDeadlineSeconds: deadline,
      isSuspended: isSuspended,
      successfulJobsHistoryLimit: successes,
      failedJobsHistoryLimit: failures,
      job: job,
      mark: object.mark
    )
  }

  private static func readTemplate(_ spec: inout FieldReader) -> JobSpec? {
    guard var template = spec.mapping("jobTemplate") else {
      spec.required("'jobTemplate' must be given", field: "jobTemplate")
      return nil
    }
    _ = ObjectMeta.readTemplate(&template)
    let job = JobSpec.read(&template)
    template.finish()
    return job
  }

  private static func readSchedule(_ spec: inout FieldReader) -> CronSchedule? {
    guard let text = spec.requiredString("schedule")?.value else { return nil }
    do throws(CronSchedule.Problem) {
      return try CronSchedule(parsing: text)
    } catch {
      spec.invalid(text, error.message, field: "schedule")
      return nil
    }
  }

  /// Names of time zones are not known here; only what can be none is refused.
  private static func readTimeZone(_ spec: inout FieldReader) -> String? {
    guard let zone = spec.string("timeZone") else { return nil }
    // Runs know no other time than this one.
    spec.warnNotSimulated("timeZone", unless: ["UTC", "Etc/UTC"].contains(zone))
    let isShaped =
      !zone.isEmpty && !zone.hasPrefix("/") && !zone.contains("..")
      && zone.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII
          && (scalar.properties.isAlphabetic
            || "0123456789-_+/".unicodeScalars.contains(scalar))
      }
    if !isShaped {
      spec.invalid(zone, "unknown time zone", field: "timeZone")
    } else if zone.lowercased() == "local" {
      spec.invalid(zone, "must be an explicit time zone", field: "timeZone")
    }
    return zone
  }
}
