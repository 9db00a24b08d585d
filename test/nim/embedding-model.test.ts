import { Size } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { ContainerImage, EmbeddingModel, NimRuntime } from 'cdk8s-nim';
import { at, find } from '../support/manifests';
import { DIGEST, nimDeployment, renderNimDeployment, taggedImage } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { nimOf } from '../support/workload';

const catalogue = [
  {
    member: 'LLAMA_NEMOTRON_EMBED_1B_V2',
    image: 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:1.13.0',
    runtime: NimRuntime.TRITON,
    maxTokens: 8192,
    dimensions: 2048,
    acceptsImages: false,
  },
  {
    member: 'LLAMA_NEMOTRON_EMBED_300M_V2',
    image: 'nvcr.io/nim/nvidia/llama-nemotron-embed-300m-v2:1.13.0',
    runtime: NimRuntime.TRITON,
    maxTokens: 8192,
    dimensions: 2048,
    acceptsImages: false,
  },
  {
    member: 'LLAMA_NEMOTRON_EMBED_VL_1B_V2',
    image: 'nvcr.io/nim/nvidia/llama-nemotron-embed-vl-1b-v2:2.3.0',
    runtime: NimRuntime.NATIVE_2_2,
    maxTokens: 2048,
    dimensions: 2048,
    acceptsImages: true,
  },
  {
    member: 'NEMOTRON_3_EMBED_1B',
    image: 'nvcr.io/nim/nvidia/nemotron-3-embed-1b:2.2.2',
    runtime: NimRuntime.NATIVE_2_2,
    maxTokens: 4096,
    dimensions: 2048,
    acceptsImages: false,
  },
  {
    member: 'NV_EMBEDQA_E5_V5',
    image: 'nvcr.io/nim/nvidia/nv-embedqa-e5-v5:1.5.0',
    runtime: NimRuntime.TRITON,
    maxTokens: 512,
    dimensions: 1024,
    acceptsImages: false,
  },
  {
    member: 'NV_EMBEDQA_MISTRAL_7B_V2',
    image: 'nvcr.io/nim/nvidia/nv-embedqa-mistral-7b-v2:1.0.1',
    runtime: NimRuntime.TRITON,
    maxTokens: 512,
    dimensions: 4096,
    acceptsImages: false,
  },
  {
    member: 'ARCTIC_EMBED_L',
    image: 'nvcr.io/nim/snowflake/arctic-embed-l:1.0.1',
    runtime: NimRuntime.TRITON,
    maxTokens: 512,
    dimensions: 1024,
    acceptsImages: false,
  },
];

const members = new Map(
  Object.entries(EmbeddingModel).filter(
    (entry): entry is [string, EmbeddingModel] => entry[1] instanceof EmbeddingModel,
  ),
);

function member(name: string): EmbeddingModel {
  const model = members.get(name);
  if (model === undefined) {
    throw new Error(`EmbeddingModel has no member ${name}`);
  }
  return model;
}

function custom(id: string, tag: string): EmbeddingModel {
  return EmbeddingModel.custom({ id, image: taggedImage(tag, id), maxTokens: 8192, dimensions: 2048 });
}

describe('the catalogue', () => {
  it('has a row in this test for every model', () => {
    expect([...members.keys()].sort()).toEqual(catalogue.map((row) => row.member).sort());
  });

  it.each(catalogue)('renders $member', ({ member: name, image, runtime, maxTokens, dimensions, acceptsImages }) => {
    const model = member(name);
    const objects = renderNimDeployment({ model });
    const id = image.replace('nvcr.io/nim/', '').replace(/:.*/, '');
    expect(nimOf(objects).image).toBe(image);
    expect(nimDeployment({ model }).runtime).toBe(runtime);
    expect(model).toMatchObject({ id, maxTokens, dimensions, acceptsImages });
    expect(find(objects, 'Deployment').metadata.annotations).toEqual({
      'cdk8s-nim/model': id,
      'cdk8s-nim/dimensions': `${dimensions}`,
      'cdk8s-nim/max-tokens': `${maxTokens}`,
    });
    expect(at(find(objects, 'Deployment'), 'spec.template.metadata.labels')).toMatchObject({
      'app.kubernetes.io/version': image.replace(/.*:/, ''),
    });
  });

  it.each([
    ['LLAMA_NEMOTRON_EMBED_1B_V2', 512, 8],
    ['NV_EMBEDQA_E5_V5', 32, 8],
    ['LLAMA_NEMOTRON_EMBED_VL_1B_V2', 2000, 32],
  ])('knows the body sizes of %s: %d KiB for a batch, %d MiB at most', (name, kibibytes, mebibytes) => {
    expect(member(name).minBodySize.toKibibytes()).toBe(kibibytes);
    expect(member(name).maxBodySize.toMebibytes()).toBe(mebibytes);
  });
});

describe('a model that NVIDIA renamed', () => {
  const renamed = [
    [
      'nvidia/llama-3.2-nv-embedqa-1b-v2',
      'nvidia/llama-nemotron-embed-1b-v2',
      'LLAMA_NEMOTRON_EMBED_1B_V2',
      '1.13.0',
      '1.10.1',
    ],
    [
      'nvidia/llama-3.2-nemoretriever-300m-embed-v2',
      'nvidia/llama-nemotron-embed-300m-v2',
      'LLAMA_NEMOTRON_EMBED_300M_V2',
      '1.13.0',
      '1.10.0',
    ],
    [
      'nvidia/llama-3.2-nemoretriever-1b-vlm-embed-v1',
      'nvidia/llama-nemotron-embed-vl-1b-v2',
      'LLAMA_NEMOTRON_EMBED_VL_1B_V2',
      '1.12.0',
      '1.11.0',
    ],
  ] as const;

  it.each(renamed)('is refused under its old name: %s', (id, now, constant, since) => {
    for (const tag of [since, '2.3.0', 'stable']) {
      expectRefusal(() => custom(id, tag), {
        what: 'model id',
        value: JSON.stringify(id),
        because: `NVIDIA renamed the model and its image to "${now}" in ${since}`,
        instead: `write EmbeddingModel.${constant}, or pin an image tag below ${since}`,
      });
    }
  });

  it.each(renamed)('has its new name in the catalogue: %s is %s', (_, now, constant) => {
    expect(member(constant).id).toBe(now);
  });

  it.each(renamed)('is taken under its old name with an old tag: %s', (id, _now, _constant, _since, oldTag) => {
    expect(nimOf(renderNimDeployment({ model: custom(id, oldTag) })).image).toBe(`nvcr.io/nim/${id}:${oldTag}`);
  });

  it('is refused under its old name when another image brings the new version', () => {
    const model = custom('nvidia/llama-3.2-nv-embedqa-1b-v2', '1.10.1');
    for (const reference of ['mirror.example.com/embed:1.13.0', `mirror.example.com/embed@${DIGEST}`]) {
      expectRefusal(
        () => nimDeployment({ model, image: ContainerImage.fromReference(reference), runtime: NimRuntime.TRITON }),
        {
          what: 'model id',
          value: '"nvidia/llama-3.2-nv-embedqa-1b-v2"',
          because: 'NVIDIA renamed the model',
          instead: 'write EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2',
        },
      );
    }
  });
});

describe('a model of your own', () => {
  const props = {
    id: 'example/embed',
    image: ContainerImage.fromReference('registry.example.com/embed:2.3.0'),
    maxTokens: 100,
    dimensions: 10,
  };

  it('is text only unless it says otherwise', () => {
    expect(EmbeddingModel.custom(props).acceptsImages).toBe(false);
    expect(EmbeddingModel.custom({ ...props, acceptsImages: true }).acceptsImages).toBe(true);
  });

  it.each(['', 'embed', 'a/b/c', '/embed', 'example/', 'exa mple/embed'])('is refused with the id %j', (id) => {
    expectRefusal(() => EmbeddingModel.custom({ ...props, id }), {
      what: 'model id',
      value: JSON.stringify(id),
      because: 'a model id is an owner, "/" and a name',
      instead: '"nvidia/llama-nemotron-embed-1b-v2"',
    });
  });

  it('is refused with no GPU memory at all', () => {
    expectRefusal(() => EmbeddingModel.custom({ ...props, minGpuMemory: Size.gibibytes(0) }), {
      what: 'EmbeddingModel.custom minGpuMemory',
      value: '"0Gi"',
      because: 'a size is more than zero',
      instead: 'Size.gibibytes(50)',
    });
  });

  it.each(['maxTokens', 'dimensions'])('is refused with a %s that is no count', (name) => {
    for (const value of [0, -1, 1.5]) {
      expectRefusal(() => EmbeddingModel.custom({ ...props, [name]: value }), {
        what: `EmbeddingModel.custom ${name}`,
        value: `${value}`,
        because: 'a whole number of at least 1',
        instead: 'write 1 or more',
      });
    }
  });
});
