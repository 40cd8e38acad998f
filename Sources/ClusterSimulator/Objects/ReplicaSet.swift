/// The pods made from one template of a workload: a ReplicaSet of a Deployment, or one revision of
/// a StatefulSet.
struct ReplicaSet: BitwiseCopyable {
  // Set once.
  let workload: Int32
  /// Its place among the workload's templates.
  let revision: Int32

  // Controllers/DeploymentController; the other workloads' controllers for theirs.
  /// `spec.replicas`.
  var replicas = 0
  /// The Deployment's size and its size with surge when this set was last scaled: annotations.
  var recordedDesired = 0
  var recordedMaximum = 0

  // Controllers/ReplicaSetController
  /// Creations and deletions under way: the controller's expectations.
  var pendingCalls = 0
}
