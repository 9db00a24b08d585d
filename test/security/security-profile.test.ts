import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import { ContainerImage, ModelCache, SecurityProfile } from 'cdk8s-nim';
import { nimDeployment, renderNimDeployment, taggedImage } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { nimOf, podOf } from '../support/workload';

const init = { name: 'prepare', image: ContainerImage.fromReference('registry.example.com/prepare:1.0.0') };

const profiles = [
  {
    profile: SecurityProfile.RESTRICTED,
    ids: { runAsUser: 1000, runAsGroup: 1000 },
    volumeIds: { fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch' },
    readOnlyRootFilesystem: false,
    imagePullPolicy: 'IfNotPresent',
    dnsConfig: undefined,
  },
  {
    profile: SecurityProfile.STRICT,
    ids: { runAsUser: 10001, runAsGroup: 10001 },
    volumeIds: { fsGroup: 10001, fsGroupChangePolicy: 'OnRootMismatch' },
    readOnlyRootFilesystem: true,
    imagePullPolicy: 'Always',
    dnsConfig: { options: [{ name: 'ndots', value: '2' }] },
  },
  {
    profile: SecurityProfile.OPENSHIFT,
    ids: {},
    volumeIds: { fsGroupChangePolicy: 'OnRootMismatch' },
    readOnlyRootFilesystem: false,
    imagePullPolicy: 'IfNotPresent',
    dnsConfig: undefined,
  },
];

describe('the profiles', () => {
  it('have a row in this test each', () => {
    const members = Object.values(SecurityProfile).filter((member) => member instanceof SecurityProfile);
    expect(profiles.map(({ profile }) => profile)).toEqual(members);
  });

  it.each(profiles)(
    'lock pod and containers down: $profile.name',
    ({ profile, ids, volumeIds, readOnlyRootFilesystem, imagePullPolicy, dnsConfig }) => {
      const pod = podOf(renderNimDeployment({ securityProfile: profile, initContainers: [init] }));
      expect(pod['dnsConfig']).toEqual(dnsConfig);
      expect(pod['securityContext']).toEqual({
        runAsNonRoot: true,
        ...ids,
        ...volumeIds,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const container of [...pod.containers, ...(pod.initContainers ?? [])]) {
        expect(container['securityContext']).toEqual({
          runAsNonRoot: true,
          ...ids,
          privileged: false,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem,
          capabilities: { drop: ['ALL'] },
          seccompProfile: { type: 'RuntimeDefault' },
        });
        expect(container['imagePullPolicy']).toBe(imagePullPolicy);
      }
    },
  );
});

describe('the strict profile', () => {
  const securityProfile = SecurityProfile.STRICT;

  it.each(['1.13.0', '2.0.0', '2.3.0'])('leaves %s a volume for every path that it writes to', (tag) => {
    const strict = nimOf(renderNimDeployment({ securityProfile, image: taggedImage(tag) })).volumeMounts;
    const restricted = nimOf(renderNimDeployment({ image: taggedImage(tag) })).volumeMounts;
    const paths = strict.map(({ mountPath }) => mountPath);
    expect(paths).toEqual(expect.arrayContaining(restricted.map(({ mountPath }) => mountPath)));
    expect(paths).toEqual(expect.arrayContaining(['/tmp', '/dev/shm']));
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('makes requests equal to limits, in every container', () => {
    const pod = podOf(renderNimDeployment({ securityProfile, initContainers: [init] }));
    for (const { resources } of [...pod.containers, ...(pod.initContainers ?? [])]) {
      expect(resources.requests).toEqual(resources.limits);
    }
  });

  it.each([
    ['a request', { cpu: { request: Cpu.units(8) } }],
    ['a limit', { cpu: { limit: Cpu.units(8) } }],
    ['both', { cpu: { request: Cpu.units(8), limit: Cpu.units(8) } }],
  ])('takes %s for both', (_, resources) => {
    const { requests, limits } = nimOf(renderNimDeployment({ securityProfile, resources })).resources;
    expect([requests['cpu'], limits['cpu']]).toEqual(['8', '8']);
  });

  it.each([
    ['cpu', { cpu: { request: Cpu.units(4), limit: Cpu.units(8) } }, '"4"', 'the limit is 8'],
    ['memory', { memory: { request: Size.gibibytes(24), limit: Size.gibibytes(48) } }, '"24Gi"', 'the limit is 48Gi'],
  ])('refuses a request for %s that is not the limit', (name, resources, value, because) => {
    expectRefusal(() => nimDeployment({ securityProfile, resources }), {
      what: `NimDeployment resources ${name} request`,
      value,
      because: `${because}, and the security profile asks for requests equal to limits`,
      instead: 'write the limit only, or choose SecurityProfile.RESTRICTED',
    });
  });

  it('counts an ephemeral cache like every other profile', () => {
    const modelCache = ModelCache.ephemeral({ sizeLimit: Size.gibibytes(20) });
    const { requests, limits } = nimOf(renderNimDeployment({ securityProfile, modelCache })).resources;
    expect(requests['ephemeral-storage']).toBe(limits['ephemeral-storage']);
  });
});
