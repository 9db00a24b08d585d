import { Duration } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { ContainerImage, Gpu, ModelCache, SecurityProfile } from 'cdk8s-nim';
import { INTERNAL_API_PATHS } from '../../lib/nim/api-paths';
import { DIGEST, nimDeployment, renderNimDeployment, taggedImage } from '../support/nims';
import { expectRefusal, messageOf } from '../support/refusals';
import { nimOf, podOf } from '../support/workload';

describe('an image reference is read by its whole parts', () => {
  it.each(['nvcr.io/nim/a--b:1.0.0', 'nvcr.io/nim/a---b/c:1.0.0'])('and may hold dashes: %s', (reference) => {
    expect(ContainerImage.fromReference(reference).reference).toBe(reference);
  });

  it.each([
    ['Xnvcr.io/nim/model:1.0.0', 'the host of a registry'],
    ['nvcr.io:1.0.0', 'the host of a registry'],
    [`nvcr.io/nim/model@x${DIGEST}`, 'is no digest'],
  ])('and refused when one is malformed: %s', (reference, because) => {
    expect(messageOf(() => ContainerImage.fromReference(reference))).toContain(because);
  });
});

describe('a GPU', () => {
  it('may have a domain of one letter', () => {
    expect(Gpu.resource('a/gpu').resourceName).toBe('a/gpu');
  });

  it.each(['1g.10gbx', '1g.10gb+me.x', 'x1g.10gb'])('is refused as the MIG profile %s', (profile) => {
    expect(messageOf(() => Gpu.mig(profile))).toContain('MIG profile');
  });
});

describe('a pod', () => {
  it('waits before it stops, when that is asked for', () => {
    const nim = nimOf(renderNimDeployment({ drainDelay: Duration.seconds(15) }));
    expect(nim['lifecycle']).toEqual({ preStop: { sleep: { seconds: 15 } } });
    expect(nimOf(renderNimDeployment())['lifecycle']).toBeUndefined();
    expect(messageOf(() => nimDeployment({ drainDelay: Duration.seconds(0) }))).toContain('NimDeployment drainDelay');
  });

  it('mounts every path once, whatever the cache', () => {
    for (const modelCache of [ModelCache.ephemeral(), ModelCache.claim()]) {
      const paths = nimOf(renderNimDeployment({ modelCache })).volumeMounts.map(({ mountPath }) => mountPath);
      expect(new Set(paths).size).toBe(paths.length);
    }
  });

  it('has a place for what Triton writes when its root filesystem is read-only', () => {
    const mounts = (securityProfile: SecurityProfile): string[] =>
      nimOf(renderNimDeployment({ securityProfile, image: taggedImage('1.13.0') })).volumeMounts.map(
        ({ mountPath }) => mountPath,
      );
    expect(mounts(SecurityProfile.STRICT)).toContain('/opt/tritonserver/caches');
    expect(mounts(SecurityProfile.RESTRICTED)).not.toContain('/opt/tritonserver/caches');
  });

  it('is one of several only on a cache that they can share; the error names every way out', () => {
    expectRefusal(() => nimDeployment({ replicas: 2 }), {
      what: 'NimDeployment replicas',
      value: '2',
      because: 'the model cache is ReadWriteOnce',
      instead:
        'READ_WRITE_MANY }), an existing claim declared as READ_WRITE_MANY or READ_ONLY_MANY, or ModelCache.ephemeral()',
    });
    expect(podOf(renderNimDeployment({ replicas: 2, modelCache: ModelCache.ephemeral() })).volumes).toContainEqual({
      name: 'model-cache',
      emptyDir: { sizeLimit: '50Gi' },
    });
  });
});

describe('the paths that are for operators only', () => {
  it('are these', () => {
    expect(INTERNAL_API_PATHS).toEqual([
      '/v1/metrics',
      '/v1/metadata',
      '/v1/manifest',
      '/v1/version',
      '/v1/license',
      '/metrics',
    ]);
  });
});
