import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../lib/manifests/manifest';
import { check } from '../support/rules';

/** A NIM of another family beside ours, in order: its image, its settings, its port and where it keeps its model. */
interface OtherNim {
  readonly image: string;
  readonly env: Record<string, string>;
  readonly port: number;
  readonly modelPath: string;
}

/** From the charts, samples and documentation of each. */
const nims: Record<string, OtherNim> = {
  'a language model of 2.x': {
    image: 'nvcr.io/nim/nvidia/nemotron-3-super-120b-a12b:2.0.3',
    env: { NIM_SERVER_PORT: '8000', NIM_LOG_LEVEL: 'INFO', NIM_JSONL_LOGGING: '1', NIM_MODEL_PROFILE: 'vllm-fp8' },
    port: 8000,
    modelPath: '/opt/nim/.cache',
  },
  'the NIM for any language model': {
    image: 'nvcr.io/nim/nvidia/llm-nim:1.14.0',
    env: { NIM_MODEL_NAME: 'hf://google/gemma-3-27b-it', NIM_SERVED_MODEL_NAME: 'google/gemma-3-27b-it' },
    port: 8000,
    modelPath: '/opt/nim/.cache',
  },
  'speech, on a port of its own': {
    image: 'nvcr.io/nim/nvidia/parakeet-1-1b-ctc-en-us:1.5.0',
    env: { NIM_HTTP_API_PORT: '9000', NIM_GRPC_API_PORT: '50051' },
    port: 9000,
    modelPath: '/opt/nim/.cache',
  },
  reranking: {
    image: 'nvcr.io/nim/nvidia/llama-nemotron-rerank-1b-v2:2.0.0',
    env: { NIM_MODEL_DOWNLOAD_PROVIDER: 'ngc', NIM_ADMISSION_SIZE: '64' },
    port: 8000,
    modelPath: '/model',
  },
};

const metadata = { name: 'other', namespace: 'nim' };
const labels = { app: 'other' };

function manifestsOf({ image, env, port, modelPath }: OtherNim): Manifest[] {
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

describe('no facts of the embedding NIM are held against', () => {
  it.each(Object.entries(nims))('%s', (_, nim) => {
    expect(check(manifestsOf(nim)).findings).toEqual([]);
  });
});
