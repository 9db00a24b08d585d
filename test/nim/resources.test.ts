import { Size } from 'cdk8s';
import { type ContainerResources, Cpu } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import { ModelCache } from 'cdk8s-nim';
import { nimDeployment, renderNimDeployment } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { nimOf } from '../support/workload';

describe('the resources of a NIM', () => {
  it.each<[string, ContainerResources, Record<string, string>, Record<string, string>]>([
    ['a CPU request', { cpu: { request: Cpu.millis(500) } }, { cpu: '500m' }, { cpu: '16' }],
    ['a CPU limit', { cpu: { limit: Cpu.units(8) } }, { cpu: '4' }, { cpu: '8' }],
    ['a memory limit', { memory: { limit: Size.gibibytes(64) } }, { memory: '16Gi' }, { memory: '64Gi' }],
    ['a memory request', { memory: { request: Size.mebibytes(20480) } }, { memory: '20Gi' }, { memory: '32Gi' }],
    [
      'an ephemeral-storage limit',
      { ephemeralStorage: { limit: Size.gibibytes(20) } },
      { 'ephemeral-storage': '8Gi' },
      { 'ephemeral-storage': '20Gi' },
    ],
  ])('keep their defaults beside %s', (_, resources, requests, limits) => {
    const plain = nimOf(renderNimDeployment()).resources;
    expect(nimOf(renderNimDeployment({ resources })).resources).toEqual({
      requests: { ...plain.requests, ...requests },
      limits: { ...plain.limits, ...limits },
    });
  });

  it.each<[string, ContainerResources, string, string]>([
    ['cpu', { cpu: { request: Cpu.units(32) } }, '"32"', 'above the limit 16'],
    ['cpu', { cpu: { limit: Cpu.millis(500) } }, '"4"', 'above the limit 500m'],
    ['memory', { memory: { request: Size.gibibytes(33) } }, '"33Gi"', 'above the limit 32Gi'],
    ['ephemeralStorage', { ephemeralStorage: { request: Size.gibibytes(9) } }, '"9Gi"', 'above the limit 8Gi'],
  ])('are refused when the request for %s is above the limit', (name, resources, value, because) => {
    expectRefusal(() => nimDeployment({ resources }), {
      what: `NimDeployment resources ${name} request`,
      value,
      because,
      instead: 'raise the limit or lower the request; what you leave out keeps its default',
    });
  });

  it.each<[string, ContainerResources, string]>([
    ['cpu request', { cpu: { request: Cpu.units(0) } }, '"0"'],
    ['cpu limit', { cpu: { limit: Cpu.units(-1) } }, '"-1"'],
    ['memory request', { memory: { request: Size.gibibytes(0) } }, '"0Gi"'],
    ['memory limit', { memory: { limit: Size.gibibytes(0) } }, '"0Gi"'],
    ['ephemeralStorage limit', { ephemeralStorage: { limit: Size.gibibytes(0) } }, '"0Gi"'],
  ])('are refused when the %s is not above zero', (name, resources, value) => {
    expectRefusal(() => nimDeployment({ resources }), {
      what: `NimDeployment resources ${name}`,
      value,
      because: 'is more than zero',
      instead: 'write for example',
    });
  });

  it('are refused when the ephemeral storage cannot hold the emptyDirs of the pod', () => {
    const ephemeralStorage = { request: Size.gibibytes(1), limit: Size.gibibytes(4) };
    expectRefusal(() => nimDeployment({ resources: { ephemeralStorage } }), {
      what: 'NimDeployment resources ephemeralStorage limit',
      value: '"4Gi"',
      because: 'the emptyDirs of the pod alone may take 4Gi, and the kubelet would evict it',
      instead: "leave it out (8Gi), or lower tmpSize or the cache's sizeLimit",
    });
    expectRefusal(() => nimDeployment({ resources: { ephemeralStorage }, modelCache: ModelCache.ephemeral() }), {
      what: 'NimDeployment resources ephemeralStorage limit',
      value: '"4Gi"',
      because: 'may take 54Gi',
      instead: 'leave it out (58Gi)',
    });
  });

  it.each([Size.gibibytes(32), Size.gibibytes(40)])(
    'are refused when shared memory takes all of the memory limit: %o',
    (sharedMemorySize) => {
      expectRefusal(() => nimDeployment({ sharedMemorySize }), {
        what: 'NimDeployment sharedMemorySize',
        value: JSON.stringify(sharedMemorySize.asString()),
        because: 'shared memory counts as memory of the container, whose limit is 32Gi',
        instead: 'lower sharedMemorySize or raise the memory limit',
      });
    },
  );
});
