import { type Chart, Duration, Size } from 'cdk8s';
import {
  type ContainerResources,
  Cpu,
  type INetworkPolicyPeer,
  Namespaces,
  PersistentVolumeAccessMode,
  PersistentVolumeClaim,
  Pods,
  type SecretValue,
} from 'cdk8s-plus-28';
import fc from 'fast-check';
import {
  ClientAddress,
  ClusterDns,
  ContainerImage,
  Egress,
  EmbeddingModel,
  Gpu,
  IngressAuthentication,
  IngressController,
  IngressPath,
  IngressTls,
  LogLevel,
  ModelCache,
  NgcCredentials,
  type NimInitContainer,
  NimRuntime,
  NimVolume,
  RateLimit,
  SecretStoreRef,
  SecurityProfile,
  type SecureIngressOptions,
  TextEmbeddingNim,
  type TextEmbeddingNimProps,
  TlsVersion,
} from 'cdk8s-nim';
import { factsOfImage } from '../../lib/nim/generations';
import { literalSecretIn } from '../../lib/common/literal-secrets';
import { DIGEST, secretIn } from './nims';

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
  readonly egress: 'default' | 'none' | 'peers' | 'proxy';
  readonly dns: keyof typeof DNS | undefined;
  readonly ingress: IngressRecipe | undefined;
}

interface InitRecipe {
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

interface IngressRecipe {
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

const MODELS = {
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

const GPUS = { whole: Gpu.whole(2), mig: Gpu.mig('1g.10gb'), shared: Gpu.resource('nvidia.com/gpu.shared') };
const PROFILES = {
  restricted: SecurityProfile.RESTRICTED,
  strict: SecurityProfile.STRICT,
  openShift: SecurityProfile.OPENSHIFT,
};
const DNS = { kubeDns: ClusterDns.KUBE_DNS, openShift: ClusterDns.OPENSHIFT };
const ACCESS_MODES = {
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
  egress: fc.constantFrom('default', 'none', 'peers', 'proxy'),
  dns: maybe(keyOf(DNS)),
  ingress: maybe(ingressRecipe),
});

export function credentialsFrom(chart: Chart, recipe: CredentialsRecipe): NgcCredentials {
  const { external, airGapped, withoutPullSecret, apiKeySecretKey, pullSource, refreshSeconds } = recipe;
  const names = {
    ...(airGapped ? { airGapped } : given('apiKeySecretKey', apiKeySecretKey)),
    ...(withoutPullSecret ? { withoutPullSecret } : { pullSecretName: 'registry' }),
  };
  if (!external || (airGapped && withoutPullSecret)) {
    return NgcCredentials.fromSecretNames(chart, 'ngc', names);
  }
  const source = pullSource === 'apiKey' && airGapped ? 'pullKey' : pullSource;
  return NgcCredentials.fromExternalSecrets(chart, 'ngc', {
    ...names,
    store: SecretStoreRef.cluster('vault'),
    ...(airGapped ? {} : { apiKey: { key: 'nvidia/ngc', property: 'api-key' } }),
    ...(withoutPullSecret || source === 'apiKey' ? {} : { [source]: { key: 'nvidia/pull', version: '3' } }),
    ...given(
      'refreshInterval',
      mapped(refreshSeconds, (seconds) => Duration.seconds(seconds)),
    ),
  });
}

export function nimFrom(chart: Chart, recipe: NimRecipe, credentials: NgcCredentials): TextEmbeddingNim {
  return new TextEmbeddingNim(chart, recipe.name, propsFrom(chart, recipe, credentials));
}

function propsFrom(chart: Chart, recipe: NimRecipe, credentials: NgcCredentials): TextEmbeddingNimProps {
  const model = MODELS[recipe.model];
  const image = imageFrom(recipe);
  const runtime = factsOfImage(
    model.family,
    image ?? model.image,
    recipe.image === 'digest' ? NimRuntime.NATIVE_2_2 : undefined,
  ).runtime;
  const isTriton = runtime === NimRuntime.TRITON;
  const fills = recipe.initContainers.some(({ withModelCache }) => withModelCache);
  // An air-gapped NIM with an emptyDir that nothing fills is refused.
  const modelCache =
    credentials.airGapped && recipe.cache.kind === 'ephemeral' && !fills
      ? ModelCache.claim({ size: Size.gibibytes(recipe.cache.gibibytes) })
      : cacheFrom(chart, recipe);
  return {
    model,
    credentials,
    ...given('image', image),
    ...(recipe.image === 'digest' ? { runtime } : {}),
    replicas: modelCache.shareable ? recipe.replicas : 1,
    modelCache,
    ...given(
      'gpu',
      mapped(recipe.gpu, (gpu) => GPUS[gpu]),
    ),
    ...given('resources', resourcesFrom(recipe)),
    ...given(
      'sharedMemorySize',
      mapped(recipe.sharedMemoryMebibytes, (size) => Size.mebibytes(size)),
    ),
    ...given(
      'tmpSize',
      mapped(recipe.tmpMebibytes, (size) => Size.mebibytes(size)),
    ),
    ...given('port', isTriton && [8001, 8002, 8080].includes(recipe.port ?? 0) ? undefined : recipe.port),
    ...given('logLevel', recipe.logLevel),
    ...given('jsonLogs', recipe.jsonLogs),
    ...given('maxQueueSize', recipe.maxQueueSize),
    ...given(
      'requestTimeout',
      isTriton ? undefined : mapped(recipe.requestSeconds, (seconds) => Duration.seconds(seconds)),
    ),
    ...given(
      'startupTimeout',
      mapped(recipe.startupSeconds, (seconds) => Duration.seconds(seconds)),
    ),
    env: recipe.env,
    secretEnv: mapRecord(recipe.secretEnv, (name, index) => secretValue(chart, `${recipe.name}-${index}`, name)),
    initContainers: recipe.initContainers.map((init, index) => initFrom(chart, recipe, init, index, credentials)),
    sidecars: recipe.sidecars.map(({ args, env, volumes }, index) => ({
      name: `sidecar-${index}`,
      image: ContainerImage.fromReference(`registry.example.com/sidecar@${DIGEST}`),
      ...given('args', args),
      env,
      volumes: volumesFrom(volumes),
    })),
    volumes: volumesFrom(recipe.volumes),
    ...given(
      'securityProfile',
      mapped(recipe.securityProfile, (profile) => PROFILES[profile]),
    ),
    ...given('runtimeClassName', recipe.runtimeClassName),
    nodeSelector: recipe.nodeSelector,
    podLabels: recipe.podLabels,
    podAnnotations: recipe.podAnnotations,
    tolerations: recipe.tolerations.map((key) => ({ key, operator: 'Exists' })),
    clients: recipe.clients.map((name) => peerFrom(chart, `${recipe.name}-client-${name}`, name)),
    monitoring: recipe.monitoring.map((name) => peerFrom(chart, `${recipe.name}-monitoring-${name}`, name)),
    ...given('egress', egressFrom(chart, recipe)),
    ...given(
      'dns',
      mapped(recipe.dns, (dns) => DNS[dns]),
    ),
    ...given(
      'ingress',
      mapped(recipe.ingress, (ingress) => ingressFrom(chart, recipe.name, ingress)),
    ),
  };
}

function imageFrom({ image, model }: NimRecipe): ContainerImage | undefined {
  if (image === 'of the model') {
    return undefined;
  }
  const { repository } = MODELS[model].image;
  return ContainerImage.fromReference(
    image === 'digest' ? `${repository}@${DIGEST}` : `${repository}:${image}@${DIGEST}`,
  );
}

function cacheFrom(chart: Chart, { name, cache }: NimRecipe): ModelCache {
  const size = Size.gibibytes(cache.gibibytes);
  const accessMode = ACCESS_MODES[cache.mode];
  switch (cache.kind) {
    case 'claim':
      return ModelCache.claim(
        cache.mode === 'ReadOnlyMany' ? { size } : { size, accessMode, storageClassName: 'fast' },
      );
    case 'existing':
      return ModelCache.existingClaim(PersistentVolumeClaim.fromClaimName(chart, `${name}-claim`, 'filled'), {
        accessMode,
      });
    case 'ephemeral':
      return ModelCache.ephemeral({ sizeLimit: size });
  }
}

function volumesFrom(volumes: Record<string, number>): Record<string, NimVolume> {
  return Object.fromEntries(
    Object.entries(volumes).map(([name, size]) => [name, NimVolume.emptyDir(`/extra/${name}`, Size.mebibytes(size))]),
  );
}

function resourcesFrom({ memoryGibibytes, cpuMillis }: NimRecipe): ContainerResources | undefined {
  return memoryGibibytes === undefined && cpuMillis === undefined
    ? undefined
    : {
        ...given(
          'cpu',
          mapped(cpuMillis, (millis) => ({ request: Cpu.millis(millis) })),
        ),
        ...given(
          'memory',
          mapped(memoryGibibytes, (size) => ({ limit: Size.gibibytes(size) })),
        ),
      };
}

function initFrom(
  chart: Chart,
  nim: NimRecipe,
  init: InitRecipe,
  index: number,
  credentials: NgcCredentials,
): NimInitContainer {
  return {
    name: `init-${index}`,
    image: ContainerImage.fromReference(`registry.example.com/init@${DIGEST}`),
    ...given('args', init.args),
    env: init.env,
    pullSecrets:
      init.pullSecret === undefined ? [] : [secretValue(chart, `${nim.name}-pull-${index}`, init.pullSecret).secret],
    withNgcApiKey: init.withNgcApiKey && !credentials.airGapped,
    withModelCache: init.withModelCache,
  };
}

function egressFrom(chart: Chart, { name, egress }: NimRecipe): Egress | undefined {
  switch (egress) {
    case 'default':
      return undefined;
    case 'none':
      return Egress.none();
    case 'peers':
      return Egress.httpsTo([peerFrom(chart, `${name}-store`, 'store')]);
    case 'proxy':
      return Egress.viaProxy('http://proxy.egress.svc:3128', [peerFrom(chart, `${name}-proxy`, 'proxy')]);
  }
}

function ingressFrom(chart: Chart, name: string, recipe: IngressRecipe): SecureIngressOptions {
  const minimumVersion = recipe.tls13 ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2;
  const secret = secretValue(chart, `${name}-tls-or-users`, 'users').secret;
  const rate = recipe.perMinute ? { requestsPerMinute: recipe.requests } : { requestsPerSecond: recipe.requests };
  return {
    host: `${name}.example.com`,
    controller: recipe.controller === 'f5Nginx' ? IngressController.f5Nginx() : IngressController.ingressNginx(),
    tls: {
      secret: () => IngressTls.fromSecret(secret, { minimumVersion }),
      clusterIssuer: () => IngressTls.fromClusterIssuer('letsencrypt', { minimumVersion }),
      issuer: () => IngressTls.fromIssuer('letsencrypt', { minimumVersion, duration: Duration.days(30) }),
    }[recipe.tls](),
    rateLimit: RateLimit.perClient({ ...rate, burst: recipe.requests * recipe.burstFactor }),
    authentication: {
      external: () => IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
      basic: () => IngressAuthentication.basic(secret),
      clientCertificates: () => IngressAuthentication.clientCertificates(secret),
      none: () => IngressAuthentication.none('the gateway in front authenticates'),
    }[recipe.authentication](),
    ...given(
      'paths',
      mapped(recipe.paths, (paths) => paths.map((path) => IngressPath.exact(path))),
    ),
    sourceRanges: recipe.sourceRanges,
    responseHeaders: recipe.responseHeaders,
    ...given(
      'timeout',
      mapped(recipe.timeoutSeconds, (seconds) => Duration.seconds(seconds)),
    ),
    ...given(
      'maxBodySize',
      mapped(recipe.bodyMebibytes, (size) => Size.mebibytes(size)),
    ),
    ...(recipe.forwarded ? { clientAddress: ClientAddress.forwardedFor() } : {}),
  };
}

function peerFrom(chart: Chart, id: string, name: string): INetworkPolicyPeer {
  return Pods.select(chart, id, {
    labels: { app: name },
    namespaces: Namespaces.select(chart, `${id}-namespace`, { names: [name] }),
  });
}

function secretValue(chart: Chart, id: string, name: string): SecretValue {
  return { secret: secretIn(chart, name, id), key: 'value' };
}

/** A member that is there only when it has a value. */
function given<Name extends string, T>(name: Name, value: T | undefined): Partial<Record<Name, T>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, T>);
}

function mapped<T, Result>(value: T | undefined, map: (value: T) => Result): Result | undefined {
  return value === undefined ? undefined : map(value);
}

function mapRecord<T, Result>(
  record: Record<string, T>,
  map: (value: T, index: number) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value], index) => [key, map(value, index)]));
}

/** The same recipe with the members of its records in reverse order. Response headers have an order of their own. */
export function reordered(recipe: NimRecipe): NimRecipe {
  return {
    ...recipe,
    env: reversed(recipe.env),
    secretEnv: reversed(recipe.secretEnv),
    nodeSelector: reversed(recipe.nodeSelector),
    podLabels: reversed(recipe.podLabels),
    podAnnotations: reversed(recipe.podAnnotations),
    volumes: reversed(recipe.volumes),
    sidecars: recipe.sidecars.map((sidecar) => ({
      ...sidecar,
      env: reversed(sidecar.env),
      volumes: reversed(sidecar.volumes),
    })),
    initContainers: recipe.initContainers.map((init) => ({ ...init, env: reversed(init.env) })),
  };
}

function reversed<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).reverse());
}
