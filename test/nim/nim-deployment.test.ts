import { NimDeployment, EmbeddingModel, type NimDeploymentProps } from 'cdk8s-nim';
import { type k8s, NetworkPolicy, Pods } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import { at, find, inventory, render, testChart } from '../support/manifests';
import { credentialsOf, nimDeployment, renderNimDeployment, taggedImage } from '../support/nims';
import { restrictedContainer } from '../support/restricted-container';
import { podOf } from '../support/workload';

const labels = {
  'app.kubernetes.io/name': 'text-embedding-nim',
  'app.kubernetes.io/instance': 'text-embedding',
  'app.kubernetes.io/component': 'inference',
  'app.kubernetes.io/part-of': 'nemo-retriever',
  'app.kubernetes.io/managed-by': 'cdk8s',
};

const workloadLabels = { ...labels, 'app.kubernetes.io/version': '1.13.0' };

const selectorLabels = {
  'app.kubernetes.io/name': 'text-embedding-nim',
  'app.kubernetes.io/instance': 'text-embedding',
};

const modelLabel = { 'cdk8s-nim/model': 'nvidia.llama-nemotron-embed-1b-v2' };

describe('a NimDeployment with minimal props', () => {
  const objects = renderNimDeployment();

  it('is four objects', () => {
    expect(inventory(objects)).toEqual([
      'Deployment text-embedding',
      'PersistentVolumeClaim text-embedding-model-cache',
      'PodDisruptionBudget text-embedding',
      'ServiceAccount text-embedding',
    ]);
  });

  it('is this Deployment', () => {
    expect(find(objects, 'Deployment')).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'text-embedding',
        namespace: 'embeddings',
        labels: workloadLabels,
        annotations: {
          'cdk8s-nim/model': 'nvidia/llama-nemotron-embed-1b-v2',
          'cdk8s-nim/dimensions': '2048',
          'cdk8s-nim/max-tokens': '8192',
        },
      },
      spec: {
        replicas: 1,
        progressDeadlineSeconds: 3600,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
        selector: { matchLabels: { ...selectorLabels, ...modelLabel } },
        template: {
          metadata: { labels: { ...workloadLabels, ...modelLabel } },
          spec: {
            serviceAccountName: 'text-embedding',
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            imagePullSecrets: [{ name: 'ngc-secret' }],
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 1000,
              runAsGroup: 1000,
              fsGroup: 1000,
              fsGroupChangePolicy: 'OnRootMismatch',
              seccompProfile: { type: 'RuntimeDefault' },
            },
            terminationGracePeriodSeconds: 60,
            tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
            containers: [
              {
                name: 'nim',
                image: 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:1.13.0',
                imagePullPolicy: 'IfNotPresent',
                ports: [{ name: 'http-api', containerPort: 8000, protocol: 'TCP' }],
                env: [
                  { name: 'NIM_CACHE_PATH', value: '/opt/nim/.cache' },
                  { name: 'OMP_NUM_THREADS', value: '1' },
                  { name: 'NIM_HTTP_API_PORT', value: '8000' },
                  { name: 'NIM_LOG_LEVEL', value: 'INFO' },
                  { name: 'NIM_JSONL_LOGGING', value: '1' },
                  {
                    name: 'NGC_API_KEY',
                    valueFrom: { secretKeyRef: { name: 'ngc-api-secret', key: 'NGC_API_KEY' } },
                  },
                ],
                resources: {
                  requests: { cpu: '4', memory: '16Gi', 'ephemeral-storage': '8Gi', 'nvidia.com/gpu': '1' },
                  limits: { cpu: '16', memory: '32Gi', 'ephemeral-storage': '8Gi', 'nvidia.com/gpu': '1' },
                },
                startupProbe: {
                  httpGet: { path: '/v1/health/ready', port: 'http-api' },
                  periodSeconds: 10,
                  timeoutSeconds: 5,
                  failureThreshold: 180,
                },
                readinessProbe: {
                  httpGet: { path: '/v1/health/ready', port: 'http-api' },
                  periodSeconds: 10,
                  timeoutSeconds: 5,
                  failureThreshold: 3,
                },
                livenessProbe: {
                  httpGet: { path: '/v1/health/live', port: 'http-api' },
                  periodSeconds: 10,
                  timeoutSeconds: 5,
                  failureThreshold: 3,
                },
                securityContext: restrictedContainer,
                volumeMounts: [
                  { name: 'model-cache', mountPath: '/opt/nim/.cache' },
                  { name: 'tmp', mountPath: '/tmp' },
                  { name: 'shared-memory', mountPath: '/dev/shm' },
                ],
              },
            ],
            volumes: [
              { name: 'model-cache', persistentVolumeClaim: { claimName: 'text-embedding-model-cache' } },
              { name: 'tmp', emptyDir: { sizeLimit: '4Gi' } },
              { name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: '16Gi' } },
            ],
          },
        },
      },
    });
  });

  it('is this ServiceAccount, without token', () => {
    expect(find(objects, 'ServiceAccount')).toEqual({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'text-embedding', namespace: 'embeddings', labels },
      automountServiceAccountToken: false,
    });
  });

  it('is this PodDisruptionBudget', () => {
    expect(find(objects, 'PodDisruptionBudget')).toEqual({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'text-embedding', namespace: 'embeddings', labels },
      spec: {
        selector: { matchLabels: selectorLabels },
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    });
  });

  it('names its objects after its id', () => {
    const chart = testChart();
    expect(
      new NimDeployment(chart, 'rag-embed', { model: nimDeployment().model, credentials: credentialsOf(chart) }).name,
    ).toBe('rag-embed');
  });
});

describe('another model under the same name', () => {
  const selectorOf = (props: Partial<NimDeploymentProps>): unknown =>
    at(find(renderNimDeployment(props), 'Deployment'), 'spec.selector');

  it('is another selector of the Deployment, which the API server refuses to change', () => {
    expect(selectorOf({ model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_300M_V2 })).not.toEqual(selectorOf({}));
  });

  it('but another version of the same model is not', () => {
    expect(selectorOf({ image: taggedImage('1.13.1') })).toEqual(selectorOf({}));
  });

  it('leaves the Service and its network policy with the pods that there are', () => {
    const [one, other] = [{}, { model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_300M_V2 }].map(
      (props) => nimDeployment(props).selectorLabels,
    );
    expect(one).toEqual(other);
  });
});

describe('a NimDeployment as a value of cdk8s-plus', () => {
  it('selects its pods by the labels of the Service', () => {
    const chart = testChart();
    const nim = nimDeployment({}, chart);
    new NetworkPolicy(chart, 'policy', {
      metadata: { name: 'policy' },
      selector: nim,
      ingress: { rules: [{ peer: nim, ports: [] }] },
    });
    expect(at(find(render(chart), 'NetworkPolicy'), 'spec')).toMatchObject({
      podSelector: { matchLabels: nim.selectorLabels },
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'embeddings' } },
              podSelector: { matchLabels: nim.selectorLabels },
            },
          ],
        },
      ],
    });
    expect(nim.toPodSelector()).toBe(nim);
    expect(Pods.select(chart, 'pods', { labels: nim.selectorLabels })).toBeDefined();
  });

  it('hands out lists of its own: changing one changes no other NIM', () => {
    nimDeployment().api.paths.push('/v1/metrics');
    nimDeployment().api.internalPaths.pop();
    expect(nimDeployment().api.paths).toEqual(['/v1/embeddings', '/v1/models']);
    expect(nimDeployment().api.internalPaths).toContain('/metrics');
  });
});

describe('the tolerations of a NIM', () => {
  it('begin with the taint of GPU nodes', () => {
    const extra: k8s.Toleration = { key: 'spot', operator: 'Exists' };
    expect(podOf(renderNimDeployment({ tolerations: [extra] }))['tolerations']).toEqual([
      { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
      extra,
    ]);
  });
});
