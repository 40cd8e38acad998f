import ClusterState
import KubernetesManifests
import Reports

/// `kubectl get jobs`.
enum JobsResource: ResourceTable {
  static let name = "jobs"
  static let shortNames = ["job"]
  static let apiVersion = "batch/v1"
  static let kind = "Job"
  static let isNamespaced = true
  static let columns = ["NAME", "STATUS", "COMPLETIONS", "DURATION", "AGE"] + wideColumns
  static let wideColumns = ["CONTAINERS", "IMAGES", "SELECTOR"]

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.sortedJobs.map { job in
      ResourceRow(
        job.key.namespace,
        job.key.name,
        labels: job.labels,
        [
          job.key.name, job.word, completions(job),
          job.duration.map { KubectlDuration.text($0) } ?? "", KubectlDuration.text(job.age),
        ] + job.spec.template.containerCells + [job.selector.text]
      )
    }
  }

  private static func completions(_ job: ClusterPicture.Job) -> String {
    if let wanted = job.spec.completions { return "\(job.succeeded)/\(wanted)" }
    let width = job.spec.parallelism
    return width > 1 ? "\(job.succeeded)/1 of \(width)" : "\(job.succeeded)/1"
  }

  static func objects(of picture: ClusterPicture) -> [JSON] {
    picture.sortedJobs.map { job in
      KubernetesObject.json(
        self,
        KubernetesObject.metadata(job.key, labels: job.labels, created: job.age, in: picture),
        spec: job.spec.json,
        status: .fields([
          "active": .positive(job.active),
          "succeeded": .positive(job.succeeded),
          "failed": .positive(job.failed),
          "conditions": .list(
            job.isComplete ? [KubernetesObject.condition("Complete", true)] : []
          ),
        ])
      )
    }
  }
}

/// `kubectl get cronjobs`.
enum CronJobsResource: ResourceTable {
  static let name = "cronjobs"
  static let shortNames = ["cj", "cronjob"]
  static let apiVersion = "batch/v1"
  static let kind = "CronJob"
  static let isNamespaced = true
  static let columns =
    ["NAME", "SCHEDULE", "TIMEZONE", "SUSPEND", "ACTIVE", "LAST SCHEDULE", "AGE"] + wideColumns
  static let wideColumns = ["CONTAINERS", "IMAGES", "SELECTOR"]

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    sorted(picture).map { job in
      ResourceRow(
        job.metadata.namespace,
        job.metadata.name.value,
        labels: job.metadata.labels,
        [
          job.metadata.name.value, job.schedule.text, job.timeZone ?? "<none>",
          job.isSuspended ? "True" : "False", "0", "<none>", KubectlDuration.text(picture.age),
        ] + job.job.template.containerCells + ["<none>"]
      )
    }
  }

  private static func sorted(_ picture: ClusterPicture) -> [CronJob] {
    picture.manifests.cronJobs.sorted {
      ($0.metadata.namespace, $0.metadata.name.value)
        < ($1.metadata.namespace, $1.metadata.name.value)
    }
  }

  static func objects(of picture: ClusterPicture) -> [JSON] {
    sorted(picture).map { job in
      KubernetesObject.json(
        self,
        KubernetesObject.metadata(
          ObjectKey(job.metadata.namespace, job.metadata.name.value),
          labels: job.metadata.labels,
          annotations: job.metadata.annotations,
          created: picture.age,
          in: picture
        ),
        spec: .fields([
          "schedule": .string(job.schedule.text), "timeZone": .text(job.timeZone),
          "concurrencyPolicy": .string(job.concurrencyPolicy.rawValue),
          "startingDeadlineSeconds": .count(job.startingDeadlineSeconds),
          "suspend": .bool(job.isSuspended), "jobTemplate": .fields(["spec": job.job.json]),
        ]),
        status: .fields([:])
      )
    }
  }
}

extension JobSpec {
  fileprivate var json: JSON {
    .fields([
      "parallelism": .integer(parallelism), "completions": .count(completions),
      "completionMode": .string(completionMode.rawValue), "backoffLimit": .integer(backoffLimit),
      "activeDeadlineSeconds": .count(activeDeadlineSeconds),
      "ttlSecondsAfterFinished": .count(ttlSecondsAfterFinished), "suspend": .bool(isSuspended),
      "template": template.json,
    ])
  }
}

extension ClusterPicture {
  var sortedJobs: [Job] { jobs.sorted { $0.key < $1.key } }
}

extension ClusterPicture.Job {
  /// The word under STATUS.
  var word: String {
    if isComplete { return "Complete" }
    if failed > spec.backoffLimit { return "Failed" }
    return spec.isSuspended ? "Suspended" : "Running"
  }

  /// What the API server makes up for a Job without a selector, by its name instead of its UID.
  var selector: LabelSelector {
    var selector = LabelSelector()
    selector.matchLabels = Labels([("batch.kubernetes.io/job-name", key.name)])
    return selector
  }
}
