"""A cluster of any size as manifests and a scenario, the way a user would give it to podstorm.

One Deployment is large and is rolled; all others share the remaining pods as evenly as possible.
Every Deployment has one Service in front of it, and namespaces hold 500 of each.
"""

import pathlib

SERVICES_PER_NAMESPACE = 500

OBJECTS = """\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}, namespace: {namespace}, labels: {{app: {name}}}}}
spec:
  replicas: {replicas}
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}, tier: backend}}}}
    spec:
      terminationGracePeriodSeconds: 30
      containers:
        - name: server
          image: registry.example/{name}:1.0.0
          ports: [{{name: http, containerPort: 8080}}]
          resources: {{requests: {{cpu: 100m, memory: 256Mi}}}}
          lifecycle: {{preStop: {{sleep: {{seconds: 5}}}}}}
          readinessProbe:
            httpGet: {{path: /healthz, port: http}}
            periodSeconds: 10
---
apiVersion: v1
kind: Service
metadata: {{name: {name}, namespace: {namespace}}}
spec:
  selector: {{app: {name}}}
  ports: [{{name: http, port: 80, targetPort: http}}]
"""

SCENARIO = """\
apiVersion: podstorm/v1
kind: Scenario
metadata: {{name: large-cluster}}
spec:
  manifests: [manifests/]
  run: {{duration: {duration}, window: 10s, seed: 1, replications: 1}}
  cluster:
    nodes: {nodes}
    zones: 3
    podCIDR: 10.128.0.0/9
    nodeCIDRMaskSize: 24
  workloads:
    team-00/deployment/service-00000:
      concurrency: 16
      serviceTime: 20ms
      startup: 2s
  traffic:
    - name: users
      arrivals: {{poisson: {{rate: 100/s}}}}
      target: http://service-00000.team-00/
      routing: dns
      timeout: 2s
  {operations}
  output: {{tables: [summary, events, endpoints]}}
"""


def namespace(index):
    return f"team-{index // SERVICES_PER_NAMESPACE:02}"


def sizes(pods, services, large):
    """Replicas of each Deployment, the rolled one first."""
    small, more = divmod(pods - large, services - 1)
    return [large] + [small + (index < more) for index in range(services - 1)]


def write(folder, nodes, pods, services, large, duration, rollout_at=None):
    """Writes scenario.yaml and a manifest file for each namespace; returns the objects' number."""
    folder = pathlib.Path(folder)
    (folder / "manifests").mkdir(parents=True, exist_ok=True)
    files = {}
    for index, replicas in enumerate(sizes(pods, services, large)):
        text = OBJECTS.format(
            name=f"service-{index:05}", namespace=namespace(index), replicas=replicas
        )
        files.setdefault(namespace(index), []).append(text)
    for name, texts in files.items():
        (folder / "manifests" / f"{name}.yaml").write_text("---\n".join(texts))
    operations = ""
    if rollout_at:
        operations = (
            f"operations: [{{at: {rollout_at}, setImage: {{workload: service-00000, "
            'image: "registry.example/service-00000:1.0.1"}}]'
        )
    (folder / "scenario.yaml").write_text(
        SCENARIO.format(nodes=nodes, duration=duration, operations=operations)
    )
    return 2 * services


if __name__ == "__main__":
    import sys

    target, *numbers = sys.argv[1:]
    at = numbers.pop() if len(numbers) == 6 else None
    write(target, *map(int, numbers[:4]), numbers[4], at)
