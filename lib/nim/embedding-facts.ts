import type { LogLevel } from './log-level';
import { NimRuntime } from './nim-runtime';
import { CACHE_PATH, type Environment, type ForeignSetting, type RuntimeFacts } from './runtime-facts';
import type { Since } from './generations';
import { TRITON_METRICS } from './nvidia-metrics';

const TRITON_NAMES: ForeignSetting = {
  pattern:
    /^(NIM_TRITON_\w+|NIM_HTTP_TRITON_PORT|NIM_HTTP_MAX_WORKERS|NIM_GRPC_API_PORT|NIM_CACHE_PATH|NIM_JSONL_LOGGING|NIM_LOGGING_JSONL|NIM_LOG_LEVEL|NIM_MODEL_PROFILE|NIM_MANIFEST_\w+|NIM_NUM_\w+|NIM_CUSTOM_MODEL|NIM_IGNORE_MODEL_DOWNLOAD_FAIL|NIM_SSL_\w+)$/,
  because: 'it is a setting of the 1.x images',
};

const OPEN_TELEMETRY: ForeignSetting = {
  pattern: /^(NIM_ENABLE_OTEL|(NIM_|TRITON_)?OTEL_\w+)$/,
  because: '2.x images export no OpenTelemetry',
};

const NATIVE_2_0_NAMES: ForeignSetting = {
  pattern:
    /^(NIM_BIND_ADDR|NIM_GRPC_BIND_ADDR|NIM_GRPC_MAX_DECODING_MESSAGE_BYTES|NIM_HTTP_BODY_LIMIT_BYTES|NIM_MAX_IMAGE_BYTES|NIM_MAX_QUEUE_SIZE|NIM_MAX_WAIT_MS|NIM_REQUEST_TIMEOUT_S|NIM_PRECISION|NIM_MODEL_DOWNLOAD_PROVIDER|NIM_MODEL_NAME|NIM_MODEL_PATH)$/,
  because: 'it is a setting of the 2.0 images, with which newer ones do not start',
};

const NATIVE_2_2_NAMES: ForeignSetting = {
  pattern: /^(NIM_SERVER_(?!PORT$)\w+|NIM_ENGINE_(?!COUNT$)\w+|NIM_PIPELINE_\w+|NIM_PERFORMANCE_MODE)$/,
  because: 'it is a setting of the 2.2 and newer images',
};

const NATIVE_NAMES: ForeignSetting = {
  pattern: /^(RUST_LOG|LOG_FORMAT|SHOW_CONFIG|NIM_ENGINE_COUNT|NIM_PRECOMPILE_CACHE_DIR|NIM_TLS_\w+|HF_HUB_OFFLINE)$/,
  because: 'it is a setting of the 2.x images',
};

const TRITON_PORT: ForeignSetting = {
  pattern: /^NIM_HTTP_API_PORT$/,
  because: 'it is a setting of the 1.x images',
  namesApiPort: true,
};

/** NVIDIA's charts and operator set it on every NIM. */
const LLM_PORT: ForeignSetting = {
  pattern: /^NIM_SERVER_PORT$/,
  because:
    'it is a setting of LLM NIMs, and an embedding NIM listens where NIM_HTTP_API_PORT (1.x), NIM_BIND_ADDR (2.0) or NIM_SERVER_BIND_ADDR (2.2 and newer) says',
  namesApiPort: true,
};

const MISSPELT: ForeignSetting = {
  pattern: /^NIM_TRITION_\w+$/,
  because: 'it is a misspelling of NIM_TRITON_…, which the NIM ignores',
};

/** Every setting that some generations do not know. The first one that fits gives the reason. */
const SETTINGS: readonly ForeignSetting[] = [
  MISSPELT,
  LLM_PORT,
  TRITON_PORT,
  TRITON_NAMES,
  OPEN_TELEMETRY,
  NATIVE_NAMES,
  NATIVE_2_0_NAMES,
  NATIVE_2_2_NAMES,
];

/** What a generation does not know: every setting but its own. */
function allBut(...own: readonly ForeignSetting[]): ForeignSetting[] {
  return SETTINGS.filter((setting) => !own.includes(setting));
}

const RUST_LEVELS: Record<LogLevel, string> = { DEBUG: 'debug', INFO: 'info', WARNING: 'warn', ERROR: 'error' };

function rustLogging(level: LogLevel, json: boolean): Environment {
  return { RUST_LOG: RUST_LEVELS[level], LOG_FORMAT: json ? 'json' : 'pretty' };
}

/** NVIDIA's chart: nim.nimCache */
const TRITON_CACHE = '/opt/nim/.cache';
const TRITON_METRICS_PORT = 8002;

const TRITON: RuntimeFacts = {
  runtime: NimRuntime.TRITON,
  versions: '1.x',
  innerPorts: [
    { port: 8001, use: 'gRPC' },
    { port: TRITON_METRICS_PORT, use: 'metrics' },
    { port: 8080, use: 'Triton HTTP' },
  ],
  // NVIDIA's compose files publish it; the NIM Operator sets the variable.
  metrics: {
    port: TRITON_METRICS_PORT,
    path: '/metrics',
    variable: 'NIM_TRITON_METRICS_PORT',
    documented: TRITON_METRICS,
  },
  listen: (port) => ({ NIM_HTTP_API_PORT: `${port}` }),
  // NVIDIA's embedding charts: one OpenMP thread, against the process limit that the NIM's documentation warns of.
  fixed: { [CACHE_PATH]: TRITON_CACHE, OMP_NUM_THREADS: '1' },
  logging: (level, json) => ({ NIM_LOG_LEVEL: level, NIM_JSONL_LOGGING: json ? '1' : '0' }),
  modelPath: TRITON_CACHE,
  modelPathVariable: CACHE_PATH,
  // Triton makes this directory at its start, in the image.
  scratchPaths: (readOnlyRootFilesystem) => (readOnlyRootFilesystem ? ['/opt/tritonserver/caches'] : []),
  // The Python tokenizer of Triton; NVIDIA's instructions for Docker: --shm-size=16GB. For 2.x nothing is known.
  needsSharedMemory: true,
  downloadFromNgc: {},
  // The NIM Operator, nimcache_controller.go. Without a GPU the command cannot choose a profile itself.
  download: {
    command: (profile) => ['download-to-cache', ...(profile === undefined ? ['--all'] : ['--profiles', profile])],
    env: {},
    profileVariable: 'NIM_MODEL_PROFILE',
  },
  // The same directories as below the NIM's own path.
  operatorCache: () => ({}),
  offline: { NIM_IGNORE_MODEL_DOWNLOAD_FAIL: 'true' },
  // The NIM Operator's proxy mode
  behindProxy: { NIM_SDK_USE_NATIVE_TLS: '1' },
  // What operators of NIMs set behind such a proxy. NVIDIA documents the case for LLM NIMs; no source shows an embedding NIM.
  caBundle: (file) => ({ SSL_CERT_FILE: file, REQUESTS_CA_BUNDLE: file }),
  // A guide for llama-3.2-nv-embedqa-1b-v2 among NVIDIA's community examples. The page of the variables does not list them: an image that
  // does not know them serves plain HTTP, and never becomes ready.
  tls: ({ certificate, key }) => ({ NIM_SSL_MODE: 'tls', NIM_SSL_CERT_PATH: certificate, NIM_SSL_KEY_PATH: key }),
  // NVIDIA's documentation of the environment of 1.x: OTLP over HTTP only.
  openTelemetry: (endpoint, serviceName) => ({
    NIM_ENABLE_OTEL: '1',
    OTEL_SERVICE_NAME: serviceName,
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'otlp',
  }),
  maxQueueSizeVariable: 'NIM_TRITON_MAX_QUEUE_SIZE',
  // NVIDIA's chart: terminationGracePeriodSeconds 60
  gracePeriodSeconds: 60,
  foreign: allBut(TRITON_PORT, TRITON_NAMES, OPEN_TELEMETRY),
};

/** Added to the NIM's own request timeout, so that the last request can end before the pod does. */
const GRACE_AFTER_REQUEST_SECONDS = 10;

/** The facts of 2.0 that 2.2 has too, or renamed. */
const NATIVE: RuntimeFacts = {
  runtime: NimRuntime.NATIVE_2_0,
  versions: '2.0',
  innerPorts: [],
  listen: (port) => ({ NIM_BIND_ADDR: `0.0.0.0:${port}` }),
  // This is how a server in Rust reads an address and a port. NVIDIA documents the setting, but only its default value.
  listenOnIpv6: (port) => ({ NIM_BIND_ADDR: `[::]:${port}` }),
  fixed: {},
  logging: rustLogging,
  modelPath: '/model',
  // Compiled kernels. A volume of the pod, because nobody documents that several NIMs may write to one.
  scratchPaths: () => ['/opt/cache'],
  // Hugging Face is the default provider of 2.x.
  downloadFromNgc: { NIM_MODEL_DOWNLOAD_PROVIDER: 'ngc' },
  offline: { HF_HUB_OFFLINE: '1' },
  behindProxy: {},
  maxQueueSizeVariable: 'NIM_MAX_QUEUE_SIZE',
  requestTimeout: { variable: 'NIM_REQUEST_TIMEOUT_S', defaultSeconds: 120 },
  gracePeriodSeconds: GRACE_AFTER_REQUEST_SECONDS,
  foreign: allBut(NATIVE_NAMES, NATIVE_2_0_NAMES),
};

const NATIVE_2_0: RuntimeFacts = {
  ...NATIVE,
  // NVIDIA's page of the variables of 2.0. Those of newer images are not public.
  tls: ({ certificate, key }) => ({ NIM_TLS_CERT_PATH: certificate, NIM_TLS_KEY_PATH: key }),
};

const NATIVE_2_2: RuntimeFacts = {
  ...NATIVE,
  runtime: NimRuntime.NATIVE_2_2,
  versions: '2.2 and newer 2.x',
  listen: (port) => ({ NIM_SERVER_BIND_ADDR: `0.0.0.0:${port}` }),
  listenOnIpv6: (port) => ({ NIM_SERVER_BIND_ADDR: `[::]:${port}` }),
  downloadFromNgc: { NIM_ENGINE_MODEL_DOWNLOAD_PROVIDER: 'ngc' },
  // The NIM Operator, nimcache_controller.go. For 2.0 no such setting is public.
  download: { env: { NIM_ENGINE_MODEL_DOWNLOAD_ONLY: '1' } },
  // The NIM Operator, internal/utils/utils.go, NativeModelPath.
  operatorCache: (nimCache) => ({ NIM_ENGINE_MODEL_PATH: `/model/${nimCache}` }),
  maxQueueSizeVariable: 'NIM_SERVER_MAX_QUEUE_SIZE',
  requestTimeout: { variable: 'NIM_SERVER_REQUEST_TIMEOUT_S', defaultSeconds: 120 },
  foreign: allBut(NATIVE_NAMES, NATIVE_2_2_NAMES),
};

/** Which versions are of which generation, the newest first. */
export const EMBEDDING_GENERATIONS: readonly Since[] = [
  { since: '3.0.0' },
  { since: '2.2.0', facts: NATIVE_2_2 },
  // NVIDIA-NeMo/Nemotron, deploy.py: engine-prefixed names from 2.1.0 on. No image and no documentation of 2.1 is public.
  {
    since: '2.1.0',
    unclear: 'the settings were renamed with 2.1, but no documentation of a 2.1 image is public',
    instead: 'use an image 2.2 or newer, or name the generation that you tried: runtime: NimRuntime.NATIVE_2_2',
  },
  { since: '2.0.0', facts: NATIVE_2_0 },
  { since: '1.0.0', facts: TRITON },
];
