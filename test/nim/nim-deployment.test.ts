import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu, type k8s, NetworkPolicy, Pods } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import {
  ContainerImage,
  Gpu,
  LogLevel,
  ModelCache,
  NgcCredentials,
  NimDeployment,
  EmbeddingModel,
  type NimDeploymentProps,
  NimRuntime,
  SecurityProfile,
} from 'cdk8s-nim';
import { at, find, inventory, render, testChart } from '../support/manifests';
import { credentialsOf, type Given, nimDeployment, renderNimDeployment, secretIn, taggedImage } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { literalsOf, nimOf, podOf, secretRefsOf } from '../support/workload';

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

const restrictedContainer = {
  runAsNonRoot: true,
  runAsUser: 1000,
  runAsGroup: 1000,
  privileged: false,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

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

describe('a NimDeployment with all props', () => {
  const all: Given<NimDeploymentProps> = (chart) => ({
    name: 'rag-embed',
    image: ContainerImage.fromReference('mirror.example.com/nim/embed:2.3.0'),
    runtime: NimRuntime.NATIVE_2_2,
    replicas: 3,
    gpu: Gpu.mig('1g.10gb'),
    resources: {
      cpu: { request: Cpu.units(8), limit: Cpu.units(8) },
      memory: { request: Size.gibibytes(24), limit: Size.gibibytes(24) },
      ephemeralStorage: { request: Size.gibibytes(64), limit: Size.gibibytes(64) },
    },
    modelCache: ModelCache.ephemeral({ sizeLimit: Size.gibibytes(20) }),
    sharedMemorySize: Size.gibibytes(2),
    tmpSize: Size.gibibytes(1),
    port: 9000,
    logLevel: LogLevel.DEBUG,
    jsonLogs: false,
    maxQueueSize: 64,
    requestTimeout: Duration.seconds(30),
    startupTimeout: Duration.hours(1),
    env: { RAYON_NUM_THREADS: '4' },
    secretEnv: { HF_TOKEN: { secret: secretIn(chart, 'hugging-face'), key: 'token' } },
    initContainers: [
      { name: 'check', image: ContainerImage.fromReference('mirror.example.com/check:1.0.0'), withModelCache: true },
    ],
    securityProfile: SecurityProfile.RESTRICTED,
    runtimeClassName: 'nvidia',
    priorityClassName: 'inference',
    nodeSelector: { 'nvidia.com/gpu.product': 'NVIDIA-L40S' },
    tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'inference', effect: 'NoSchedule' }],
    podAnnotations: { 'example.com/team': 'search' },
    httpsProxy: 'http://proxy.egress.svc:3128',
    noProxy: ['.corp.example'],
  });
  const objects = renderNimDeployment(all);
  const pod = podOf(objects);
  const nim = nimOf(objects);

  it('puts the workload together as asked', () => {
    expect(inventory(objects)).toEqual([
      'Deployment rag-embed',
      'PodDisruptionBudget rag-embed',
      'ServiceAccount rag-embed',
    ]);
    const deployment = find(objects, 'Deployment');
    expect(at(deployment, 'spec.replicas')).toBe(3);
    expect(at(deployment, 'spec.progressDeadlineSeconds')).toBe(3600 + 1800);
    expect(at(deployment, 'spec.template.metadata.annotations')).toEqual({ 'example.com/team': 'search' });
    expect(pod).toMatchObject({
      serviceAccountName: 'rag-embed',
      runtimeClassName: 'nvidia',
      priorityClassName: 'inference',
      nodeSelector: { 'nvidia.com/gpu.product': 'NVIDIA-L40S' },
      tolerations: [
        { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
        { key: 'dedicated', operator: 'Equal', value: 'inference', effect: 'NoSchedule' },
      ],
      terminationGracePeriodSeconds: 40,
    });
  });

  it('configures the NIM as asked', () => {
    expect(nim.image).toBe('mirror.example.com/nim/embed:2.3.0');
    expect(literalsOf(nim)).toEqual({
      NIM_SERVER_BIND_ADDR: '0.0.0.0:9000',
      RUST_LOG: 'debug',
      LOG_FORMAT: 'pretty',
      NIM_ENGINE_MODEL_DOWNLOAD_PROVIDER: 'ngc',
      NIM_SERVER_MAX_QUEUE_SIZE: '64',
      NIM_SERVER_REQUEST_TIMEOUT_S: '30',
      HTTP_PROXY: 'http://proxy.egress.svc:3128',
      HTTPS_PROXY: 'http://proxy.egress.svc:3128',
      NO_PROXY: 'localhost,127.0.0.1,.svc,.cluster.local,.corp.example',
      http_proxy: 'http://proxy.egress.svc:3128',
      https_proxy: 'http://proxy.egress.svc:3128',
      no_proxy: 'localhost,127.0.0.1,.svc,.cluster.local,.corp.example',
      RAYON_NUM_THREADS: '4',
    });
    expect(secretRefsOf(nim)).toEqual({
      NGC_API_KEY: 'ngc-api-secret/NGC_API_KEY',
      HF_TOKEN: 'hugging-face/token',
    });
    expect(nim.ports).toEqual([{ name: 'http-api', containerPort: 9000, protocol: 'TCP' }]);
    expect(nim.startupProbe).toMatchObject({ failureThreshold: 360, periodSeconds: 10 });
    expect(nim.resources).toEqual({
      requests: { cpu: '8', memory: '24Gi', 'ephemeral-storage': '64Gi', 'nvidia.com/mig-1g.10gb': '1' },
      limits: { cpu: '8', memory: '24Gi', 'ephemeral-storage': '64Gi', 'nvidia.com/mig-1g.10gb': '1' },
    });
    expect(pod.volumes).toEqual([
      { name: 'model-cache', emptyDir: { sizeLimit: '20Gi' } },
      { name: 'scratch-0', emptyDir: { sizeLimit: '4Gi' } },
      { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } },
      { name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: '2Gi' } },
    ]);
    expect(pod.initContainers?.map(({ name }) => name)).toEqual(['check']);
  });

  it('spreads its replicas over nodes and zones', () => {
    const labelSelector = {
      matchLabels: { 'app.kubernetes.io/name': 'text-embedding-nim', 'app.kubernetes.io/instance': 'rag-embed' },
    };
    expect(at(pod, 'affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution')).toEqual([
      { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } },
    ]);
    expect(pod['topologySpreadConstraints']).toEqual(
      ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
        topologyKey,
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector,
      })),
    );
  });

  it('locks every container down', () => {
    for (const container of [nim, ...(pod.initContainers ?? [])]) {
      expect(container['securityContext']).toEqual(restrictedContainer);
    }
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

describe('the environment of a NIM', () => {
  it('has the same order whatever the order of the records', () => {
    const secrets =
      (names: string[]): Given<NimDeploymentProps> =>
      (chart) => ({
        env: Object.fromEntries(names.map((name) => [`NIM_NUM_${name}`, '1'])),
        secretEnv: Object.fromEntries(
          names.map((name) => [`${name}_TOKEN`, { secret: secretIn(chart, `s-${name.toLowerCase()}`), key: 'k' }]),
        ),
      });
    expect(renderNimDeployment(secrets(['B', 'A']))).toEqual(renderNimDeployment(secrets(['A', 'B'])));
  });

  it('leaves out what is empty', () => {
    expect(
      renderNimDeployment({
        env: {},
        secretEnv: {},
        initContainers: [],
        tolerations: [],
        nodeSelector: {},
        podAnnotations: {},
      }),
    ).toEqual(renderNimDeployment());
  });

  it.each([
    ['NVIDIA_VISIBLE_DEVICES', 'nvapi-canary', 'an NVIDIA API key'],
    ['EXTRA', '{"auths":{}}', 'a Docker registry configuration'],
    ['DATABASE', 'postgres://user:canary@db/x', 'a URL with a user and password'],
    ['CERTIFICATE', '-----BEGIN PRIVATE KEY-----', 'a private key'],
    ['AUTH', Buffer.from('$oauthtoken:canary').toString('base64'), 'a credential in base64'],
    ['HF_TOKEN', 'canary', 'a credential, by its name'],
    ['OTHER_API_KEY', 'canary', 'a credential, by its name'],
    ['DB_PASSWORD', 'canary', 'a credential, by its name'],
    ['CLIENT_SECRET', 'canary', 'a credential, by its name'],
  ])('refuses the literal credential %s, and does not repeat it', (name, value, kind) => {
    const run = (): NimDeployment => nimDeployment({ env: { [name]: value } });
    expectRefusal(run, {
      what: `NimDeployment env ${name}`,
      value: '"(hidden)"',
      because: `it holds ${kind}, and manifests are stored in Git`,
      instead: `put it into a Secret and write secretEnv: { ${name}: { secret, key } }`,
    });
    expect(run).not.toThrow('canary');
  });

  it.each(['', '1A', 'A-B', 'A B'])('refuses the name %j', (name) => {
    expectRefusal(() => nimDeployment({ env: { [name]: 'x' } }), {
      what: 'NimDeployment env name',
      value: JSON.stringify(name),
      because: 'letters, digits and "_"',
      instead: 'rename it',
    });
    expectRefusal(
      () => nimDeployment((chart) => ({ secretEnv: { [name]: { secret: secretIn(chart, 'a'), key: 'k' } } })),
      {
        what: 'NimDeployment env name',
        value: JSON.stringify(name),
        because: 'letters, digits and "_"',
        instead: 'rename it',
      },
    );
  });

  it('refuses a key that no Secret can have', () => {
    expectRefusal(
      () => nimDeployment((chart) => ({ secretEnv: { HF_TOKEN: { secret: secretIn(chart, 'a'), key: 'a/b' } } })),
      {
        what: 'NimDeployment env HF_TOKEN key',
        value: '"a/b"',
        because: 'a key of a Secret is',
        instead: 'kubectl describe secret',
      },
    );
  });

  it.each(['NIM_HTTP_API_PORT', 'NIM_CACHE_PATH', 'NIM_LOG_LEVEL', 'NIM_JSONL_LOGGING', 'OMP_NUM_THREADS'])(
    'refuses %s, which it sets itself',
    (name) => {
      expectRefusal(() => nimDeployment({ env: { [name]: '1' } }), {
        what: 'NimDeployment env name',
        value: JSON.stringify(name),
        because: 'the construct sets it from its own props',
        instead:
          'use the prop (credentials, caBundle, internalTls, port, listenOnIpv6, logLevel, jsonLogs, maxQueueSize, requestTimeout)',
      });
    },
  );

  it('refuses NGC_API_KEY from another Secret than the credentials', () => {
    expectRefusal(
      () => nimDeployment((chart) => ({ secretEnv: { NGC_API_KEY: { secret: secretIn(chart, 'a'), key: 'k' } } })),
      {
        what: 'NimDeployment env name',
        value: '"NGC_API_KEY"',
        because: 'the construct sets it from its own props',
        instead: 'use the prop (credentials',
      },
    );
  });

  it('refuses a name that is given twice', () => {
    expectRefusal(
      () =>
        nimDeployment((chart) => ({
          env: { EXTRA: 'x' },
          secretEnv: { EXTRA: { secret: secretIn(chart, 'a'), key: 'k' } },
        })),
      {
        what: 'environment variable of a pod',
        value: '"EXTRA"',
        because: 'NimDeployment env and NimDeployment secretEnv both give it',
        instead: 'keep one of the two',
      },
    );
  });
});

describe('a NimDeployment is refused', () => {
  it.each(['Text-Embedding', '1embed', 'embed_1', '', 'a'.repeat(64)])('with the name %j', (name) => {
    expectRefusal(() => nimDeployment({ name }), {
      what: 'NimDeployment name',
      value: JSON.stringify(name),
      because: '1 to 63 lower-case letters',
      instead: 'shorten or rename it',
    });
  });

  it('in a chart without namespace', () => {
    const chart = new Chart(new App(), 'bare');
    const credentials = credentialsOf(testChart());
    expect(() => new NimDeployment(chart, 'nim', { model: nimDeployment().model, credentials })).toThrow(
      'namespace of chart "bare": nothing is given',
    );
  });

  it('with the credentials of another namespace', () => {
    const elsewhere = NgcCredentials.fromSecretNames(testChart({ namespace: 'rag' }), 'ngc');
    expectRefusal(() => nimDeployment({ credentials: elsewhere }), {
      what: 'NimDeployment text-embedding credentials',
      value: '"test/ngc"',
      because: 'the Secrets are in the namespace "rag", the pods in "embeddings"',
      instead: 'make NgcCredentials in the chart of each namespace',
    });
  });

  it.each([0, -1, 80, 443, 1023, 65536, 8000.5, Number.NaN])('on the port %d', (port) => {
    expectRefusal(() => nimDeployment({ port }), {
      what: 'NimDeployment port',
      value: `${port}`,
      because: 'a whole number from 1024 to 65535',
      instead: 'write for example 8000',
    });
  });

  it.each([8001, 8002, 8080])('on the port %d, which 1.x uses inside the pod', (port) => {
    expectRefusal(() => nimDeployment({ port }), {
      what: 'NimDeployment port',
      value: `${port}`,
      because: 'images 1.x use it inside the pod, for gRPC (8001), metrics (8002) or Triton HTTP (8080)',
      instead: 'write for example 8000',
    });
    expect(nimDeployment({ port, image: taggedImage('2.3.0') }).port).toBe(port);
  });

  it.each([1024, 65535])('but not on the port %d', (port) => {
    expect(nimDeployment({ port }).port).toBe(port);
  });

  it.each([0, -1, 1.5])('with %d replicas', (replicas) => {
    expectRefusal(() => nimDeployment({ replicas }), {
      what: 'NimDeployment replicas',
      value: `${replicas}`,
      because: 'a whole number of at least 1',
      instead: 'write 1 or more',
    });
  });

  it.each([0, -1, 0.5])('with a queue of %d', (maxQueueSize) => {
    expectRefusal(() => nimDeployment({ maxQueueSize }), {
      what: 'NimDeployment maxQueueSize',
      value: `${maxQueueSize}`,
      because: 'a whole number of at least 1',
      instead: 'write 1 or more',
    });
  });

  it.each(['startupTimeout', 'requestTimeout'])('with a %s of nothing', (name) => {
    expectRefusal(() => nimDeployment({ image: taggedImage('2.3.0'), [name]: Duration.seconds(0) }), {
      what: `NimDeployment ${name}`,
      value: JSON.stringify(Duration.seconds(0).toHumanString()),
      because: 'one second or more',
      instead: 'Duration.seconds(130)',
    });
  });

  it.each(['tmpSize', 'sharedMemorySize'])('with a %s of nothing', (name) => {
    expectRefusal(() => nimDeployment({ [name]: Size.gibibytes(0) }), {
      what: `NimDeployment ${name}`,
      value: '"0Gi"',
      because: 'more than zero',
      instead: 'Size.gibibytes(50)',
    });
  });

  it.each(['runtimeClassName', 'priorityClassName'])('with a %s that is no object name', (name) => {
    expectRefusal(() => nimDeployment({ [name]: 'NVIDIA Runtime' }), {
      what: `NimDeployment ${name}`,
      value: '"NVIDIA Runtime"',
      because: 'an object name is',
      instead: 'kubectl get',
    });
  });

  it.each([
    'proxy.example.com:3128',
    'socks5://proxy.example.com',
    'http://proxy.example.com:3128/path',
    'http://user@proxy.example.com',
    'http://',
  ])('with the proxy %j', (httpsProxy) => {
    expectRefusal(() => nimDeployment({ httpsProxy }), {
      what: 'NimDeployment httpsProxy',
      value: JSON.stringify(httpsProxy),
      because: 'a proxy URL is scheme, host and port, nothing else',
      instead: '"http://proxy.egress.svc.cluster.local:3128"',
    });
  });

  it('with the password of a proxy, which the message does not repeat', () => {
    const run = (): NimDeployment => nimDeployment({ httpsProxy: 'http://user:canary@proxy.example.com:3128' });
    expectRefusal(run, {
      what: 'NimDeployment httpsProxy HTTPS_PROXY',
      value: '"(hidden)"',
      because: 'it holds a URL with a user and password',
      instead: 'put it into a Secret',
    });
    expect(run).not.toThrow('canary');
  });

  it.each(['', 'bad key', '/team', 'Example.com/team', 'example.com/', '-team', 'a'.repeat(64)])(
    'with the key %j in a node selector or an annotation',
    (key) => {
      for (const prop of ['nodeSelector', 'podAnnotations']) {
        expectRefusal(() => nimDeployment({ [prop]: { [key]: 'x' } }), {
          what: `NimDeployment ${prop} key`,
          value: JSON.stringify(key),
          because: 'a key is 1 to 63 letters, digits, "-", "_" and "."',
          instead: 'write for example "example.com/team"',
        });
      }
    },
  );

  it.each(['NVIDIA L40S', '-x', 'x'.repeat(64)])('with the value %j in a node selector', (value) => {
    expectRefusal(() => nimDeployment({ nodeSelector: { 'nvidia.com/gpu.product': value } }), {
      what: 'NimDeployment nodeSelector nvidia.com/gpu.product',
      value: JSON.stringify(value),
      because: 'a value is at most 63 letters, digits',
      instead: 'kubectl get nodes --show-labels',
    });
  });

  it.each(['', 'true', 'NVIDIA-L40S', 'a_b.c'])('but not with the value %j in a node selector', (value) => {
    const nodeSelector = { 'nvidia.com/gpu.product': value, gpu: value };
    expect(podOf(renderNimDeployment({ nodeSelector }))).toMatchObject({ nodeSelector });
  });

  it('with a credential in an annotation of the pod', () => {
    expectRefusal(() => nimDeployment({ podAnnotations: { 'example.com/key': 'nvapi-canary' } }), {
      what: 'NimDeployment podAnnotations',
      value: '"(hidden)"',
      because: 'it holds an NVIDIA API key, and manifests are stored in Git',
      instead: 'put it into a Secret',
    });
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
