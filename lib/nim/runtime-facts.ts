import type { LogLevel } from './log-level';
import { NimRuntime } from './nim-runtime';

/** NVIDIA's documentation of every generation. */
export const DEFAULT_API_PORT = 8000;

/** The variable that every generation reads the NGC API key from. */
export const NGC_API_KEY = 'NGC_API_KEY';

/** A literal environment. */
export type Environment = Readonly<Record<string, string>>;

/** A name, or a family of names, that a generation does not know. */
export interface ForeignSetting {
  readonly pattern: RegExp;
  readonly because: string;
}

/** How the NIM of one generation is configured. This file is the only place where generations differ. */
export interface RuntimeFacts {
  /** Ports that the pod uses inside; the API cannot listen there. */
  readonly innerPorts: readonly number[];
  /** Where the API listens. */
  readonly listen: (port: number) => Environment;
  /** Settings that do not depend on a choice. */
  readonly fixed: Environment;
  readonly logging: (level: LogLevel, json: boolean) => Environment;
  /** Where the weights are kept. */
  readonly modelPath: string;
  /** Further paths that the NIM writes to at run time, and that have to be volumes. */
  readonly scratchPaths: (readOnlyRootFilesystem: boolean) => readonly string[];
  /** Take the model from NGC, with `NGC_API_KEY`. */
  readonly downloadFromNgc: Environment;
  /** Take the model from the cache only. */
  readonly offline: Environment;
  /** Needed besides the proxy's URL. */
  readonly behindProxy: Environment;
  readonly maxQueueSizeVariable: string;
  /** Name and default of the NIM's own request timeout; the Triton generation documents none. */
  readonly requestTimeout?: { readonly variable: string; readonly defaultSeconds: number };
  /** Time between SIGTERM and SIGKILL, beyond the NIM's own request timeout. */
  readonly gracePeriodSeconds: number;
  readonly foreign: readonly ForeignSetting[];
}

const TRITON_NAMES: ForeignSetting = {
  pattern:
    /^(NIM_TRITON_\w+|NIM_HTTP_API_PORT|NIM_HTTP_TRITON_PORT|NIM_HTTP_MAX_WORKERS|NIM_GRPC_API_PORT|NIM_SERVER_PORT|NIM_CACHE_PATH|NIM_JSONL_LOGGING|NIM_LOGGING_JSONL|NIM_LOG_LEVEL|NIM_MODEL_PROFILE|NIM_MANIFEST_\w+|NIM_NUM_\w+|NIM_CUSTOM_MODEL|NIM_IGNORE_MODEL_DOWNLOAD_FAIL|NIM_SSL_\w+)$/,
  because: 'it is a setting of the 1.x images',
};

const OPEN_TELEMETRY: ForeignSetting = {
  pattern: /^(NIM_ENABLE_OTEL|(NIM_|TRITON_)?OTEL_\w+)$/,
  because: '2.x images export no OpenTelemetry',
};

const NATIVE_2_0_NAMES: ForeignSetting = {
  pattern:
    /^(NIM_BIND_ADDR|NIM_GRPC_BIND_ADDR|NIM_GRPC_MAX_DECODING_MESSAGE_BYTES|NIM_HTTP_BODY_LIMIT_BYTES|NIM_MAX_IMAGE_BYTES|NIM_MAX_QUEUE_SIZE|NIM_MAX_WAIT_MS|NIM_REQUEST_TIMEOUT_S|NIM_PRECISION|NIM_MODEL_DOWNLOAD_PROVIDER|NIM_MODEL_NAME|NIM_MODEL_PATH)$/,
  because: 'it is a setting of the 2.0 and 2.1 images',
};

const NATIVE_2_2_NAMES: ForeignSetting = {
  pattern: /^(NIM_SERVER_(?!PORT$)\w+|NIM_ENGINE_(?!COUNT$)\w+|NIM_PIPELINE_\w+|NIM_PERFORMANCE_MODE)$/,
  because: 'it is a setting of the 2.2 and newer images',
};

const NATIVE_NAMES: ForeignSetting = {
  pattern: /^(RUST_LOG|LOG_FORMAT|SHOW_CONFIG|NIM_ENGINE_COUNT|NIM_PRECOMPILE_CACHE_DIR|NIM_TLS_\w+|HF_HUB_OFFLINE)$/,
  because: 'it is a setting of the 2.x images',
};

const UNDOCUMENTED_PORT: ForeignSetting = {
  pattern: /^NIM_SERVER_PORT$/,
  because: 'the embedding NIM does not listen to it; the API port is the prop port',
};

const MISSPELT: ForeignSetting = {
  pattern: /^NIM_TRITION_\w+$/,
  because: 'it is a misspelling that the NIM ignores; the queue limit is the prop maxQueueSize',
};

const RUST_LEVELS: Record<LogLevel, string> = { DEBUG: 'debug', INFO: 'info', WARNING: 'warn', ERROR: 'error' };

function rustLogging(level: LogLevel, json: boolean): Environment {
  return { RUST_LOG: RUST_LEVELS[level], LOG_FORMAT: json ? 'json' : 'pretty' };
}

/** NVIDIA's chart: nim.nimCache */
const TRITON_CACHE = '/opt/nim/.cache';

const TRITON: RuntimeFacts = {
  innerPorts: [8001, 8002, 8080],
  listen: (port) => ({ NIM_HTTP_API_PORT: `${port}` }),
  // NVIDIA's embedding charts: one OpenMP thread, against the process limit that the NIM's documentation warns of.
  fixed: { NIM_CACHE_PATH: TRITON_CACHE, OMP_NUM_THREADS: '1' },
  logging: (level, json) => ({ NIM_LOG_LEVEL: level, NIM_JSONL_LOGGING: json ? '1' : '0' }),
  modelPath: TRITON_CACHE,
  // Triton makes this directory at its start, in the image.
  scratchPaths: (readOnlyRootFilesystem) => (readOnlyRootFilesystem ? ['/opt/tritonserver/caches'] : []),
  downloadFromNgc: {},
  offline: { NIM_IGNORE_MODEL_DOWNLOAD_FAIL: 'true' },
  // The NIM Operator's proxy mode
  behindProxy: { NIM_SDK_USE_NATIVE_TLS: '1' },
  maxQueueSizeVariable: 'NIM_TRITON_MAX_QUEUE_SIZE',
  // NVIDIA's chart: terminationGracePeriodSeconds 60
  gracePeriodSeconds: 60,
  foreign: [MISSPELT, UNDOCUMENTED_PORT, NATIVE_NAMES, NATIVE_2_0_NAMES, NATIVE_2_2_NAMES],
};

/** Added to the NIM's own request timeout, so that the last request can end before the pod does. */
const GRACE_AFTER_REQUEST_SECONDS = 10;

const NATIVE_2_0: RuntimeFacts = {
  innerPorts: [],
  listen: (port) => ({ NIM_BIND_ADDR: `0.0.0.0:${port}` }),
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
  foreign: [MISSPELT, TRITON_NAMES, OPEN_TELEMETRY, NATIVE_2_2_NAMES],
};

const NATIVE_2_2: RuntimeFacts = {
  ...NATIVE_2_0,
  listen: (port) => ({ NIM_SERVER_BIND_ADDR: `0.0.0.0:${port}` }),
  downloadFromNgc: { NIM_ENGINE_MODEL_DOWNLOAD_PROVIDER: 'ngc' },
  maxQueueSizeVariable: 'NIM_SERVER_MAX_QUEUE_SIZE',
  requestTimeout: { variable: 'NIM_SERVER_REQUEST_TIMEOUT_S', defaultSeconds: 120 },
  foreign: [MISSPELT, TRITON_NAMES, OPEN_TELEMETRY, NATIVE_2_0_NAMES],
};

const FACTS = new Map<NimRuntime, RuntimeFacts>([
  [NimRuntime.TRITON, TRITON],
  [NimRuntime.NATIVE_2_0, NATIVE_2_0],
  [NimRuntime.NATIVE_2_2, NATIVE_2_2],
]);

/** The facts of a generation. */
export function factsOf(runtime: NimRuntime): RuntimeFacts {
  const facts = FACTS.get(runtime);
  if (facts === undefined) {
    throw new Error(`no facts for the NIM runtime ${runtime.name}: add them to runtime-facts.ts`);
  }
  return facts;
}
