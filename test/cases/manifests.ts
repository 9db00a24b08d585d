import { alone, REMOVED } from '../support/rules';
import { EMBEDDING, embedding, type Folder, ingress, inNim, middleware, otherFamily, POD, settings } from './folder';

/** By the number of the case. */
export const FOLDERS: Readonly<Record<string, readonly Folder[]>> = {
  '04': [
    otherFamily('a language model 2.x', 'nemotron-3-super-120b-a12b:2.0.3', {
      NIM_SERVER_PORT: '8000',
      NIM_LOG_LEVEL: 'INFO',
      NIM_JSONL_LOGGING: '1',
      NIM_MODEL_PROFILE: 'vllm-fp8-tp2-pp1',
    }),
  ],
  '07': [
    otherFamily('the NIM for any language model', 'llm-nim:1.14.0', {
      NIM_MODEL_NAME: 'hf://google/gemma-3-27b-it',
      NIM_SERVED_MODEL_NAME: 'google/gemma-3-27b-it',
    }),
  ],
  '08': [
    otherFamily(
      'speech, on a port of its own',
      'parakeet-1-1b-ctc-en-us:1.5.0',
      { NIM_HTTP_API_PORT: '9000', NIM_GRPC_API_PORT: '50051' },
      { port: 9000 },
    ),
  ],
  '09': [
    otherFamily(
      'reranking 2.x',
      'llama-nemotron-rerank-1b-v2:2.0.0',
      { NIM_MODEL_DOWNLOAD_PROVIDER: 'ngc', NIM_ADMISSION_SIZE: '64' },
      { modelPath: '/model' },
    ),
  ],
  '10': [
    {
      about: 'a user without a group for the claim',
      objects: embedding(['Deployment', `${POD}.securityContext.fsGroup`, REMOVED]),
      findings: ['volume-group'],
    },
  ],
  '11': [
    {
      about: '1.x without shared memory',
      objects: embedding(
        ['Deployment', `${POD}.volumes.1`, REMOVED],
        ['Deployment', `${POD}.containers.0.volumeMounts.1`, REMOVED],
      ),
      findings: ['nim-shared-memory'],
    },
    { about: '1.x with it', objects: embedding(), findings: [] },
  ],
  '13': [
    {
      about: 'a fixed number beside an autoscaler',
      objects: [
        ...embedding(
          ['Deployment', 'spec.replicas', 1],
          ['PersistentVolumeClaim', 'spec.accessModes', ['ReadWriteMany']],
          [
            'Deployment',
            `${POD}.topologySpreadConstraints`,
            [
              {
                topologyKey: 'kubernetes.io/hostname',
                maxSkew: 1,
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: { matchLabels: { app: 'other' } },
              },
            ],
          ],
        ),
        ...inNim('autoscaling/v2', 'HorizontalPodAutoscaler', {
          spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'other' }, maxReplicas: 3 },
        }),
      ],
      findings: ['replicas-left-to-autoscaler'],
    },
  ],
  '14': [
    {
      about: 'a key that the Secret does not get',
      objects: [
        ...embedding(['Deployment', `${POD}.containers.0.env.0.valueFrom.secretKeyRef.name`, 'ngc-secret']),
        ...inNim('external-secrets.io/v1', 'ExternalSecret', {
          spec: {
            refreshInterval: '1h',
            secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
            target: {
              name: 'ngc-secret',
              template: { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': '{{ .config }}' } },
            },
            data: [{ secretKey: 'config', remoteRef: { key: 'ngc' } }],
          },
        }),
      ],
      findings: ['secret-has-key'],
    },
  ],
  '20': [
    {
      about: 'the metadata service of AWS at its IPv6 address',
      objects: embedding([
        'NetworkPolicy',
        'spec.egress.1',
        { to: [{ ipBlock: { cidr: 'fd00:ec2::254/128' } }], ports: [{ port: 80 }] },
      ]),
      findings: ['network-policy-bounded'],
    },
  ],
  '22': [
    {
      about: 'a NIMService that opens a load balancer, with its key in Git',
      objects: inNim('apps.nvidia.com/v1alpha1', 'NIMService', {
        spec: {
          image: { repository: 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2', tag: 'latest' },
          env: [{ name: 'NGC_API_KEY', value: `nvapi-${'a1b2c3d4'.repeat(3)}` }],
          expose: { service: { type: 'LoadBalancer', port: 8000 } },
        },
      }),
      findings: ['no-literal-secret', 'unknown-workload', 'unknown-workload'],
    },
  ],
  '23': [
    {
      about: 'KEDA scales pods that share a ReadWriteOnce claim',
      objects: [
        ...embedding(),
        ...inNim('keda.sh/v1alpha1', 'ScaledObject', {
          spec: { scaleTargetRef: { name: 'other' }, minReplicaCount: 1, maxReplicaCount: 4, triggers: [] },
        }),
      ],
      findings: ['replicas-against-volume', 'replicas-spread'],
    },
  ],
  '25': [
    {
      about: 'a chain of Traefik with the login and the limit',
      objects: [
        ...embedding(),
        ...ingress('traefik', {
          'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure',
          'traefik.ingress.kubernetes.io/router.tls': 'true',
          'traefik.ingress.kubernetes.io/router.middlewares': 'nim-chain@kubernetescrd',
        }),
        ...middleware('chain', { chain: { middlewares: [{ name: 'limit' }, { name: 'login' }] } }),
        ...middleware('limit', { rateLimit: { average: 5, burst: 10 } }),
        ...middleware('login', { forwardAuth: { address: 'http://login.auth.svc/check' } }),
      ],
      findings: [],
      silent: ['ingress-authentication', 'ingress-rate-limit'],
    },
  ],
  '26': [
    {
      about: 'a login by token with F5, and a limit in a Policy, which F5 takes for VirtualServers only',
      objects: [
        ...embedding(),
        ...ingress('nginx', {
          'nginx.com/jwt-key': 'keys',
          'nginx.org/policies': 'limit',
          'nginx.org/proxy-read-timeout': '130s',
          'nginx.org/client-max-body-size': '8m',
        }),
        ...alone('k8s.nginx.org/v1', 'Policy', {
          metadata: { name: 'limit', namespace: 'nim' },
          spec: { rateLimit: { rate: '5r/s', key: '${binary_remote_addr}', zoneSize: '10M' } },
        }),
      ],
      findings: ['ingress-rate-limit'],
      silent: ['ingress-authentication'],
    },
  ],
  '34': [
    {
      about: 'a Rollout and its Service',
      objects: [
        ...inNim('argoproj.io/v1alpha1', 'Rollout', {
          spec: {
            selector: { matchLabels: { app: 'embed' } },
            template: {
              metadata: { labels: { app: 'embed' } },
              spec: { containers: [{ name: 'nim', image: EMBEDDING.image }] },
            },
          },
        }),
        ...inNim('v1', 'Service', { spec: { selector: { app: 'embed' }, ports: [{ port: 8000 }] } }),
      ],
      findings: ['unknown-workload'],
    },
  ],
  '35': [
    {
      about: 'a StatefulSet that makes a claim for each pod',
      objects: inNim('apps/v1', 'StatefulSet', {
        spec: {
          replicas: 2,
          serviceName: 'embed',
          selector: { matchLabels: { app: 'embed' } },
          template: {
            metadata: { labels: { app: 'embed' } },
            spec: {
              containers: [
                {
                  name: 'nim',
                  image: EMBEDDING.image,
                  env: [{ name: 'NIM_CACHE_PATH', value: '/model-store' }],
                  volumeMounts: [{ name: 'model-store', mountPath: '/model-store' }],
                },
              ],
            },
          },
          volumeClaimTemplates: [{ metadata: { name: 'model-store' }, spec: { accessModes: ['ReadWriteOnce'] } }],
        },
      }),
      findings: ['nim-gpu', 'probes'],
      silent: ['nim-model-cache', 'replicas-against-volume', 'claim-among-manifests'],
    },
  ],
  '37': [
    {
      about: 'a sidecar that Kubernetes starts first',
      objects: embedding([
        'Deployment',
        `${POD}.initContainers`,
        [
          {
            name: 'proxy',
            image: 'docker.io/istio/proxyv2:1.27.0',
            restartPolicy: 'Always',
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            resources: Object.fromEntries(
              ['requests', 'limits'].map((of) => [of, { cpu: 1, memory: '1Gi', 'ephemeral-storage': '1Gi' }]),
            ),
          },
        ],
      ]),
      findings: [],
    },
  ],
  '38': [
    {
      about: 'a GPU by a resource claim',
      objects: [
        ...embedding(
          ['Deployment', `${POD}.containers.0.resources.limits[nvidia.com/gpu]`, REMOVED],
          ['Deployment', `${POD}.containers.0.resources.requests[nvidia.com/gpu]`, REMOVED],
          ['Deployment', `${POD}.containers.0.resources.claims`, [{ name: 'gpu' }]],
          ['Deployment', `${POD}.resourceClaims`, [{ name: 'gpu', resourceClaimTemplateName: 'gpu' }]],
        ),
        ...inNim('resource.k8s.io/v1', 'ResourceClaimTemplate', { spec: { spec: { devices: {} } } }),
      ],
      findings: [],
    },
  ],
  '39': [
    {
      about: 'places for a credential',
      objects: settings({
        NGC_API_KEY_A: '${NGC_API_KEY}',
        NGC_API_KEY: '<your-ngc-key>',
        HF_TOKEN: 'HF_TOKEN',
        APP_LLM_APIKEY: '',
        TOKENIZERS_PARALLELISM: 'false',
        MAX_TOKENS: '4096',
        SSH_KEY_PATH: '/keys/id_rsa',
      }),
      findings: [],
    },
    { about: 'a key', objects: settings({ A: `nvapi-${'a1b2c3d4'.repeat(3)}` }), findings: ['no-literal-secret'] },
    { about: 'a password', objects: settings({ DB_PASSWORD: 'changeme' }), findings: ['no-literal-secret'] },
  ],
};
