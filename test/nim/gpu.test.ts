import { describe, expect, it } from 'vitest';
import { Gpu } from 'cdk8s-nim';
import { renderNimDeployment } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { nimOf } from '../support/workload';

function gpuResources(gpu?: Gpu): Record<string, string>[] {
  const { requests, limits } = nimOf(renderNimDeployment(gpu === undefined ? {} : { gpu })).resources;
  return [requests, limits].map((amounts) =>
    Object.fromEntries(Object.entries(amounts).filter(([name]) => name.includes('/'))),
  );
}

describe('the GPU of a NIM', () => {
  it.each([
    ['one whole GPU by default', undefined, { 'nvidia.com/gpu': '1' }],
    ['whole GPUs', Gpu.whole(2), { 'nvidia.com/gpu': '2' }],
    ['a MIG slice, and no whole GPU', Gpu.mig('1g.10gb'), { 'nvidia.com/mig-1g.10gb': '1' }],
    ['a MIG slice with media engines', Gpu.mig('1g.10gb+me', 2), { 'nvidia.com/mig-1g.10gb.me': '2' }],
    ['a MIG slice with all media engines', Gpu.mig('1g.24gb+me.all'), { 'nvidia.com/mig-1g.24gb.me.all': '1' }],
    ['a MIG slice without media engines', Gpu.mig('1g.24gb-me'), { 'nvidia.com/mig-1g.24gb-me': '1' }],
    ['a MIG slice with graphics', Gpu.mig('1g.24gb+gfx'), { 'nvidia.com/mig-1g.24gb.gfx': '1' }],
    ['a resource of any device plugin', Gpu.resource('nvidia.com/gpu.shared', 3), { 'nvidia.com/gpu.shared': '3' }],
  ])('is %s, as request and limit', (_, gpu, resources) => {
    expect(gpuResources(gpu)).toEqual([resources, resources]);
  });

  it.each(['', '1g', '10gb', '8g.10gb', '1g.10', '1G.10GB', 'mig-1g.10gb', '1c.3g.40gb', '1g.24gb+me-gfx'])(
    'is refused as the MIG profile %j',
    (profile) => {
      expectRefusal(() => Gpu.mig(profile), {
        what: 'MIG profile',
        value: JSON.stringify(profile),
        because: 'compute slices and memory, as `nvidia-smi mig -lgip` lists them',
        instead: '"1g.10gb"',
      });
    },
  );

  it.each(['', 'gpu', 'nvidia.com/', '/gpu', 'NVIDIA.com/gpu', 'nvidia.com/gpu/x', 'nvidia.com/-gpu'])(
    'is refused as the resource %j',
    (resource) => {
      expectRefusal(() => Gpu.resource(resource), {
        what: 'GPU resource',
        value: JSON.stringify(resource),
        because: 'an extended resource is a domain, "/" and a name',
        instead: '"nvidia.com/gpu.shared"',
      });
    },
  );

  it.each([0, -1, 0.5])('is refused in the number %d', (count) => {
    for (const [factory, make] of [
      ['whole', (n: number) => Gpu.whole(n)],
      ['mig', (n: number) => Gpu.mig('1g.10gb', n)],
      ['resource', (n: number) => Gpu.resource('a.b/c', n)],
    ] as const) {
      expectRefusal(() => make(count), {
        what: `Gpu.${factory} count`,
        value: `${count}`,
        because: 'a whole number of at least 1',
        instead: 'write 1 or more',
      });
    }
  });
});
