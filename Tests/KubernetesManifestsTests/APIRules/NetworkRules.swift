private let ingress = APIBase.ingress
private let endpoints = APIBase.endpoints
private let slice = APIBase.slice
private let path = "spec.rules[0].http.paths[0]"

/// What the API server refuses in Ingresses and in endpoints written by hand.
let networkRules: [APIRule] = ingresses + endpointObjects + slices

private let ingresses: [APIRule] = [
  APIRule(
    ingress,
    "host: shop.example",
    "host: ¶203.0.113.9",
    not: "host: \"*.shop.example\"",
    .invalid,
    "spec.rules[0].host"
  ),
  APIRule(
    ingress,
    "host: shop.example",
    "host: ¶\"shop.*.example\"",
    not: "host: eu.shop.example",
    .invalid,
    "spec.rules[0].host"
  ),
  APIRule(
    ingress,
    "host: shop.example",
    "host: ¶Shop_1",
    not: "host: shop-1",
    .invalid,
    "spec.rules[0].host"
  ),
  APIRule(ingress, "path: /\n", "path: ¶api\n", not: "path: /api\n", .invalid, "\(path).path"),
  APIRule(ingress, "path: /\n", "path: ¶/a//b\n", not: "path: /a/b/\n", .invalid, "\(path).path"),
  APIRule(ingress, "path: /\n", "path: ¶/a/..\n", not: "path: /a..\n", .invalid, "\(path).path"),
  APIRule(
    ingress,
    "- path: /\n            pathType: Prefix\n",
    "- ¶path: /\n",
    not: "- path: /\n            pathType: Exact\n",
    .required,
    "\(path).pathType"
  ),
  APIRule(
    ingress,
    "pathType: Prefix",
    "pathType: ¶prefix",
    not: "pathType: ImplementationSpecific",
    .notSupported,
    "\(path).pathType"
  ),
  APIRule(
    ingress,
    "service: {name: web, port: {number: 80}}",
    "service: ¶{name: web}",
    not: "service: {name: web, port: {name: http}}",
    .required,
    "\(path).backend"
  ),
  APIRule(
    ingress,
    "backend:\n              service: {name: web, port: {number: 80}}",
    "backend:\n              ¶service: {name: web, port: {name: http, number: 80}}",
    not: "backend:\n              service: {name: web, port: {number: 65535}}",
    .invalid,
    "\(path).backend"
  ),
  APIRule(
    ingress,
    "number: 80",
    "number: ¶65536",
    not: "number: 1",
    .invalid,
    "\(path).backend.service.port.number"
  ),
  APIRule(
    ingress,
    "{number: 80}",
    "{name: ¶HTTP}",
    not: "{name: http}",
    .invalid,
    "\(path).backend.service.port.name"
  ),
  APIRule(
    ingress,
    "name: web, port",
    "name: ¶web.eu, port",
    not: "name: web-eu, port",
    .invalid,
    "\(path).backend.service.name"
  ),
  APIRule(
    ingress,
    "{name: web, port",
    "¶{port",
    not: "{name: web, port",
    .required,
    "\(path).backend.service.name"
  ),
  APIRule(
    ingress,
    "backend:\n              service: {name: web, port: {number: 80}}",
    "backend: ¶{}",
    not: "backend: {resource: {kind: Bucket, name: static, apiGroup: example.com}}",
    .invalid,
    "\(path).backend"
  ),
  APIRule(
    ingress,
    "paths:\n          - path: /\n            pathType: Prefix\n            backend:\n"
      + "              service: {name: web, port: {number: 80}}",
    "paths: ¶[]",
    not: "paths: [{pathType: ImplementationSpecific, "
      + "backend: {service: {name: web, port: {number: 80}}}}]",
    .required,
    "\("spec.rules[0].http").paths"
  ),
  APIRule(
    """
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      ingressClassName: nginx

    """,
    "spec:\n  ingressClassName",
    "spec:\n  ¶ingressClassName",
    not: "spec:\n  defaultBackend: {service: {name: web, port: {number: 80}}}\n  ingressClassName",
    .invalid,
    "spec"
  ),
  APIRule(
    ingress,
    "spec:\n",
    "spec:\n  tls: [{hosts: [shop.example, ¶Shop]}]\n",
    not: "spec:\n  tls: [{hosts: [shop.example, \"*.shop.example\"], secretName: tls}]\n",
    .invalid,
    "spec.tls[0].hosts[1]"
  ),
  APIRule(
    ingress,
    "ingressClassName: nginx",
    "ingressClassName: ¶Nginx",
    not: "ingressClassName: public.nginx",
    .invalid,
    "spec.ingressClassName"
  ),
  APIRule(
    ingress.replacing("ingressClassName: nginx", with: "ingressClassName: ¶nginx"),
    "{name: web}\n",
    "{name: web, annotations: {kubernetes.io/ingress.class: traefik}}\n",
    not: "{name: web, annotations: {kubernetes.io/ingress.class: nginx}}\n",
    .invalid,
    "annotations.kubernetes.io/ingress.class"
  ),
]

private let endpointObjects: [APIRule] = [
  APIRule(
    endpoints,
    "ip: 10.0.0.1",
    "ip: ¶db.example",
    not: "ip: 10.0.0.2",
    .invalid,
    "subsets[0].addresses[0].ip"
  ),
  APIRule(
    endpoints,
    "ip: 10.0.0.1",
    "ip: ¶127.0.0.1",
    not: "ip: 128.0.0.1",
    .invalid,
    "subsets[0].addresses[0].ip"
  ),
  APIRule(
    endpoints,
    "ip: 10.0.0.1",
    "ip: ¶169.254.0.1",
    not: "ip: 169.253.0.1",
    .invalid,
    "subsets[0].addresses[0].ip"
  ),
  APIRule(
    endpoints,
    "ip: 10.0.0.1",
    "ip: ¶\"fe80::1\"",
    not: "ip: \"fd00::1\"",
    .invalid,
    "subsets[0].addresses[0].ip"
  ),
  APIRule(
    endpoints,
    "ip: 10.0.0.1",
    "ip: ¶0.0.0.0",
    not: "ip: 10.0.0.0",
    .invalid,
    "subsets[0].addresses[0].ip"
  ),
  APIRule(
    endpoints,
    "- addresses: [{ip: 10.0.0.1}]\n    ports",
    "- ¶ports",
    not: "- notReadyAddresses: [{ip: 10.0.0.1}]\n    ports",
    .required,
    "subsets[0]"
  ),
  APIRule(
    endpoints,
    "{name: metrics, port: 9187}",
    "¶{port: 9187}",
    not: "{name: admin, port: 9187}",
    .required,
    "subsets[0].ports[1].name"
  ),
  APIRule(
    endpoints,
    "port: 9187",
    "port: ¶0",
    not: "port: 1",
    .invalid,
    "subsets[0].ports[1].port"
  ),
  APIRule(
    endpoints,
    "port: 9187",
    "port: 9187, protocol: ¶http",
    not: "port: 9187, protocol: UDP",
    .notSupported,
    "subsets[0].ports[1].protocol"
  ),
]

private let slices: [APIRule] = [
  APIRule(
    slice,
    "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\n"
      + "metadata: {name: legacy-1, labels: {kubernetes.io/service-name: legacy}}\n"
      + "addressType: IPv4\n",
    "¶apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: legacy-1}\n",
    not: "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: legacy-1}\n"
      + "addressType: IPv4\n",
    .required,
    "addressType"
  ),
  APIRule(
    slice,
    "addressType: IPv4",
    "addressType: ¶ipv4",
    not: "addressType: IPv4",
    .notSupported,
    "addressType"
  ),
  APIRule(
    slice,
    "[10.0.0.1]",
    "[10.0.0.1, ¶\"fd00::1\"]",
    not: "[10.0.0.1, 10.0.0.2]",
    .invalid,
    "endpoints[0].addresses[1]"
  ),
  APIRule(
    slice.replacing("IPv4", with: "FQDN"),
    "[10.0.0.1]",
    "[¶db]",
    not: "[db.example]",
    .invalid,
    "endpoints[0].addresses[0]"
  ),
  APIRule(slice, "[10.0.0.1]", "¶[]", not: "[10.0.0.7]", .required, "endpoints[0].addresses"),
  APIRule(slice, "name: metrics", "name: ¶sql", not: "name: \"\"", .duplicate, "ports[1].name"),
  APIRule(slice, "name: metrics", "name: ¶Metrics", not: "name: m", .invalid, "ports[1].name"),
  APIRule(
    slice,
    "name: metrics",
    "protocol: ¶IP, name: metrics",
    not: "protocol: SCTP",
    .notSupported,
    "ports[1].protocol"
  ),
  APIRule(
    slice,
    "[10.0.0.1]",
    "¶[\((1...101).map { "10.0.0.\($0)" }.joined(separator: ", "))]",
    not: "[\((1...100).map { "10.0.0.\($0)" }.joined(separator: ", "))]",
    .tooMany,
    "endpoints[0].addresses"
  ),
]
