import { Duration } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { EmbeddingModel, Gpu } from 'cdk8s-nim';
import { at } from '../support/manifests';
import { nimDeployment, renderNimDeployment } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { nimOf, podOf } from '../support/workload';

function gpuResources(gpu?: Gpu): Record<string, string>[] {
  const { requests, limits } = nimOf(renderNimDeployment(gpu === undefined ? {} : { gpu })).resources;
  return [requests, limits].map((amounts) =>
    Object.fromEntries(Object.entries(amounts).filter(([name]) => name.includes('/'))),
  );
}

describe('a GPU by a claim', () => {
  const objects = renderNimDeployment({ gpu: Gpu.fromResourceClaimTemplate('one-gpu') });

  it('is made for each pod from the template, and taken by the container of the NIM', () => {
    expect(podOf(objects)['resourceClaims']).toEqual([{ name: 'gpu', resourceClaimTemplateName: 'one-gpu' }]);
    expect(at(nimOf(objects), 'resources.claims')).toEqual([{ name: 'gpu' }]);
  });

  it('asks no device plugin', () => {
    const { requests, limits } = nimOf(objects).resources;
    expect(Object.keys({ ...requests, ...limits }).sort()).toEqual(['cpu', 'ephemeral-storage', 'memory']);
  });

  it('still tolerates the taint of GPU nodes', () => {
    expect(podOf(objects)['tolerations']).toEqual(podOf(renderNimDeployment())['tolerations']);
  });

  it('stands beside a drain delay, which is as new', () => {
    const gpu = Gpu.fromResourceClaimTemplate('one-gpu');
    const both = renderNimDeployment({ gpu, drainDelay: Duration.seconds(15) });
    expect(podOf(both)['resourceClaims']).toHaveLength(1);
    expect(at(nimOf(both), 'lifecycle.preStop.sleep.seconds')).toBe(15);
  });

  it.each(['', 'One GPU', 'a_b'])('is refused with the template %j', (name) => {
    expectRefusal(() => Gpu.fromResourceClaimTemplate(name), {
      what: 'Gpu.fromResourceClaimTemplate templateName',
      value: JSON.stringify(name),
      because: 'an object name is',
      instead: 'kubectl get',
    });
  });
});

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

  it.each([
    ['Gpu.mig', (): Gpu => Gpu.mig('1g.5gb'), 'nvidia.com/mig-1g.5gb', '5Gi'],
    ['Gpu.mig of several slices', (): Gpu => Gpu.mig('1g.6gb+me', 3), 'nvidia.com/mig-1g.6gb.me', '6Gi'],
    ['Gpu.resource', (): Gpu => Gpu.resource('nvidia.com/mig-1g.5gb'), 'nvidia.com/mig-1g.5gb', '5Gi'],
  ])('is refused where the model does not fit a slice of %s', (_, gpu, value, memory) => {
    expectRefusal(() => nimDeployment({ model: EmbeddingModel.NV_EMBEDQA_MISTRAL_7B_V2, gpu: gpu() }), {
      what: 'NimDeployment gpu',
      value: JSON.stringify(value),
      because: `nvidia/nv-embedqa-mistral-7b-v2 needs 6780Mi of memory on one GPU, and such a slice has ${memory}`,
      instead: 'write Gpu.mig with a profile of more memory, or Gpu.whole()',
    });
  });

  it.each([
    ['a slice that the model may fit', EmbeddingModel.NV_EMBEDQA_MISTRAL_7B_V2, Gpu.mig('1g.10gb')],
    ['a whole GPU', EmbeddingModel.NV_EMBEDQA_MISTRAL_7B_V2, Gpu.whole()],
    ['a slice for a model of which it is not known', EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2, Gpu.mig('1g.5gb')],
  ])('is %s', (_, model, gpu) => {
    expect(() => nimDeployment({ model, gpu })).not.toThrow();
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
