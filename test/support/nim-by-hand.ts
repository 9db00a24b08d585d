import type { Manifest } from '../../lib/manifests/manifest';

/** What differs between the NIMs of a folder: image, settings, port and where it keeps its model. */
export interface NimByHand {
  readonly image: string;
  readonly env: Record<string, string>;
  readonly port: number;
  readonly modelPath: string;
}

const metadata = { name: 'other', namespace: 'nim' };
const labels = { app: 'other' };

/** The objects that people write for a NIM, in order: nothing is found in them. */
export function nimByHand({ image, env, port, modelPath }: NimByHand): Manifest[] {
  const probe = (path: string): object => ({ httpGet: { path, port: 'http' }, periodSeconds: 10, timeoutSeconds: 5 });
  const amounts = { memory: '16Gi', 'ephemeral-storage': '8Gi', 'nvidia.com/gpu': 1 };
  const container = {
    name: 'nim',
    image,
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    env: [
      { name: 'NGC_API_KEY', valueFrom: { secretKeyRef: { name: 'ngc-api', key: 'NGC_API_KEY' } } },
      ...Object.entries(env).map(([name, value]) => ({ name, value })),
    ],
    ports: [{ name: 'http', containerPort: port }],
    startupProbe: { ...probe('/v1/health/ready'), failureThreshold: 180 },
    readinessProbe: probe('/v1/health/ready'),
    livenessProbe: probe('/v1/health/live'),
    resources: { requests: { cpu: 4, ...amounts }, limits: { cpu: 16, ...amounts } },
    volumeMounts: [{ name: 'cache', mountPath: modelPath }],
  };
  const spec = {
    serviceAccountName: 'other',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 30,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      fsGroup: 1000,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [container],
    volumes: [{ name: 'cache', persistentVolumeClaim: { claimName: 'other' } }],
  };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        progressDeadlineSeconds: 7200,
        strategy: { type: 'Recreate' },
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata,
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '100Gi' } } },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: labels, ports: [{ name: 'http', port, targetPort: 'http' }] },
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: labels } },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ podSelector: { matchLabels: { app: 'rag' } } }], ports: [{ port }] }],
        egress: [{ to: [{ podSelector: { matchLabels: { app: 'dns' } } }], ports: [{ port: 53, protocol: 'UDP' }] }],
      },
    },
  ];
}
