import Diagnosis
import Foundation
import KubernetesManifests
import Testing

/// Looking at three times as many objects takes about three times as long, not nine times.
@Suite(.serialized) struct EffortTests {
  /// What is done to each workload and its Service.
  enum Fault {
    case none
    case selector
    case budget
    case address
    case variable
  }

  private static func objects(_ index: Int, _ fault: Fault) -> String {
    let name = "service-\(index)"
    let selected = fault == .selector ? "servce-\(index)" : name
    let value =
      switch fault {
      case .address: "http://10.0.\(index / 250).\(index % 250)/"
      case .variable: "$(SERVICE_\(index)_SERVICE_HOST)"
      default: "none"
      }
    return """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: \(name)}
      spec:
        replicas: 2
        selector: {matchLabels: {app: \(name)}}
        template:
          metadata: {labels: {app: \(name), tier: backend}}
          spec:
            containers:
              - name: server
                image: registry.example/server:1
                env: [{name: URL, value: "\(value)"}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: \(name)}
      spec: {selector: {app: \(selected)}, ports: [{port: 80, targetPort: 8080}]}
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: \(name)}
      spec:
        maxUnavailable: 1
        selector: {matchLabels: {app: \(fault == .budget ? "x" : name)}}
      ---
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: \(name)}
      spec:
        scaleTargetRef:
          apiVersion: apps/v1
          kind: Deployment
          name: \(name)
        minReplicas: 2
        maxReplicas: 4

      """
  }

  /// Processor seconds of this thread for all rules over so many Services, and their findings.
  private static func effort(_ count: Int, _ fault: Fault) throws -> (Double, [Finding]) {
    let files = stride(from: 0, to: count, by: 200).map { first in
      let text = (first..<min(first + 200, count)).map { objects($0, fault) }
      return InputFileReader.File(
        path: "manifests-\(first).yaml",
        bytes: Array(text.joined(separator: "---\n").utf8),
        sha256: ""
      )
    }
    let start = seconds()
    let findings = Examination.findings(in: try Examination.input(files).inventory)
    return (seconds() - start, findings)
  }

  private static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Misspelt names are not here: each is compared letter by letter with up to a thousand others.
  @Test(arguments: [Fault.none, .selector, .budget, .address, .variable])
  func effortGrowsWithTheNumberOfObjects(fault: Fault) throws {
    let size = 400
    let few = try Self.effort(size, fault)
    let many = try Self.effort(3 * size, fault)
    #expect(many.1.count >= 3 * few.1.count * 9 / 10)
    #expect(many.0 < 6 * few.0, "\(few.0) s for \(size) Services, \(many.0) s for three times more")
  }
}
