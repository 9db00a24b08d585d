import { Duration } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { ContainerImage, LogLevel, type NimDeploymentProps, NimFamily, NimRuntime } from 'cdk8s-nim';
import { alternatives } from '../../lib/common/kinds';
import { factsOfImage, factsOfTag } from '../../lib/nim/generations';
import { at } from '../support/manifests';
import {
  airGapped,
  DIGEST,
  type Given,
  given,
  nimDeployment,
  renderNimDeployment,
  secretIn,
  taggedImage,
} from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { literalsOf, nimOf, podOf, secretRefsOf } from '../support/workload';

interface Generation {
  readonly runtime: NimRuntime;
  readonly tag: string;
  /** The whole literal environment with the least possible props. */
  readonly env: Record<string, string>;
  /** What port: 9000 changes. */
  readonly port: Record<string, string>;
  /** What listenOnIpv6 changes; absent where it is refused. */
  readonly ipv6?: Record<string, string>;
  /** What tritonMetrics adds; absent where it is refused. */
  readonly metrics?: Record<string, string>;
  readonly quiet: Record<string, string>;
  readonly plainLogs: Record<string, string>;
  readonly queue: Record<string, string>;
  /** The whole literal environment of an air-gapped pod. */
  readonly offline: Record<string, string>;
  /** What a proxy adds. */
  readonly proxy: Record<string, string>;
  readonly mounts: Record<string, string>;
  readonly graceSeconds: number;
  readonly ephemeralStorage: string;
}

const proxyUrl = 'http://proxy.egress.svc:3128';
const NO_PROXY = 'localhost,127.0.0.1,.svc,.cluster.local';
const PROXY = {
  HTTP_PROXY: proxyUrl,
  HTTPS_PROXY: proxyUrl,
  NO_PROXY,
  http_proxy: proxyUrl,
  https_proxy: proxyUrl,
  no_proxy: NO_PROXY,
};

const generations: Generation[] = [
  {
    runtime: NimRuntime.TRITON,
    tag: '1.13.0',
    env: {
      NIM_CACHE_PATH: '/opt/nim/.cache',
      OMP_NUM_THREADS: '1',
      NIM_HTTP_API_PORT: '8000',
      NIM_LOG_LEVEL: 'INFO',
      NIM_JSONL_LOGGING: '1',
    },
    port: { NIM_HTTP_API_PORT: '9000' },
    metrics: { NIM_TRITON_METRICS_PORT: '8002' },
    quiet: { NIM_LOG_LEVEL: 'WARNING' },
    plainLogs: { NIM_JSONL_LOGGING: '0' },
    queue: { NIM_TRITON_MAX_QUEUE_SIZE: '256' },
    offline: {
      NIM_CACHE_PATH: '/opt/nim/.cache',
      OMP_NUM_THREADS: '1',
      NIM_HTTP_API_PORT: '8000',
      NIM_LOG_LEVEL: 'INFO',
      NIM_JSONL_LOGGING: '1',
      NIM_IGNORE_MODEL_DOWNLOAD_FAIL: 'true',
    },
    proxy: { ...PROXY, NIM_SDK_USE_NATIVE_TLS: '1' },
    mounts: { '/opt/nim/.cache': 'model-cache', '/tmp': 'tmp', '/dev/shm': 'shared-memory' },
    graceSeconds: 60,
    ephemeralStorage: '8Gi',
  },
  {
    runtime: NimRuntime.NATIVE_2_0,
    tag: '2.0.3',
    env: {
      NIM_BIND_ADDR: '0.0.0.0:8000',
      RUST_LOG: 'info',
      LOG_FORMAT: 'json',
      NIM_MODEL_DOWNLOAD_PROVIDER: 'ngc',
    },
    port: { NIM_BIND_ADDR: '0.0.0.0:9000' },
    ipv6: { NIM_BIND_ADDR: '[::]:8000' },
    quiet: { RUST_LOG: 'warn' },
    plainLogs: { LOG_FORMAT: 'pretty' },
    queue: { NIM_MAX_QUEUE_SIZE: '256' },
    offline: { NIM_BIND_ADDR: '0.0.0.0:8000', RUST_LOG: 'info', LOG_FORMAT: 'json', HF_HUB_OFFLINE: '1' },
    proxy: PROXY,
    mounts: { '/model': 'model-cache', '/opt/cache': 'scratch-0', '/tmp': 'tmp', '/dev/shm': 'shared-memory' },
    graceSeconds: 130,
    ephemeralStorage: '12Gi',
  },
  {
    runtime: NimRuntime.NATIVE_2_2,
    tag: '2.3.0',
    env: {
      NIM_SERVER_BIND_ADDR: '0.0.0.0:8000',
      RUST_LOG: 'info',
      LOG_FORMAT: 'json',
      NIM_ENGINE_MODEL_DOWNLOAD_PROVIDER: 'ngc',
    },
    port: { NIM_SERVER_BIND_ADDR: '0.0.0.0:9000' },
    ipv6: { NIM_SERVER_BIND_ADDR: '[::]:8000' },
    quiet: { RUST_LOG: 'warn' },
    plainLogs: { LOG_FORMAT: 'pretty' },
    queue: { NIM_SERVER_MAX_QUEUE_SIZE: '256' },
    offline: { NIM_SERVER_BIND_ADDR: '0.0.0.0:8000', RUST_LOG: 'info', LOG_FORMAT: 'json', HF_HUB_OFFLINE: '1' },
    proxy: PROXY,
    mounts: { '/model': 'model-cache', '/opt/cache': 'scratch-0', '/tmp': 'tmp', '/dev/shm': 'shared-memory' },
    graceSeconds: 130,
    ephemeralStorage: '12Gi',
  },
];

const generationOf = (image: ContainerImage, named?: NimRuntime): NimRuntime =>
  factsOfImage(NimFamily.EMBEDDING, image, named).runtime;

describe.each(generations)('the generation $runtime.name', (generation) => {
  const image = taggedImage(generation.tag);
  const render = (props: Given<NimDeploymentProps> = {}) =>
    renderNimDeployment((chart) => ({ image, ...given(props, chart) }));
  const envWith = (props: Given<NimDeploymentProps>) => literalsOf(nimOf(render(props)));

  it('is read from the tag', () => {
    expect(nimDeployment({ image }).runtime).toBe(generation.runtime);
  });

  it('gets these variables and no others', () => {
    const nim = nimOf(render());
    expect(literalsOf(nim)).toEqual(generation.env);
    expect(secretRefsOf(nim)).toEqual({ NGC_API_KEY: 'ngc-api-secret/NGC_API_KEY' });
  });

  it('listens on the given port, and the container, its probes and its name follow', () => {
    const nim = nimOf(render({ port: 9000 }));
    expect(literalsOf(nim)).toEqual({ ...generation.env, ...generation.port });
    expect(nim.ports).toEqual([{ name: 'http-api', containerPort: 9000, protocol: 'TCP' }]);
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
      expect(at(nim, `${probe}.httpGet.port`)).toBe('http-api');
    }
  });

  const { ipv6 } = generation;
  if (ipv6 === undefined) {
    it('is refused on IPv6, for which it documents no setting', () => {
      expectRefusal(() => nimDeployment({ image, listenOnIpv6: true }), {
        what: 'NimDeployment listenOnIpv6',
        value: 'true',
        because: 'images 1.x document a port, and no address to listen on',
        instead: 'leave it out, or use an image 2.x',
      });
    });
  } else {
    it('listens on IPv6 as asked, on the given port', () => {
      expect(envWith({ listenOnIpv6: true })).toEqual({ ...generation.env, ...ipv6 });
      const [name = ''] = Object.keys(ipv6);
      expect(envWith({ listenOnIpv6: true, port: 9000 })[name]).toBe('[::]:9000');
    });
  }

  it('listens on IPv4 unless asked', () => {
    expect(envWith({ listenOnIpv6: false })).toEqual(generation.env);
  });

  const { metrics } = generation;
  if (metrics === undefined) {
    it('is refused with the metrics of Triton, which it does not have', () => {
      expectRefusal(() => nimDeployment({ image, tritonMetrics: true }), {
        what: 'NimDeployment tritonMetrics',
        value: 'true',
        because: 'have no Triton, and serve all their metrics on the API port',
        instead: 'leave it out: monitoring reaches the API port',
      });
    });
  } else {
    it('offers the metrics of Triton on a port of their own when asked', () => {
      const nim = nimOf(render({ tritonMetrics: true }));
      expect(literalsOf(nim)).toEqual({ ...generation.env, ...metrics });
      expect(nim.ports).toEqual([
        { name: 'http-api', containerPort: 8000, protocol: 'TCP' },
        { name: 'triton-metrics', containerPort: 8002, protocol: 'TCP' },
      ]);
      expect(nimDeployment({ image, tritonMetrics: true }).metricsPort).toMatchObject({
        name: 'triton-metrics',
        port: 8002,
        path: '/metrics',
      });
    });
  }

  it('has no port for metrics alone unless asked', () => {
    expect(nimDeployment({ image, tritonMetrics: false }).metricsPort).toBeUndefined();
    expect(nimOf(render({ tritonMetrics: false })).ports).toHaveLength(1);
  });

  it('logs as asked', () => {
    expect(envWith({ logLevel: LogLevel.WARNING })).toEqual({ ...generation.env, ...generation.quiet });
    expect(envWith({ jsonLogs: false })).toEqual({ ...generation.env, ...generation.plainLogs });
  });

  it('bounds its queue as asked', () => {
    expect(envWith({ maxQueueSize: 256 })).toEqual({ ...generation.env, ...generation.queue });
  });

  it('takes the model from the cache alone when it is air-gapped, and gets no key', () => {
    const nim = nimOf(render((chart) => ({ credentials: airGapped(chart) })));
    expect(literalsOf(nim)).toEqual(generation.offline);
    expect(secretRefsOf(nim)).toEqual({});
  });

  it('downloads through a proxy', () => {
    expect(envWith({ httpsProxy: proxyUrl })).toEqual({ ...generation.env, ...generation.proxy });
  });

  it('keeps the model and its scratch files on volumes', () => {
    const nim = nimOf(render());
    expect(Object.fromEntries(nim.volumeMounts.map(({ mountPath, name }) => [mountPath, name]))).toEqual(
      generation.mounts,
    );
    expect(nim.resources.limits['ephemeral-storage']).toBe(generation.ephemeralStorage);
  });

  it('is probed on the health paths of the API port', () => {
    const nim = nimOf(render());
    const period = { periodSeconds: 10, timeoutSeconds: 5 };
    const ready = { httpGet: { path: '/v1/health/ready', port: 'http-api' }, ...period };
    expect(nim.startupProbe).toEqual({ ...ready, failureThreshold: 180 });
    expect(nim['readinessProbe']).toEqual({ ...ready, failureThreshold: 3 });
    expect(nim['livenessProbe']).toEqual({
      httpGet: { path: '/v1/health/live', port: 'http-api' },
      ...period,
      failureThreshold: 3,
    });
  });

  it('gets time to end its last requests', () => {
    expect(podOf(render()).terminationGracePeriodSeconds).toBe(generation.graceSeconds);
  });
});

describe.each([NimRuntime.NATIVE_2_0, NimRuntime.NATIVE_2_2])('the request timeout of $name', (runtime) => {
  const image = taggedImage(runtime === NimRuntime.NATIVE_2_0 ? '2.0.0' : '2.2.0');
  const variable = runtime === NimRuntime.NATIVE_2_0 ? 'NIM_REQUEST_TIMEOUT_S' : 'NIM_SERVER_REQUEST_TIMEOUT_S';

  it('is set where it is given, and the grace period is 10 s longer', () => {
    const objects = renderNimDeployment({ image, requestTimeout: Duration.minutes(5) });
    expect(literalsOf(nimOf(objects))).toMatchObject({ [variable]: '300' });
    expect(podOf(objects).terminationGracePeriodSeconds).toBe(310);
  });

  it('is known to the API behind the service: the default of the NIM where it is not given', () => {
    expect(nimDeployment({ image }).api.requestTimeout?.toSeconds()).toBe(120);
    expect(nimDeployment({ image, requestTimeout: Duration.minutes(5) }).api.requestTimeout?.toSeconds()).toBe(300);
  });
});

describe('the request timeout of 1.x', () => {
  it('is unknown to the API behind the service', () => {
    expect(nimDeployment({ image: taggedImage('1.13.0') }).api.requestTimeout).toBeUndefined();
  });

  it('is refused', () => {
    expectRefusal(() => nimDeployment({ image: taggedImage('1.13.0'), requestTimeout: Duration.minutes(5) }), {
      what: 'NimDeployment requestTimeout',
      value: '"300 s"',
      because: 'images 1.x document no request timeout; it is a setting of 2.x',
      instead: 'leave it out, and set the timeout of the ingress',
    });
  });
});

describe('the generation of an image', () => {
  it.each([
    ['1.0.0', NimRuntime.TRITON],
    ['1.13.0', NimRuntime.TRITON],
    ['1.99.9-rc1', NimRuntime.TRITON],
    ['v1.13.0', NimRuntime.TRITON],
    ['2.0.0', NimRuntime.NATIVE_2_0],
    ['2.0', NimRuntime.NATIVE_2_0],
    ['2.2.0', NimRuntime.NATIVE_2_2],
    ['2.2.2', NimRuntime.NATIVE_2_2],
    ['2.3', NimRuntime.NATIVE_2_2],
    ['2.4.0-variant', NimRuntime.NATIVE_2_2],
    ['2.10.0', NimRuntime.NATIVE_2_2],
  ])('is inferred from the tag %s', (tag, runtime) => {
    expect(generationOf(taggedImage(tag))).toBe(runtime);
    expect(generationOf(taggedImage(tag), runtime)).toBe(runtime);
    expect(generationOf(ContainerImage.fromReference(`mirror.example.com/model:${tag}@${DIGEST}`))).toBe(runtime);
  });

  it.each(['stable', '1', '2', '3.0.0', '0.9.0', 'release-2.3.0', '2024-05-01', '2x.3.0'])(
    'has to be named when the tag is %s',
    (tag) => {
      const image = taggedImage(tag);
      expectRefusal(() => generationOf(image), {
        what: 'image',
        value: JSON.stringify(image.reference),
        because: 'no version of a known NIM generation (1.x, 2.x) can be read from it',
        instead: `runtime: ${alternatives(generations.map(({ runtime }) => `NimRuntime.${runtime.name}`))}`,
      });
      expect(generationOf(image, NimRuntime.NATIVE_2_2)).toBe(NimRuntime.NATIVE_2_2);
    },
  );

  it('has to be named when the image is a digest alone', () => {
    const image = ContainerImage.fromReference(`nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2@${DIGEST}`);
    expectRefusal(() => nimDeployment({ image }), {
      what: 'image',
      value: JSON.stringify(image.reference),
      because: 'no version of a known NIM generation',
      instead: 'name the generation: runtime: NimRuntime.TRITON',
    });
    expect(literalsOf(nimOf(renderNimDeployment({ image, runtime: NimRuntime.NATIVE_2_0 })))).toHaveProperty(
      'NIM_BIND_ADDR',
    );
  });

  it.each([
    ['1.13.0', NimRuntime.NATIVE_2_0, 'TRITON (1.x)'],
    ['2.0.0', NimRuntime.TRITON, 'NATIVE_2_0 (2.0)'],
    ['2.3.0', NimRuntime.NATIVE_2_0, 'NATIVE_2_2 (2.2 and newer 2.x)'],
  ])('cannot contradict the tag %s', (tag, runtime, generation) => {
    expectRefusal(() => nimDeployment({ image: taggedImage(tag), runtime }), {
      what: 'runtime',
      value: JSON.stringify(runtime.name),
      because: `the image nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:${tag} is of the generation ${generation}`,
      instead: 'leave out runtime, or use an image of that generation',
    });
  });

  it('has to be named where the settings were renamed and nobody says how', () => {
    const image = taggedImage('2.1.3');
    expectRefusal(() => nimDeployment({ image }), {
      what: 'image',
      value: JSON.stringify(image.reference),
      because: 'the settings were renamed with 2.1, but no documentation of a 2.1 image is public',
      instead: 'use an image 2.2 or newer, or name the generation that you tried: runtime: NimRuntime.NATIVE_2_2',
    });
    expect(literalsOf(nimOf(renderNimDeployment({ image, runtime: NimRuntime.NATIVE_2_2 })))).toHaveProperty(
      'NIM_SERVER_BIND_ADDR',
    );
    expect(generationOf(image, NimRuntime.NATIVE_2_0)).toBe(NimRuntime.NATIVE_2_0);
  });
});

const families: Record<string, { readonly setting: string; readonly because: string; readonly unknownTo: string[] }[]> =
  {
    'of Triton': [
      'NIM_TRITON_MAX_BATCH_SIZE',
      'NIM_TRITON_LOG_VERBOSE',
      'NIM_TRITON_PERFORMANCE_MODE',
      'NIM_HTTP_API_PORT',
      'NIM_HTTP_TRITON_PORT',
      'NIM_HTTP_MAX_WORKERS',
      'NIM_GRPC_API_PORT',
      'NIM_CACHE_PATH',
      'NIM_JSONL_LOGGING',
      'NIM_LOGGING_JSONL',
      'NIM_LOG_LEVEL',
      'NIM_MODEL_PROFILE',
      'NIM_MANIFEST_ALLOW_UNSAFE',
      'NIM_NUM_MODEL_INSTANCES',
      'NIM_CUSTOM_MODEL',
      'NIM_IGNORE_MODEL_DOWNLOAD_FAIL',
      'NIM_SSL_MODE',
    ].map((setting) => ({
      setting,
      because: 'it is a setting of the 1.x images',
      unknownTo: ['2.0.0', '2.3.0'],
    })),
    'for OpenTelemetry': ['NIM_ENABLE_OTEL', 'OTEL_SERVICE_NAME', 'NIM_OTEL_SERVICE_NAME', 'TRITON_OTEL_URL'].map(
      (setting) => ({ setting, because: '2.x images export no OpenTelemetry', unknownTo: ['2.0.0', '2.3.0'] }),
    ),
    'of 2.0': [
      'NIM_BIND_ADDR',
      'NIM_GRPC_BIND_ADDR',
      'NIM_GRPC_MAX_DECODING_MESSAGE_BYTES',
      'NIM_HTTP_BODY_LIMIT_BYTES',
      'NIM_MAX_IMAGE_BYTES',
      'NIM_MAX_QUEUE_SIZE',
      'NIM_MAX_WAIT_MS',
      'NIM_REQUEST_TIMEOUT_S',
      'NIM_PRECISION',
      'NIM_MODEL_DOWNLOAD_PROVIDER',
      'NIM_MODEL_NAME',
      'NIM_MODEL_PATH',
    ].map((setting) => ({
      setting,
      because: 'it is a setting of the 2.0 images, with which newer ones do not start',
      unknownTo: ['1.13.0', '2.3.0'],
    })),
    'of 2.2 and newer': [
      'NIM_SERVER_BIND_ADDR',
      'NIM_SERVER_GRPC_BIND_ADDR',
      'NIM_SERVER_MAX_QUEUE_SIZE',
      'NIM_ENGINE_PRECISION',
      'NIM_ENGINE_MODEL_PATH',
      'NIM_PIPELINE_MAX_BATCH_SIZE',
      'NIM_PERFORMANCE_MODE',
    ].map((setting) => ({
      setting,
      because: 'it is a setting of the 2.2 and newer images',
      unknownTo: ['1.13.0', '2.0.0'],
    })),
    'of 2.x': [
      'RUST_LOG',
      'LOG_FORMAT',
      'SHOW_CONFIG',
      'NIM_ENGINE_COUNT',
      'NIM_PRECOMPILE_CACHE_DIR',
      'NIM_TLS_CERT_PATH',
      'HF_HUB_OFFLINE',
    ].map((setting) => ({ setting, because: 'it is a setting of the 2.x images', unknownTo: ['1.13.0'] })),
    'that the embedding NIM does not have': [
      {
        setting: 'NIM_SERVER_PORT',
        because: 'it is a setting of LLM NIMs, and an embedding NIM listens where NIM_HTTP_API_PORT (1.x)',
        unknownTo: ['1.13.0', '2.0.0', '2.3.0'],
      },
    ],
    'that is misspelt': [
      {
        setting: 'NIM_TRITION_MAX_QUEUE_SIZE',
        because: 'it is a misspelling of NIM_TRITON_…, which the NIM ignores',
        unknownTo: ['1.13.0', '2.0.0', '2.3.0'],
      },
    ],
  };

const foreign = Object.entries(families).flatMap(([family, settings]) =>
  settings.flatMap(({ setting, because, unknownTo }) =>
    unknownTo.map((tag) => ({ family, setting, because, tag, generation: factsOfTag(NimFamily.EMBEDDING, tag) })),
  ),
);

describe('a setting', () => {
  it.each(foreign)('$family is refused on $tag: $setting', ({ setting, because, tag, generation }) => {
    const image = taggedImage(tag);
    const ways: Given<NimDeploymentProps>[] = [
      { image, env: { [setting]: '1' } },
      (chart) => ({ image, secretEnv: { [setting]: { secret: secretIn(chart, 'settings'), key: 'value' } } }),
    ];
    for (const props of ways) {
      expectRefusal(() => nimDeployment(props), {
        what: 'NimDeployment env name',
        value: JSON.stringify(setting),
        because,
        instead: ['NIM_SERVER_PORT', 'NIM_HTTP_API_PORT'].includes(setting)
          ? 'use the prop port instead'
          : 'leave it out, or write the name that this generation documents',
      });
      expect(() => nimDeployment(props)).toThrow(
        `this image is of the generation ${generation?.runtime.name} (${generation?.versions})`,
      );
    }
  });

  it.each([
    ['1.13.0', 'NIM_TRITON_MAX_BATCH_SIZE'],
    ['1.13.0', 'NIM_NUM_TOKENIZERS'],
    ['1.13.0', 'NIM_ENABLE_OTEL'],
    ['1.13.0', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
    ['1.13.0', 'NIM_SERVED_MODEL_NAME'],
    ['2.0.0', 'NIM_MAX_WAIT_MS'],
    ['2.0.0', 'NIM_ENGINE_COUNT'],
    ['2.0.0', 'NIM_PRECOMPILE_CACHE_DIR'],
    ['2.3.0', 'NIM_ENGINE_COUNT'],
    ['2.3.0', 'NIM_ENGINE_PRECISION'],
    ['2.3.0', 'NIM_PIPELINE_MAX_BATCH_SIZE'],
    ['2.3.0', 'NIM_PERFORMANCE_MODE'],
    ['2.3.0', 'RAYON_NUM_THREADS'],
  ])('of its own generation is taken on %s: %s', (tag, setting) => {
    const objects = renderNimDeployment({ image: taggedImage(tag), env: { [setting]: '1' } });
    expect(literalsOf(nimOf(objects))).toMatchObject({ [setting]: '1' });
  });
});
