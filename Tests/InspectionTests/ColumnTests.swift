import Inspection
import Testing

/// Headers and cells as `pkg/printers/internalversion/printers.go` has them.
@Suite struct ColumnTests {
  @Test(arguments: [
    (
      "po",
      "NAME READY STATUS RESTARTS AGE | IP NODE NOMINATED·NODE READINESS·GATES"
    ),
    ("svc", "NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE | SELECTOR"),
    ("ep", "NAME ENDPOINTS AGE |"),
    ("endpointslices", "NAME ADDRESSTYPE PORTS ENDPOINTS AGE |"),
    ("deploy", "NAME READY UP-TO-DATE AVAILABLE AGE | CONTAINERS IMAGES SELECTOR"),
    ("rs", "NAME DESIRED CURRENT READY AGE | CONTAINERS IMAGES SELECTOR"),
    ("sts", "NAME READY AGE | CONTAINERS IMAGES"),
    (
      "ds",
      "NAME DESIRED CURRENT READY UP-TO-DATE AVAILABLE NODE·SELECTOR AGE"
        + " | CONTAINERS IMAGES SELECTOR"
    ),
    ("jobs", "NAME STATUS COMPLETIONS DURATION AGE | CONTAINERS IMAGES SELECTOR"),
    (
      "cj",
      "NAME SCHEDULE TIMEZONE SUSPEND ACTIVE LAST·SCHEDULE AGE | CONTAINERS IMAGES SELECTOR"
    ),
    ("hpa", "NAME REFERENCE TARGETS MINPODS MAXPODS REPLICAS AGE |"),
    ("pdb", "NAME MIN·AVAILABLE MAX·UNAVAILABLE ALLOWED·DISRUPTIONS AGE |"),
    ("ing", "NAME CLASS HOSTS ADDRESS PORTS AGE |"),
    ("ns", "NAME STATUS AGE |"),
    (
      "no",
      "NAME STATUS ROLES AGE VERSION"
        + " | INTERNAL-IP EXTERNAL-IP OS-IMAGE KERNEL-VERSION CONTAINER-RUNTIME"
    ),
    ("ev", "LAST·SEEN TYPE REASON OBJECT MESSAGE | SUBOBJECT SOURCE FIRST·SEEN COUNT NAME"),
  ])
  func headersAreThoseOfKubectl(resource: String, columns: String) throws {
    let table = try Pictures.resource(resource)
    let narrow = table.columns.filter { !table.wideColumns.contains($0) }
    let text = (narrow + ["|"] + table.wideColumns).map {
      $0.split(separator: " ").joined(separator: "·")
    }
    #expect(text.joined(separator: " ") == columns)
  }

  /// kubectl says `<none>` without any address, nothing when none is ready, and shows three.
  @Test(arguments: [
    (0, "<none>"), (1, "10.244.0.2:8080"),
    (3, "10.244.0.2:8080,10.244.0.3:8080,10.244.0.4:8080"),
    (5, "10.244.0.2:8080,10.244.0.3:8080,10.244.0.4:8080 + 2 more..."),
  ])
  func endpointsAreShortenedAfterThree(replicas: Int, cell: String) throws {
    let service = """
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
      """
    let picture = try Pictures.settled(
      Pictures.deployment("web", replicas: replicas) + service,
      nodes: 1
    )
    let rows = try Pictures.rows(Pictures.resource("endpoints"), picture)
    #expect(rows.filter { $0[0] == "web" } == [["web", cell]])
  }

  /// Facts §11: 30 % of 7 may be three, 50 % of 7 must be four.
  @Test(arguments: [
    ("maxUnavailable: 30%", ["pdb", "N/A", "30%", "3"]),
    ("minAvailable: 50%", ["pdb", "50%", "N/A", "3"]),
    ("minAvailable: 7", ["pdb", "7", "N/A", "0"]),
    ("maxUnavailable: 1", ["pdb", "N/A", "1", "1"]),
  ])
  func budgetsCountTheirPods(bound: String, cells: [String]) throws {
    let budget = """
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: pdb}
      spec: {\(bound), selector: {matchLabels: {app: web}}}
      """
    let picture = try Pictures.settled(Pictures.deployment("web", replicas: 7) + budget)
    #expect(try Pictures.rows(Pictures.resource("pdb"), picture) == [cells])
  }

  @Test(arguments: [
    ("{completions: 3, parallelism: 2", "Complete", "3/3"),
    ("{parallelism: 2", "Complete", "1/1 of 2"), ("{parallelism: 1", "Complete", "1/1"),
    ("{completions: 3, suspend: true", "Suspended", "0/3"),
  ])
  func jobsAreOver(spec: String, status: String, completions: String) throws {
    let pod = "{restartPolicy: Never, containers: [{name: c, image: c}]}"
    let job = """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: once}
      spec: \(spec), template: {spec: \(pod)}}
      """
    let rows = try Pictures.rows(Pictures.resource("jobs"), Pictures.settled(job))
    #expect(rows == [["once", status, completions, ""]])
  }
}
