import { describe, expect, it } from 'vitest';
import { ContainerImage } from 'cdk8s-nim';
import { DIGEST } from '../support/nims';
import { expectRefusal } from '../support/refusals';

const FORM = 'write "registry/path:tag", "registry/path@sha256:…" or "registry/path:tag@sha256:…"';

describe('an image reference', () => {
  it.each([
    ['nvcr.io/nim/nvidia/model:1.13.0', 'nvcr.io/nim/nvidia/model', '1.13.0', undefined],
    [`nvcr.io/nim/nvidia/model@${DIGEST}`, 'nvcr.io/nim/nvidia/model', undefined, DIGEST],
    [`nvcr.io/nim/nvidia/model:1.13.0@${DIGEST}`, 'nvcr.io/nim/nvidia/model', '1.13.0', DIGEST],
    ['mirror.example.com:5000/a/b-c_d__e.f:v1', 'mirror.example.com:5000/a/b-c_d__e.f', 'v1', undefined],
    ['localhost/model:dev', 'localhost/model', 'dev', undefined],
    ['localhost:5000/model:dev', 'localhost:5000/model', 'dev', undefined],
    ['registry:5000/model:dev', 'registry:5000/model', 'dev', undefined],
    [`nvcr.io/model:${'x'.repeat(128)}`, 'nvcr.io/model', 'x'.repeat(128), undefined],
  ])('is read and written back: %s', (reference, repository, tag, digest) => {
    const image = ContainerImage.fromReference(reference);
    expect(image).toMatchObject({ repository, reference });
    expect(image.tag).toBe(tag);
    expect(image.digest).toBe(digest);
  });

  it.each([
    [`nvcr.io/model@${DIGEST}@${DIGEST}`, 'more than one "@"', FORM],
    ['model:1.0.0', 'the host of a registry', FORM],
    ['nvidia/model:1.0.0', 'the host of a registry', FORM],
    ['/model:1.0.0', 'the host of a registry', FORM],
    ['', 'the host of a registry', FORM],
    ['https://nvcr.io/model:1.0.0', 'the host of a registry', FORM],
    ['NVCR.io/model:1.0.0', 'the host of a registry', FORM],
    ['nvcr.io/Model:1.0.0', 'lower-case letters and digits', FORM],
    ['nvcr.io/nim//model:1.0.0', 'lower-case letters and digits', FORM],
    ['nvcr.io/nim/model-:1.0.0', 'lower-case letters and digits', FORM],
    ['nvcr.io/nim/model', 'neither tag nor digest', FORM],
    ['nvcr.io:443/nim/model', 'neither tag nor digest', FORM],
    ['nvcr.io/nim/model:latest', '"latest" means another image tomorrow', 'pin the version that you tested'],
    [`nvcr.io/nim/model:latest@${DIGEST}`, '"latest" means another image tomorrow', 'pin the version'],
    ['nvcr.io/nim/model:', '"" is no tag', FORM],
    ['nvcr.io/nim/model:-1', '"-1" is no tag', FORM],
    ['nvcr.io/nim/model:1.0 ', '"1.0 " is no tag', FORM],
    [`nvcr.io/nim/model:${'x'.repeat(129)}`, 'at most 128 letters', FORM],
    ['nvcr.io/nim/model@', '"" is no digest', FORM],
    ['nvcr.io/nim/model:1.0.0@sha256:abc', '"sha256:abc" is no digest', FORM],
    [`nvcr.io/nim/model@${DIGEST.toUpperCase()}`, 'is no digest', FORM],
    [`nvcr.io/nim/model@${DIGEST}0`, 'is no digest', FORM],
  ])('is refused: %j', (reference, because, instead) => {
    expectRefusal(() => ContainerImage.fromReference(reference), {
      what: 'image',
      value: JSON.stringify(reference),
      because,
      instead,
    });
  });
});
