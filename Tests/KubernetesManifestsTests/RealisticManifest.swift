/// A manifest as found in production, with many legal fields that are not used here.
enum RealisticManifest {
  static let text = """
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
      labels: {pod-security.kubernetes.io/enforce: restricted}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: frontend
      namespace: shop
      creationTimestamp: null
      labels:
        app.kubernetes.io/name: frontend
        app.kubernetes.io/version: "1.27"
    spec:
      revisionHistoryLimit: 5
      minReadySeconds: 5
      progressDeadlineSeconds: 900
      selector:
        matchLabels: &labels
          app.kubernetes.io/name: frontend
      strategy:
        rollingUpdate: {maxSurge: 25%, maxUnavailable: 10%}
      template:
        metadata:
          creationTimestamp: null
          annotations: {prometheus.io/scrape: "true"}
          labels:
            <<: *labels
            tier: web
        spec:
          serviceAccountName: frontend
          automountServiceAccountToken: false
          imagePullSecrets: [{name: registry}]
          securityContext: {runAsNonRoot: true, fsGroup: 2000}
          nodeSelector: {kubernetes.io/arch: amd64}
          tolerations: [{key: spot, operator: Exists}]
          affinity:
            podAntiAffinity:
              preferredDuringSchedulingIgnoredDuringExecution: []
          topologySpreadConstraints:
            - maxSkew: 1
              topologyKey: topology.kubernetes.io/zone
              whenUnsatisfiable: ScheduleAnyway
          initContainers: [{name: migrate, image: "shop/migrate:3"}]
          restartPolicy: Always
          terminationGracePeriodSeconds: 60
          volumes:
            - name: cache
              emptyDir: {sizeLimit: 1Gi}
          containers:
            - name: web
              image: shop/frontend@sha256:0123456789abcdef
              imagePullPolicy: IfNotPresent
              command: ["/app/web"]
              args: [--port, "8080"]
              workingDir: /app
              envFrom: [{configMapRef: {name: settings}}]
              env:
                - name: POD_IP
                  valueFrom: {fieldRef: {fieldPath: status.podIP}}
              ports:
                - {name: http, containerPort: 8080, protocol: TCP}
                - {name: metrics, containerPort: 9090}
              resources:
                requests: {cpu: "0.5", memory: 1.5Gi, ephemeral-storage: 1Gi, nvidia.com/gpu: 1}
                limits: {memory: 2Gi, nvidia.com/gpu: 1}
              startupProbe:
                exec: {command: [cat, /tmp/healthy]}
                failureThreshold: 30
              readinessProbe:
                httpGet:
                  path: /healthz
                  port: http
                  scheme: HTTP
                  httpHeaders: [{name: X-Probe, value: "1"}]
              livenessProbe:
                grpc: {port: 8080, service: live}
                terminationGracePeriodSeconds: 10
              lifecycle:
                preStop:
                  exec: {command: ["/bin/sh", "-c", "sleep 15"]}
              volumeMounts: [{name: cache, mountPath: /cache}]
              securityContext: {allowPrivilegeEscalation: false}
              terminationMessagePolicy: FallbackToLogsOnError
    status: {}
    ---
    # an empty document
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: frontend
      namespace: shop
      annotations: {service.beta.kubernetes.io/aws-load-balancer-type: nlb}
    spec:
      type: LoadBalancer
      loadBalancerClass: service.k8s.aws/nlb
      allocateLoadBalancerNodePorts: false
      loadBalancerSourceRanges: [10.0.0.0/8]
      ipFamilyPolicy: SingleStack
      ipFamilies: [IPv4]
      selector: {app.kubernetes.io/name: frontend}
      ports:
        - {name: http, port: 80, targetPort: http, appProtocol: kubernetes.io/h2c}
    status: {loadBalancer: {}}
    ---
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: frontend, namespace: shop}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: frontend}
      maxReplicas: 10
      metrics:
        - type: Pods
          pods:
            metric: {name: requests_per_second}
            target: {type: AverageValue, averageValue: 1k}
    """
}
