import type { Chart } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-28';
import { ModelCache, type NimDeploymentProps, SecurityProfile } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, type Manifest, testChart } from '../support/manifests';
import { type Given, given, nimDeployment, renderNimDeployment, taggedImage } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { literalsOf, nimOf, podOf } from '../support/workload';

const claimIn = (chart: Chart): ReturnType<typeof PersistentVolumeClaim.fromClaimName> =>
  PersistentVolumeClaim.fromClaimName(chart, 'claim', 'embed-pvc');

function ofOperator(tag: string, props: Given<NimDeploymentProps> = {}): (chart: Chart) => Partial<NimDeploymentProps> {
  return (chart) => ({
    image: taggedImage(tag),
    modelCache: ModelCache.fromNimOperator(claimIn(chart), { nimCache: 'embed', subPath: 'nims' }),
    ...given(props, chart),
  });
}

const cacheMount = (objects: readonly Manifest[]): unknown => nimOf(objects).volumeMounts[0];

describe('the directory of an existing claim', () => {
  const at13 = { name: 'model-cache', mountPath: '/opt/nim/.cache' };

  it('is what the pod mounts', () => {
    const modelCache = ModelCache.existingClaim(claimIn(testChart()), { subPath: 'models/embed' });
    expect(cacheMount(renderNimDeployment({ modelCache }))).toEqual({ ...at13, subPath: 'models/embed' });
  });

  it('is where a Job makes its own', () => {
    const claim = ModelCache.existingClaim(claimIn(testChart()), {
      subPath: 'models',
      accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
    });
    expect(cacheMount(renderNimDeployment({ modelCache: ModelCache.prefetched(claim) }))).toEqual({
      ...at13,
      subPath: 'models/nvidia.llama-nemotron-embed-1b-v2/1.13.0/model',
      readOnly: true,
    });
  });

  it.each(['/models', 'models/', '../models', 'a//b', 'a/./b', 'a b', ''])('is refused when it is %j', (subPath) => {
    expectRefusal(() => ModelCache.existingClaim(claimIn(testChart()), { subPath }), {
      what: 'ModelCache.existingClaim subPath',
      value: JSON.stringify(subPath),
      because: 'a path in a volume is',
      instead: 'write for example "models/text-embedding"',
    });
  });
});

describe('a claim that the NIM Operator filled', () => {
  it('is mounted where 1.x looks for its model', () => {
    const objects = renderNimDeployment(ofOperator('1.13.0'));
    expect(podOf(objects).volumes[0]).toEqual({
      name: 'model-cache',
      persistentVolumeClaim: { claimName: 'embed-pvc' },
    });
    expect(cacheMount(objects)).toEqual({ name: 'model-cache', mountPath: '/opt/nim/.cache', subPath: 'nims' });
    expect(literalsOf(nimOf(objects))).not.toHaveProperty('NIM_ENGINE_MODEL_PATH');
  });

  it('is named to 2.x, which looks elsewhere', () => {
    const objects = renderNimDeployment(ofOperator('2.3.0'));
    expect(cacheMount(objects)).toEqual({ name: 'model-cache', mountPath: '/model', subPath: 'nims' });
    expect(literalsOf(nimOf(objects))).toHaveProperty('NIM_ENGINE_MODEL_PATH', '/model/embed');
  });

  it('is read by the user who wrote it', () => {
    const { runAsUser } = at(podOf(renderNimDeployment(ofOperator('2.3.0'))), 'securityContext') as {
      runAsUser: number;
    };
    expect(runAsUser).toBe(1000);
  });

  it.each([
    ['strict', SecurityProfile.STRICT],
    ['openshift', SecurityProfile.OPENSHIFT],
  ])('is refused for the profile %s, which could not read it', (name, securityProfile) => {
    expectRefusal(() => nimDeployment(ofOperator('2.3.0', { securityProfile })), {
      what: 'NimDeployment securityProfile',
      value: JSON.stringify(name),
      because: 'belong to the user 1000',
      instead: 'SecurityProfile.RESTRICTED',
    });
  });

  it('is refused for 2.0, for which the operator fills none', () => {
    expectRefusal(() => nimDeployment(ofOperator('2.0.0')), {
      what: 'ModelCache.fromNimOperator nimCache',
      value: '"embed"',
      because: 'fills no cache for images 2.0',
      instead: 'ModelCache.prefetched(…)',
    });
  });

  it('is refused for a Job, which would fill it once more', () => {
    const claim = ModelCache.fromNimOperator(claimIn(testChart()), { nimCache: 'embed' });
    expectRefusal(() => ModelCache.prefetched(claim), {
      what: 'ModelCache.prefetched claim',
      value: '"existing claim"',
      because: 'the NIM Operator has filled it already',
      instead: 'ModelCache.claim(…)',
    });
  });

  it('is refused with a name that no NIMCache has', () => {
    expectRefusal(() => ModelCache.fromNimOperator(claimIn(testChart()), { nimCache: 'Embed Cache' }), {
      what: 'ModelCache.fromNimOperator nimCache',
      value: '"Embed Cache"',
      because: 'an object name is',
      instead: 'kubectl get',
    });
  });
});
