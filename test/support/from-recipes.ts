import { type Chart, Duration, Size } from 'cdk8s';
import {
  ContainerImage,
  Egress,
  ModelCache,
  NgcCredentials,
  type NimInitContainer,
  NimRuntime,
  NimVolume,
  SecretStoreRef,
  TextEmbeddingNim,
  type TextEmbeddingNimProps,
} from 'cdk8s-nim';
import { type ContainerResources, Cpu, PersistentVolumeClaim } from 'cdk8s-plus-28';
import { factsOfImage } from '../../lib/nim/generations';
import {
  type CredentialsRecipe,
  type NimRecipe,
  type InitRecipe,
  MODELS,
  GPUS,
  PROFILES,
  DNS,
  ACCESS_MODES,
} from './arbitraries';
import { ingressFrom, peerFrom, secretValue, given, mapped } from './ingress-from-recipe';
import { DIGEST } from './nims';

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
    case 'names':
      return Egress.ciliumFqdns(['huggingface.co']);
    case 'none':
      return Egress.none();
    case 'peers':
      return Egress.httpsTo([peerFrom(chart, `${name}-store`, 'store')]);
    case 'proxy':
      return Egress.viaProxy('http://proxy.egress.svc:3128', [peerFrom(chart, `${name}-proxy`, 'proxy')]);
  }
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
