import { type Chart, Duration, Size } from 'cdk8s';
import { Cpu, PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-28';
import {
  ContainerImage,
  EmbeddingModel,
  type EmbeddingModelProps,
  Gpu,
  ModelCache,
  type ModelCachePrefetchOptions,
  type NimInitContainer,
  NimVolume,
} from 'cdk8s-nim';
import { type Given, ingressOptions, nimDeployment, secretIn, taggedImage, textEmbeddingNim } from '../../support/nims';
import { POD, NIM, ANNOTATION, MODEL_LABEL, type PropRow, type PropRows } from './row';
import { container, nim } from './nim';

function init(props: Given<NimInitContainer>, changes: string[]): PropRow {
  return nim(
    (chart) => ({ initContainers: [{ ...container, ...(typeof props === 'function' ? props(chart) : props) }] }),
    changes,
    { initContainers: [container] },
  );
}

function cache(
  modelCache: (chart: Chart) => ModelCache,
  base: (chart: Chart) => ModelCache,
  changes: string[],
): PropRow {
  return nim(
    (chart) => ({ modelCache: modelCache(chart) }),
    changes,
    (chart) => ({ modelCache: base(chart) }),
  );
}

/** A Job cannot be changed, so whatever changes is another Job. */
const OTHER_JOB = ['+Job text-embedding-fill-1-13-0-*', '-Job text-embedding-fill-1-13-0-*'];

function prefetch(options: ModelCachePrefetchOptions, changes: string[]): PropRow {
  return cache(
    () => ModelCache.prefetched(ModelCache.claim(), options),
    () => ModelCache.prefetched(ModelCache.claim()),
    changes,
  );
}

/** One reference to a claim for both renders of a row. */
function claimIn(chart: Chart): ReturnType<typeof PersistentVolumeClaim.fromClaimName> {
  return (
    (chart.node.tryFindChild('claim') as ReturnType<typeof PersistentVolumeClaim.fromClaimName> | undefined) ??
    PersistentVolumeClaim.fromClaimName(chart, 'claim', 'filled')
  );
}

const model: EmbeddingModelProps = {
  id: 'example/embed',
  image: ContainerImage.fromReference('registry.example.com/embed:2.3.0'),
  maxTokens: 1000,
  dimensions: 10,
};

function modelRow(props: Partial<EmbeddingModelProps>, changes: string[]): PropRow {
  const make = (modelProps: EmbeddingModelProps) => (chart: Chart) => {
    textEmbeddingNim({ model: EmbeddingModel.custom(modelProps), ingress: ingressOptions(chart) }, chart);
  };
  return { without: make(model), with: make({ ...model, ...props }), changes };
}

function onSlice(props: Partial<EmbeddingModelProps>): (chart: Chart) => void {
  return (chart) => {
    nimDeployment({ model: EmbeddingModel.custom({ ...model, ...props }), gpu: Gpu.mig('1g.10gb') }, chart);
  };
}

/** What a NIM is made of: containers, volumes, caches and models. */
export const NIM_PART_ROWS: Record<string, PropRows> = {
  NimCompanionContainer: {
    name: init({ name: 'other' }, [`${POD}.initContainers[other]`, `${POD}.initContainers[prepare]`]),
    image: init({ image: ContainerImage.fromReference('registry.example.com/prepare:1.0.1') }, [
      `${POD}.initContainers[prepare].image`,
    ]),
    command: init({ command: ['prepare'] }, [`${POD}.initContainers[prepare].command`]),
    args: init({ args: ['--fast'] }, [`${POD}.initContainers[prepare].args`]),
    env: init({ env: { MODE: 'fast' } }, [`${POD}.initContainers[prepare].env`]),
    secretEnv: init(
      (chart) => ({ secretEnv: { EXTRA: { secret: secretIn(chart, 'extra'), key: 'k' } } }),
      [`${POD}.initContainers[prepare].env`],
    ),
    resources: init({ resources: { cpu: { limit: Cpu.units(2) } } }, [
      `${POD}.initContainers[prepare].resources.limits.cpu`,
    ]),
    pullSecrets: init((chart) => ({ pullSecrets: [secretIn(chart, 'mirror')] }), [`${POD}.imagePullSecrets[mirror]`]),
  },
  NimInitContainer: {
    withNgcApiKey: init({ withNgcApiKey: true }, [`${POD}.initContainers[prepare].env`]),
    withModelCache: init({ withModelCache: true }, [`${POD}.initContainers[prepare].volumeMounts[model-cache]`]),
  },
  NimSidecar: {
    volumes: nim(
      (chart) => ({
        sidecars: [{ ...container, volumes: { login: NimVolume.fromSecret('/login', secretIn(chart, 'a')) } }],
      }),
      [`${POD}.initContainers[prepare].volumeMounts[login]`, `${POD}.volumes[login]`],
      { sidecars: [container] },
    ),
  },
  NimVolumeClaimOptions: {
    accessMode: nim(
      (chart) => ({
        volumes: {
          data: NimVolume.fromClaim('/data', claimIn(chart), { accessMode: PersistentVolumeAccessMode.READ_ONLY_MANY }),
        },
      }),
      [`${NIM}.volumeMounts[data].readOnly`, `${POD}.volumes[data].persistentVolumeClaim.readOnly`],
      (chart) => ({ volumes: { data: NimVolume.fromClaim('/data', claimIn(chart)) } }),
    ),
  },
  ModelCacheClaimOptions: {
    size: cache(
      () => ModelCache.claim({ size: Size.gibibytes(20) }),
      () => ModelCache.claim(),
      ['PersistentVolumeClaim spec.resources.requests.storage'],
    ),
    storageClassName: cache(
      () => ModelCache.claim({ storageClassName: 'fast' }),
      () => ModelCache.claim(),
      ['PersistentVolumeClaim spec.storageClassName'],
    ),
    accessMode: cache(
      () => ModelCache.claim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY }),
      () => ModelCache.claim(),
      ['PersistentVolumeClaim spec.accessModes[0]'],
    ),
  },
  ModelCacheExistingClaimOptions: {
    subPath: cache(
      (chart) => ModelCache.existingClaim(claimIn(chart), { subPath: 'models/embed' }),
      (chart) => ModelCache.existingClaim(claimIn(chart)),
      [`${NIM}.volumeMounts[model-cache].subPath`],
    ),
    accessMode: cache(
      (chart) => ModelCache.existingClaim(claimIn(chart), { accessMode: PersistentVolumeAccessMode.READ_ONLY_MANY }),
      (chart) => ModelCache.existingClaim(claimIn(chart)),
      [`${NIM}.volumeMounts[model-cache].readOnly`, `${POD}.volumes[model-cache].persistentVolumeClaim.readOnly`],
    ),
  },
  ModelCacheNimOperatorOptions: {
    nimCache: nim(
      (chart) => ({ modelCache: ModelCache.fromNimOperator(claimIn(chart), { nimCache: 'other' }) }),
      [`${NIM}.env[NIM_ENGINE_MODEL_PATH].value`],
      (chart) => ({
        image: taggedImage('2.3.0'),
        modelCache: ModelCache.fromNimOperator(claimIn(chart), { nimCache: 'embed' }),
      }),
    ),
  },
  ModelCacheEphemeralOptions: {
    sizeLimit: cache(
      () => ModelCache.ephemeral({ sizeLimit: Size.gibibytes(20) }),
      () => ModelCache.ephemeral(),
      [
        `${NIM}.resources.limits.ephemeral-storage`,
        `${NIM}.resources.requests.ephemeral-storage`,
        `${POD}.volumes[model-cache].emptyDir.sizeLimit`,
      ],
    ),
  },
  ModelCachePrefetchOptions: {
    profile: prefetch({ profile: 'a93a1a6b' }, [
      ...OTHER_JOB,
      `${NIM}.env[NIM_MODEL_PROFILE]`,
      `${NIM}.volumeMounts[model-cache]*`,
    ]),
    resources: prefetch({ resources: { cpu: { limit: Cpu.units(8) } } }, OTHER_JOB),
    timeout: prefetch({ timeout: Duration.minutes(30) }, [...OTHER_JOB, 'Deployment spec.progressDeadlineSeconds']),
    ahead: prefetch({ ahead: [taggedImage('1.13.1')] }, ['+Job text-embedding-fill-1-13-1-*']),
  },
  EmbeddingModelProps: {
    id: modelRow({ id: 'example/other' }, ['Deployment metadata.annotations.cdk8s-nim/model', ...MODEL_LABEL]),
    image: modelRow({ image: ContainerImage.fromReference('registry.example.com/embed:2.3.1') }, [
      'Deployment metadata.labels.app.kubernetes.io/version',
      'Deployment spec.template.metadata.labels.app.kubernetes.io/version',
      `${NIM}.image`,
    ]),
    maxTokens: modelRow({ maxTokens: 2000 }, ['Deployment metadata.annotations.cdk8s-nim/max-tokens']),
    dimensions: modelRow({ dimensions: 20 }, ['Deployment metadata.annotations.cdk8s-nim/dimensions']),
    acceptsImages: modelRow({ acceptsImages: true }, [`${ANNOTATION}nginx.org/client-max-body-size`]),
    minGpuMemory: {
      without: onSlice({}),
      with: onSlice({ minGpuMemory: Size.gibibytes(11) }),
      refused: { with: 'needs 11Gi of memory on one GPU, and such a slice has 10Gi' },
    },
  },
};
