import { describe, expect, it } from 'vitest';
import { Autoscaling, ModelCache, ScalingMetric } from 'cdk8s-nim';
import { find, type Manifest } from '../support/manifests';
import { renderTextEmbeddingNim } from '../support/nims';
import { customResources } from './support/custom-resources';
import { generatedCases, goldenCases } from './support/cases';
import { kubernetesApis } from './support/kubernetes';

const apis = kubernetesApis();
const cases = [...goldenCases(), ...generatedCases()];
const customKinds = new Set(customResources().map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));
/** Whatever has no definition of its own has to be part of Kubernetes. */
const standard = cases.filter(({ object }) => !customKinds.has(`${object.apiVersion} ${object.kind}`));

describe('the versions of Kubernetes', () => {
  it('are 1.28 to 1.37', () => {
    expect(apis.map(({ version }) => version)).toEqual(
      ['28', '29', '30', '31', '32', '33', '34', '35', '36', '37'].map((minor) => `1.${minor}`),
    );
  });
});

describe('the cases', () => {
  it('are the committed renders and about two hundred generated NIMs', () => {
    expect(standard.length).toBeGreaterThan(1000);
    expect([...new Set(standard.map(({ object }) => object.kind))]).toEqual(
      expect.arrayContaining([
        'Deployment',
        'Ingress',
        'NetworkPolicy',
        'PersistentVolumeClaim',
        'PodDisruptionBudget',
        'Service',
        'ServiceAccount',
      ]),
    );
  });
});

/** Fields of the renders, and the minor version that has them, as their docstrings say. */
const NEWER_FIELDS = [
  // `drainDelay`, which main.ts sets: 1.29 knows the field, behind a gate.
  { field: '"sleep"', before: 29 },
  { field: '"resourceClaimTemplateName"', before: 31 },
];

describe.each(apis)('Kubernetes $version', (api) => {
  it('takes every rendered object, and knows every field', () => {
    const problems = standard.flatMap(({ source, object }) => {
      const errors = api.errorsOf(object);
      return errors?.length === 0 ? [] : [{ source, kind: object.kind, errors: errors ?? ['unknown kind'] }];
    });
    const newer = NEWER_FIELDS.filter(({ before }) => Number(api.version.split('.')[1]) < before);
    const tooNew = problems.filter(({ errors }) => newer.some(({ field }) => errors.join('\n').includes(field)));
    expect(problems.filter((problem) => !tooNew.includes(problem))).toEqual([]);
    expect(tooNew.every(({ errors }) => errors.length === 1)).toBe(true);
    expect(tooNew.length > 0).toBe(newer.length > 0);
  });

  it.each<[string, (deployment: Deployment) => void, string]>([
    [
      'a misspelt field',
      ({ spec }) => (spec['replica'] = 1),
      '/spec must NOT have additional properties {"additionalProperty":"replica"}',
    ],
    ['a misspelt field deep inside', ({ container }) => (container['imagePullPolice'] = 'Always'), '"imagePullPolice"'],
    ['a field of the wrong type', ({ spec }) => (spec['replicas'] = '1'), '/spec/replicas must be integer'],
    [
      'a number that is too large',
      ({ spec }) => (spec['replicas'] = 2 ** 40),
      '/spec/replicas must match format "int32"',
    ],
    ['a missing field', ({ spec }) => delete spec['selector'], "must have required property 'selector'"],
    [
      'a quantity that is none',
      ({ container }) => (container['resources'] = { limits: { cpu: '16 cores' } }),
      '/spec/template/spec/containers/0/resources/limits/cpu must match pattern',
    ],
  ])('refuses %s', (_, spoil, error) => {
    const object = structuredClone(find(renderTextEmbeddingNim(), 'Deployment'));
    expect(api.errorsOf(object)).toEqual([]);
    const spec = object['spec'] as Deployment['spec'];
    const { template } = spec as { template: { spec: { containers: Record<string, unknown>[] } } };
    spoil({ spec, container: template.spec.containers[0] ?? {} });
    expect(api.errorsOf(object)?.join('\n')).toContain(error);
  });

  it('takes the autoscaler of a NIM, and the Deployment that it scales', () => {
    const objects = renderTextEmbeddingNim({
      autoscaling: Autoscaling.horizontal({
        maxReplicas: 3,
        metrics: [
          ScalingMetric.gpuUtilization(70),
          ScalingMetric.tritonPendingRequests(5),
          ScalingMetric.requestRate('requests_per_second', 20, { host: 'embeddings' }),
        ],
      }),
      tritonMetrics: true,
      modelCache: ModelCache.ephemeral(),
    });
    for (const kind of ['HorizontalPodAutoscaler', 'Deployment']) {
      expect(api.errorsOf(find(objects, kind))).toEqual([]);
    }
  });

  it('does not know a kind that is none', () => {
    const object: Manifest = { apiVersion: 'apps/v1', kind: 'Deploymnet', metadata: { name: 'x' } };
    expect(api.errorsOf(object)).toBeUndefined();
  });
});

interface Deployment {
  readonly spec: Record<string, unknown>;
  readonly container: Record<string, unknown>;
}
