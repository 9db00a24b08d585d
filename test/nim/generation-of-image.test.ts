import { ContainerImage, NimFamily, NimRuntime } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { alternatives } from '../../lib/common/kinds';
import { EMBEDDING_GENERATIONS } from '../../lib/nim/embedding-facts';
import { factsOfImage } from '../../lib/nim/generations';
import { generations } from '../support/generations';
import { DIGEST, nimDeployment, renderNimDeployment, taggedImage } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { literalsOf, nimOf } from '../support/workload';

/** The first version of which nothing is known yet. */
const UNKNOWN = EMBEDDING_GENERATIONS[0]?.since ?? '';
const MAJORS = [...new Set(generations.map(({ tag }) => tag.replace(/\..*/, '.x')))].join(', ');

const generationOf = (image: ContainerImage, named?: NimRuntime): NimRuntime =>
  factsOfImage(NimFamily.EMBEDDING, image, named).runtime;

describe('the generation of an image', () => {
  it.each([
    ['1.0.0', NimRuntime.TRITON],
    ['1.13.0', NimRuntime.TRITON],
    ['1.99.9-rc1', NimRuntime.TRITON],
    ['v1.13.0', NimRuntime.TRITON],
    ['2.0.0', NimRuntime.NATIVE_2_0],
    ['2.0', NimRuntime.NATIVE_2_0],
    ['2.2.0', NimRuntime.NATIVE_2_2],
    ['2.2.2', NimRuntime.NATIVE_2_2],
    ['2.3', NimRuntime.NATIVE_2_2],
    ['2.4.0-variant', NimRuntime.NATIVE_2_2],
    ['2.10.0', NimRuntime.NATIVE_2_2],
  ])('is inferred from the tag %s', (tag, runtime) => {
    expect(generationOf(taggedImage(tag))).toBe(runtime);
    expect(generationOf(taggedImage(tag), runtime)).toBe(runtime);
    expect(generationOf(ContainerImage.fromReference(`mirror.example.com/model:${tag}@${DIGEST}`))).toBe(runtime);
  });

  it.each(['stable', '1', '2', UNKNOWN, '0.9.0', 'release-2.3.0', '2024-05-01', '2x.3.0'])(
    'has to be named when the tag is %s',
    (tag) => {
      const image = taggedImage(tag);
      expectRefusal(() => generationOf(image), {
        what: 'image',
        value: JSON.stringify(image.reference),
        because: `no version of a known NIM generation (${MAJORS}) can be read from it`,
        instead: `runtime: ${alternatives(generations.map(({ runtime }) => `NimRuntime.${runtime.name}`))}`,
      });
      expect(generationOf(image, NimRuntime.NATIVE_2_2)).toBe(NimRuntime.NATIVE_2_2);
    },
  );

  it('has to be named when the image is a digest alone', () => {
    const image = ContainerImage.fromReference(`nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2@${DIGEST}`);
    expectRefusal(() => nimDeployment({ image }), {
      what: 'image',
      value: JSON.stringify(image.reference),
      because: 'no version of a known NIM generation',
      instead: 'name the generation: runtime: NimRuntime.TRITON',
    });
    expect(literalsOf(nimOf(renderNimDeployment({ image, runtime: NimRuntime.NATIVE_2_0 })))).toHaveProperty(
      'NIM_BIND_ADDR',
    );
  });

  it.each([
    ['1.13.0', NimRuntime.NATIVE_2_0, 'TRITON (1.x)'],
    ['2.0.0', NimRuntime.TRITON, 'NATIVE_2_0 (2.0)'],
    ['2.3.0', NimRuntime.NATIVE_2_0, 'NATIVE_2_2 (2.2 and newer 2.x)'],
  ])('cannot contradict the tag %s', (tag, runtime, generation) => {
    expectRefusal(() => nimDeployment({ image: taggedImage(tag), runtime }), {
      what: 'runtime',
      value: JSON.stringify(runtime.name),
      because: `the image nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:${tag} is of the generation ${generation}`,
      instead: 'leave out runtime, or use an image of that generation',
    });
  });

  it('has to be named where the settings were renamed and nobody says how', () => {
    const image = taggedImage('2.1.3');
    expectRefusal(() => nimDeployment({ image }), {
      what: 'image',
      value: JSON.stringify(image.reference),
      because: 'the settings were renamed with 2.1, but no documentation of a 2.1 image is public',
      instead: 'use an image 2.2 or newer, or name the generation that you tried: runtime: NimRuntime.NATIVE_2_2',
    });
    expect(literalsOf(nimOf(renderNimDeployment({ image, runtime: NimRuntime.NATIVE_2_2 })))).toHaveProperty(
      'NIM_SERVER_BIND_ADDR',
    );
    expect(generationOf(image, NimRuntime.NATIVE_2_0)).toBe(NimRuntime.NATIVE_2_0);
  });
});
