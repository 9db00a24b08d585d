import type { ApiMetric } from '../network/api-pods';
import type { LogLevel } from './log-level';
import type { NimRuntime } from './nim-runtime';

/** NVIDIA's documentation of every generation. */
export const DEFAULT_API_PORT = 8000;

/** The variable that every generation reads the NGC API key from. */
export const NGC_API_KEY = 'NGC_API_KEY';

/** Where a generation keeps its model, in one that asks for a path. */
export const CACHE_PATH = 'NIM_CACHE_PATH';

/** What NVIDIA's container toolkit reads, and the device plugin sets: which GPUs a container sees. */
export const VISIBLE_DEVICES = 'NVIDIA_VISIBLE_DEVICES';

/** Names of settings for a certificate, of any generation and family: without one, a NIM serves plain HTTP. */
export const TLS_SETTING = /^NIM_(\w+_)?(SSL|TLS)_/;

/** The memory that processes share: 64 MiB in a container, unless a volume is mounted there. */
export const SHARED_MEMORY_PATH = '/dev/shm';

/** A literal environment. */
export type Environment = Readonly<Record<string, string>>;

/** A name, or a family of names, that a generation does not know. */
export interface ForeignSetting {
  readonly pattern: RegExp;
  readonly because: string;
  /** It names a port for the API: ignored, and right where that is the port anyway. */
  readonly namesApiPort?: true;
}

/** How an image downloads its model and ends. Neither way needs a GPU or a shell. */
export interface DownloadFacts {
  /** Instead of the image's entrypoint; `undefined` where the entrypoint does it. */
  readonly command?: (profile: string | undefined) => readonly string[];
  readonly env: Environment;
  /** What tells the server which of the model's profiles to load, in a generation that has profiles. */
  readonly profileVariable?: string;
}

/** How the NIMs of one family and one generation are configured. Each family states its own. */
export interface RuntimeFacts {
  readonly runtime: NimRuntime;
  /** The versions of the family's images that are of the generation. */
  readonly versions: string;
  /** Ports that the pod uses inside, and for what; the API cannot listen there. */
  readonly innerPorts: readonly { readonly port: number; readonly use: string }[];
  /** Metrics on a port of their own, beside those of the API port: the number, the path, the setting of the number, and their names. */
  readonly metrics?: {
    readonly port: number;
    readonly path: string;
    readonly variable: string;
    readonly documented: readonly ApiMetric[];
  };
  /** What makes the API speak TLS, by files in PEM; `undefined` where no source says it. */
  readonly tls?: (files: { readonly certificate: string; readonly key: string }) => Environment;
  /** Where the API listens. */
  readonly listen: (port: number) => Environment;
  /** The same on IPv6; absent where the images document no address to listen on. */
  readonly listenOnIpv6?: (port: number) => Environment;
  /** Settings that do not depend on a choice. */
  readonly fixed: Environment;
  readonly logging: (level: LogLevel, json: boolean) => Environment;
  /** Where the weights are kept. */
  readonly modelPath: string;
  /** The setting of that path, in a generation that has one. */
  readonly modelPathVariable?: string;
  /** Further paths that the NIM writes to at run time, and that have to be volumes. */
  readonly scratchPaths: (readOnlyRootFilesystem: boolean) => readonly string[];
  /** Its processes share more memory than a container has by default. */
  readonly needsSharedMemory?: true;
  /** Take the model from NGC, with `NGC_API_KEY`. */
  readonly downloadFromNgc: Environment;
  /** How a Job fills the cache; `undefined` where no source says it. */
  readonly download?: DownloadFacts;
  /** What finds the model in a cache that NVIDIA's NIM Operator filled for a NIMCache; `undefined` where the operator fills none. */
  readonly operatorCache?: (nimCache: string) => Environment;
  /** Take the model from the cache only. */
  readonly offline: Environment;
  /** Needed besides the proxy's URL. */
  readonly behindProxy: Environment;
  /** What makes a download trust the certificates of a file; `undefined` where no source says it. */
  readonly caBundle?: (file: string) => Environment;
  /** Where traces and metrics are sent; `undefined` where the images send none. */
  readonly openTelemetry?: (endpoint: string, serviceName: string) => Environment;
  readonly maxQueueSizeVariable: string;
  /** Name and default of the NIM's own request timeout; the Triton generation documents none. */
  readonly requestTimeout?: { readonly variable: string; readonly defaultSeconds: number };
  /** Time between SIGTERM and SIGKILL, beyond the NIM's own request timeout. */
  readonly gracePeriodSeconds: number;
  readonly foreign: readonly ForeignSetting[];
}
