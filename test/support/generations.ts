import { NimRuntime } from 'cdk8s-nim';

export interface Generation {
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

export const proxyUrl = 'http://proxy.egress.svc:3128';
export const NO_PROXY = 'localhost,127.0.0.1,.svc,.cluster.local';

export const PROXY = {
  HTTP_PROXY: proxyUrl,
  HTTPS_PROXY: proxyUrl,
  NO_PROXY,
  http_proxy: proxyUrl,
  https_proxy: proxyUrl,
  no_proxy: NO_PROXY,
};

export const generations: Generation[] = [
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
