/** Programs that render an app, and what each is meant to allow. */
import type { Manifest } from '../support/manifests';
import { committedObjects, goldenPrograms } from '../support/programs';
import { KUBE_DNS, OPENSHIFT_DNS, PUBLIC_HTTPS } from './intent';
import { type NimIntent, type Party } from './world';

/** The objects of the committed render of a program. */
export function renderedObjects(program: string): Manifest[] {
  const committed = goldenPrograms().find((candidate) => candidate.program === program);
  return [...committedObjects(committed?.golden ?? '')] as Manifest[];
}

const F5_NGINX = { namespace: 'nginx-ingress', labels: { 'app.kubernetes.io/name': 'nginx-ingress' } };
const PROMETHEUS = { namespace: 'monitoring', labels: { 'app.kubernetes.io/name': 'prometheus' } };
const RETRIEVER = { namespace: 'rag', labels: { 'app.kubernetes.io/name': 'retriever' } };
const TRAEFIK = { namespace: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' } };

const STAGING: NimIntent = {
  namespace: 'embeddings-staging',
  name: 'text-embedding',
  replicas: 1,
  port: 8000,
  ingressControllers: [F5_NGINX],
  clients: [],
  monitoring: [],
  dns: KUBE_DNS,
  egress: PUBLIC_HTTPS,
  paths: ['embeddings.staging.example.com/v1/embeddings', 'embeddings.staging.example.com/v1/models'],
};

export const PRODUCTION: NimIntent = {
  ...STAGING,
  namespace: 'embeddings',
  replicas: 3,
  ingressControllers: [TRAEFIK],
  clients: [RETRIEVER],
  monitoring: [PROMETHEUS],
  egress: 'none',
  fillEgress: PUBLIC_HTTPS,
  paths: ['embeddings.example.com/v1/embeddings', 'embeddings.example.com/v1/models'],
};

function pathsOf(host: string): string[] {
  return [`${host}/v1/embeddings`, `${host}/v1/models`];
}

/** An example with one NIM in the namespace "embeddings". */
function example(intent: Partial<NimIntent>): NimIntent[] {
  return [{ ...STAGING, namespace: 'embeddings', paths: PRODUCTION.paths, ...intent }];
}

/** A NIM in a mesh, which a Job outside of it fills. */
function inMesh(name: string, intent: Partial<NimIntent>): NimIntent[] {
  return example({
    namespace: `embeddings-${name}`,
    ingressControllers: [],
    clients: [RETRIEVER],
    egress: 'none',
    fillEgress: PUBLIC_HTTPS,
    paths: [],
    ...intent,
  });
}

/** A part of the control plane of Linkerd. */
function linkerd(component: string): Party {
  return { namespace: 'linkerd', labels: { 'linkerd.io/control-plane-component': component } };
}

/** What each program is meant to allow. */
export const PROGRAM_INTENTS: Readonly<Record<string, readonly NimIntent[]>> = {
  'main.ts': [PRODUCTION, STAGING],
  'examples/argocd/main.ts': [
    ...example({
      namespace: 'embeddings-staging',
      ingressControllers: [TRAEFIK],
      paths: pathsOf('embeddings.staging.example.com'),
    }),
    ...['eu', 'us'].flatMap((region) =>
      example({
        namespace: `embeddings-${region}`,
        replicas: 3,
        ingressControllers: [TRAEFIK],
        paths: pathsOf(`embeddings.${region}.example.com`),
      }),
    ),
  ],
  // Without a number, a Deployment begins with one pod.
  'examples/autoscaling/main.ts': [
    ...example({
      name: 'queries',
      ingressControllers: [],
      clients: [RETRIEVER],
      egress: 'none',
      fillEgress: PUBLIC_HTTPS,
      paths: [],
    }),
    ...example({
      name: 'documents',
      ingressControllers: [TRAEFIK],
      egress: 'none',
      fillEgress: PUBLIC_HTTPS,
      paths: pathsOf('documents.example.com'),
    }),
  ],
  // The subnets of the load balancer.
  'examples/aws-alb/main.ts': example({
    ingressControllers: [{ addresses: ['10.0.0.0', '10.0.15.255', '10.0.16.1', '10.0.47.255'] }],
  }),
  'examples/custom-controller/main.ts': example({
    ingressControllers: [{ namespace: 'edge', labels: { app: 'company-edge' } }],
  }),
  'examples/envoy-gateway/main.ts': example({
    ingressControllers: [
      {
        namespace: 'envoy-gateway-system',
        labels: {
          'app.kubernetes.io/managed-by': 'envoy-gateway',
          'app.kubernetes.io/component': 'proxy',
          'gateway.envoyproxy.io/owning-gateway-name': 'public',
          'gateway.envoyproxy.io/owning-gateway-namespace': 'gateways',
        },
      },
    ],
  }),
  'examples/f5-nginx/main.ts': example({}),
  'examples/prefetched/main.ts': example({
    replicas: 3,
    ingressControllers: [TRAEFIK],
    egress: 'none',
    fillEgress: PUBLIC_HTTPS,
  }),
  // The hosts are in a CiliumNetworkPolicy; the plain policies open DNS alone.
  'examples/fqdn-egress/main.ts': [
    ...example({
      namespace: 'embeddings-cilium',
      ingressControllers: [],
      clients: [RETRIEVER],
      egress: 'none',
      fillEgress: 'none',
      paths: [],
    }),
    // Here they are in an EgressFirewall.
    ...example({
      namespace: 'embeddings-openshift',
      ingressControllers: [],
      clients: [RETRIEVER],
      egress: 'none',
      fillEgress: PUBLIC_HTTPS,
      dns: OPENSHIFT_DNS,
      paths: [],
    }),
  ],
  'examples/gateway-api/main.ts': example({
    ingressControllers: [{ namespace: 'gateways', labels: { 'gateway.networking.k8s.io/gateway-name': 'public' } }],
  }),
  'examples/haproxy/main.ts': example({
    ingressControllers: [
      { namespace: 'haproxy-controller', labels: { 'app.kubernetes.io/name': 'kubernetes-ingress' } },
    ],
  }),
  'examples/ingress-nginx/main.ts': example({
    ingressControllers: [
      {
        namespace: 'ingress-nginx',
        labels: { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' },
      },
    ],
  }),
  'examples/openshift-route/main.ts': example({
    ingressControllers: [
      {
        namespace: 'openshift-ingress',
        labels: { 'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': 'default' },
      },
    ],
    dns: OPENSHIFT_DNS,
    match: 'PathPrefix',
    paths: ['embeddings.apps.example.com/v1/embeddings', 'embeddings.apps.example.com/v1/models'],
  }),
  'examples/pod-options/main.ts': example({
    ingressControllers: [],
    clients: [RETRIEVER],
    monitoring: [PROMETHEUS],
    metricsPort: 8002,
    egress: { to: [{ namespace: 'egress', labels: { app: 'proxy' } }], port: 3128 },
    furtherEgress: {
      to: [{ namespace: 'observability', labels: { 'app.kubernetes.io/name': 'opentelemetry-collector' } }],
      port: 4318,
    },
    paths: [],
  }),
  'examples/observability/main.ts': example({
    ingressControllers: [TRAEFIK],
    monitoring: [PROMETHEUS],
    metricsPort: 8002,
    furtherEgress: {
      to: [{ namespace: 'observability', labels: { 'app.kubernetes.io/name': 'opentelemetry-collector' } }],
      port: 4318,
    },
  }),
  'examples/internal-tls/main.ts': example({ ingressControllers: [TRAEFIK], clients: [RETRIEVER] }),
  'examples/nim-operator/main.ts': example({
    replicas: 3,
    ingressControllers: [],
    clients: [RETRIEVER],
    paths: [],
  }),
  'examples/gpu-claim/main.ts': example({ ingressControllers: [], clients: [RETRIEVER], paths: [] }),
  'examples/ipv6/main.ts': example({
    ingressControllers: [],
    clients: [RETRIEVER],
    beside: [{ to: { namespace: 'storage', labels: { app: 'minio' } }, ports: [9000, 9443] }],
    paths: [],
  }),
  // The same NIM once for each mesh.
  'examples/mesh/main.ts': [
    ...inMesh('istio-sidecar', {
      beside: [{ to: { namespace: 'istio-system', labels: { app: 'istiod' } }, ports: [15012] }],
    }),
    ...inMesh('istio-ambient', {
      // The second party is where Istio says that the probes come from.
      clients: [RETRIEVER, { addresses: ['169.254.7.127', 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff'] }],
      tunnelPort: 15008,
    }),
    ...inMesh('linkerd', {
      tunnelPort: 4143,
      beside: [
        { to: linkerd('destination'), ports: [8086, 8090, 4143] },
        { to: linkerd('identity'), ports: [8080, 4143] },
      ],
    }),
  ],
  // The same NIM once for each way to its Secrets.
  'examples/secrets/main.ts': ['eso', 'vault', 'sealed', 'csi'].flatMap((name) =>
    example({
      namespace: `embeddings-${name}`,
      ingressControllers: [],
      clients: [RETRIEVER],
      paths: [],
    }),
  ),
  // The model is in the volume: nothing but DNS.
  'examples/strict/main.ts': example({
    replicas: 3,
    ingressControllers: [TRAEFIK],
    egress: 'none',
  }),
  'examples/traefik/main.ts': example({ ingressControllers: [TRAEFIK] }),
};
