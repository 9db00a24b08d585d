import { ClusterDns, ContainerImage, EmbeddingModel, Gpu, LogLevel, SecurityProfile } from 'cdk8s-nim';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import fc from 'fast-check';
import { literalSecretIn } from '../../lib/common/literal-secrets';

/**
 * Plain descriptions of valid props: fast-check can shrink and print them, and `credentialsFrom` and `nimFrom` make the
 * constructs.
 */
export interface CredentialsRecipe {
  readonly external: boolean;
  readonly airGapped: boolean;
  readonly withoutPullSecret: boolean;
  readonly apiKeySecretKey: string | undefined;
  readonly pullSource: 'apiKey' | 'pullKey' | 'dockerConfig';
  readonly refreshSeconds: number | undefined;
}

export interface NimRecipe {
  readonly name: string;
  readonly model: keyof typeof MODELS;
  readonly image: 'of the model' | '1.13.0' | '2.0.0' | '2.3.0' | 'digest';
  readonly replicas: number;
  readonly gpu: keyof typeof GPUS | undefined;
  readonly cache: {
    readonly kind: 'claim' | 'existing' | 'ephemeral';
    readonly mode: AccessMode;
    readonly gibibytes: number;
  };
  readonly memoryGibibytes: number | undefined;
  readonly cpuMillis: number | undefined;
  readonly sharedMemoryMebibytes: number | undefined;
  readonly tmpMebibytes: number | undefined;
  readonly port: number | undefined;
  readonly logLevel: LogLevel | undefined;
  readonly jsonLogs: boolean | undefined;
  readonly maxQueueSize: number | undefined;
  readonly requestSeconds: number | undefined;
  readonly startupSeconds: number | undefined;
  readonly env: Record<string, string>;
  readonly secretEnv: Record<string, string>;
  readonly initContainers: readonly InitRecipe[];
  readonly sidecars: readonly SidecarRecipe[];
  /** Sizes in MiB, by name. */
  readonly volumes: Record<string, number>;
  readonly securityProfile: keyof typeof PROFILES | undefined;
  readonly runtimeClassName: string | undefined;
  readonly nodeSelector: Record<string, string>;
  readonly podLabels: Record<string, string>;
  readonly podAnnotations: Record<string, string>;
  readonly tolerations: readonly string[];
  readonly clients: readonly string[];
  readonly monitoring: readonly string[];
  readonly egress: 'default' | 'names' | 'none' | 'peers' | 'proxy';
  readonly dns: keyof typeof DNS | undefined;
  readonly ingress: IngressRecipe | undefined;
}

export interface InitRecipe {
  readonly args: string[] | undefined;
  readonly env: Record<string, string>;
  readonly pullSecret: string | undefined;
  readonly withNgcApiKey: boolean;
  readonly withModelCache: boolean;
}

interface SidecarRecipe {
  readonly args: string[] | undefined;
  readonly env: Record<string, string>;
  readonly volumes: Record<string, number>;
}

export interface IngressRecipe {
  readonly controller: 'f5Nginx' | 'ingressNginx';
  readonly tls: 'secret' | 'clusterIssuer' | 'issuer';
  readonly tls13: boolean;
  readonly authentication: 'external' | 'basic' | 'clientCertificates' | 'none';
  readonly requests: number;
  readonly burstFactor: number;
  readonly perMinute: boolean;
  readonly paths: string[] | undefined;
  readonly sourceRanges: string[];
  readonly responseHeaders: Record<string, string>;
  readonly timeoutSeconds: number | undefined;
  readonly bodyMebibytes: number | undefined;
  readonly forwarded: boolean;
}

type AccessMode = 'ReadWriteOnce' | 'ReadWriteMany' | 'ReadOnlyMany';

export const MODELS = {
  text: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
  small: EmbeddingModel.NV_EMBEDQA_E5_V5,
  images: EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1B_V2,
  new: EmbeddingModel.NEMOTRON_3_EMBED_1B,
  custom: EmbeddingModel.custom({
    id: 'example/embed',
    image: ContainerImage.fromReference('nvcr.io/acme/embed:2.0.0'),
    maxTokens: 1000,
    dimensions: 7,
  }),
};

export const GPUS = { whole: Gpu.whole(2), mig: Gpu.mig('1g.10gb'), shared: Gpu.resource('nvidia.com/gpu.shared') };

export const PROFILES = {
  restricted: SecurityProfile.RESTRICTED,
  strict: SecurityProfile.STRICT,
  openShift: SecurityProfile.OPENSHIFT,
};

export const DNS = { kubeDns: ClusterDns.KUBE_DNS, openShift: ClusterDns.OPENSHIFT };

export const ACCESS_MODES = {
  ReadWriteOnce: PersistentVolumeAccessMode.READ_WRITE_ONCE,
  ReadWriteMany: PersistentVolumeAccessMode.READ_WRITE_MANY,
  ReadOnlyMany: PersistentVolumeAccessMode.READ_ONLY_MANY,
};

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

const keyOf = <T extends object>(table: T): fc.Arbitrary<keyof T> =>
  fc.constantFrom(...(Object.keys(table) as (keyof T)[]));

/** A name that a Service can have; often as long as it may be. */
export const serviceName = fc.oneof(
  fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/),
  fc.stringMatching(/^[a-z][a-z0-9-]{61}[a-z0-9]$/),
);

const secretName = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z0-9]$/).map((name) => `secret-${name}`);

const harmlessText = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('yes', '010', 'null', '1e3', '{{ x }}', ' a: b # c', '$(HOME)'),
  )
  .filter((text) => literalSecretIn(text) === undefined);

const envName = fc.stringMatching(/^EXTRA_[A-Z0-9]{1,8}$/).map((name) => `${name}_SETTING`);
const literalEnv = fc.dictionary(envName, harmlessText, { maxKeys: 4 });
const labelKey = fc.stringMatching(/^example\.com\/[a-z]{1,10}$/);

export const credentialsRecipe: fc.Arbitrary<CredentialsRecipe> = fc.record({
  external: fc.boolean(),
  airGapped: fc.boolean(),
  withoutPullSecret: fc.boolean(),
  apiKeySecretKey: maybe(fc.constantFrom('NGC_CLI_API_KEY', 'api.key')),
  pullSource: fc.constantFrom('apiKey', 'pullKey', 'dockerConfig'),
  refreshSeconds: maybe(fc.integer({ min: 1, max: 200_000 })),
});

const initRecipe: fc.Arbitrary<InitRecipe> = fc.record({
  args: maybe(fc.array(harmlessText, { maxLength: 3 })),
  env: literalEnv,
  pullSecret: maybe(secretName),
  withNgcApiKey: fc.boolean(),
  withModelCache: fc.boolean(),
});

/** Names that no other container of the pod takes. */
const volumesOf = (owner: string): fc.Arbitrary<Record<string, number>> =>
  fc.dictionary(
    fc.stringMatching(/^[a-z]{1,8}$/).map((name) => `${owner}-${name}`),
    fc.integer({ min: 1, max: 10_000 }),
    { maxKeys: 2 },
  );

const sidecarRecipe = (owner: string): fc.Arbitrary<SidecarRecipe> =>
  fc.record({
    args: maybe(fc.array(harmlessText, { maxLength: 3 })),
    env: literalEnv,
    volumes: volumesOf(owner),
  });

const ingressRecipe: fc.Arbitrary<IngressRecipe> = fc.record({
  controller: fc.constantFrom('f5Nginx', 'ingressNginx'),
  tls: fc.constantFrom('secret', 'clusterIssuer', 'issuer'),
  tls13: fc.boolean(),
  authentication: fc.constantFrom('external', 'basic', 'clientCertificates', 'none'),
  requests: fc.integer({ min: 1, max: 1000 }),
  burstFactor: fc.integer({ min: 1, max: 10 }),
  perMinute: fc.boolean(),
  paths: maybe(fc.uniqueArray(fc.stringMatching(/^\/v2\/[a-z]{1,8}$/), { minLength: 1, maxLength: 3 })),
  sourceRanges: fc.uniqueArray(fc.constantFrom('192.0.2.0/24', '10.0.0.0/8', '2001:db8::/32'), { maxLength: 3 }),
  responseHeaders: fc.dictionary(fc.stringMatching(/^X-[A-Z][a-z]{1,8}$/), fc.stringMatching(/^[a-z0-9]{1,10}$/), {
    maxKeys: 2,
  }),
  timeoutSeconds: maybe(fc.integer({ min: 4000, max: 9000 })),
  bodyMebibytes: maybe(fc.integer({ min: 8, max: 100 })),
  forwarded: fc.boolean(),
});

export const nimRecipe: fc.Arbitrary<NimRecipe> = fc.record({
  name: serviceName,
  model: keyOf(MODELS),
  image: fc.constantFrom('of the model', '1.13.0', '2.0.0', '2.3.0', 'digest'),
  replicas: fc.integer({ min: 1, max: 4 }),
  gpu: maybe(keyOf(GPUS)),
  cache: fc.record({
    kind: fc.constantFrom('claim', 'existing', 'ephemeral'),
    mode: keyOf(ACCESS_MODES),
    gibibytes: fc.integer({ min: 1, max: 3000 }),
  }),
  memoryGibibytes: maybe(fc.integer({ min: 17, max: 128 })),
  cpuMillis: maybe(fc.integer({ min: 1, max: 16_000 })),
  sharedMemoryMebibytes: maybe(fc.integer({ min: 1, max: 16 * 1024 })),
  tmpMebibytes: maybe(fc.integer({ min: 1, max: 100_000 })),
  port: maybe(fc.oneof(fc.integer({ min: 1024, max: 65_535 }), fc.constantFrom(8001, 8002, 8080))),
  logLevel: maybe(fc.constantFrom(...Object.values(LogLevel))),
  jsonLogs: maybe(fc.boolean()),
  maxQueueSize: maybe(fc.integer({ min: 1, max: 100_000 })),
  requestSeconds: maybe(fc.integer({ min: 1, max: 3600 })),
  startupSeconds: maybe(fc.integer({ min: 1, max: 20_000 })),
  env: literalEnv,
  secretEnv: fc.dictionary(fc.stringMatching(/^[A-Z]{1,6}_(TOKEN|PASSWORD)$/), secretName, { maxKeys: 3 }),
  initContainers: fc.array(initRecipe, { maxLength: 2 }),
  sidecars: fc.oneof(fc.constant([]), fc.tuple(sidecarRecipe('first'), sidecarRecipe('second'))),
  volumes: volumesOf('own'),
  securityProfile: maybe(keyOf(PROFILES)),
  runtimeClassName: maybe(fc.constantFrom('nvidia', 'kata-qemu-nvidia-gpu')),
  nodeSelector: fc.dictionary(labelKey, fc.stringMatching(/^[a-z0-9]{1,10}$/), { maxKeys: 3 }),
  podLabels: fc.dictionary(labelKey, fc.stringMatching(/^[a-z0-9]{1,10}$/), { maxKeys: 3 }),
  podAnnotations: fc.dictionary(labelKey, harmlessText, { maxKeys: 3 }),
  tolerations: fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 2 }),
  clients: fc.uniqueArray(serviceName, { maxLength: 2 }),
  monitoring: fc.uniqueArray(serviceName, { maxLength: 2 }),
  egress: fc.constantFrom('default', 'names', 'none', 'peers', 'proxy'),
  dns: maybe(keyOf(DNS)),
  ingress: maybe(ingressRecipe),
});
