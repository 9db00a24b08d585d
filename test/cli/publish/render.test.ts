import { describe, expect, it } from 'vitest';
import { RECORD_FILE } from '../../../lib/cli/publish/record';
import { readRender, refusedAnywhere, type Render } from '../../../lib/cli/publish/render';
import { nameOf } from '../../../lib/manifests/manifest';
import { writeFiles } from '../../support/files';
import { withDirectory } from '../../support/programs';
import { configMap, type Files } from '../../support/publishing';

function rendered(files: Files): Render {
  return withDirectory((directory) => {
    writeFiles(directory, files);
    return readRender(directory);
  });
}

/** The render of files that not every disk can hold. */
const inMemory = (names: readonly string[]): Render => ({
  files: new Map(names.map((name) => [name, ''])),
  objects: [],
});

describe('a render', () => {
  it('has its files and its objects by their paths in the folder', () => {
    const files = { 'a.yaml': configMap('a'), 'sub/b.yaml': `${configMap('b')}---\n${configMap('c')}` };
    const render = rendered(files);
    expect(Object.fromEntries(render.files)).toEqual(files);
    expect(render.objects.map(({ object, file }) => [nameOf(object), file])).toEqual([
      ['a', 'a.yaml'],
      ['b', 'sub/b.yaml'],
      ['c', 'sub/b.yaml'],
    ]);
  });

  it.each<[Files, RegExp]>([
    [{ 'a.yaml': 'a: [' }, /a\.yaml:1: /],
    [{ 'a.yaml': configMap('a'), 'b.yaml': 'a: b' }, /b\.yaml:1: it is no Kubernetes object/],
    [{ 'a.yaml': '# nothing' }, /: there is no Kubernetes object in it: was the last synth without an error\?$/],
  ])('is refused with %j', (files, message) => {
    expect(() => rendered(files)).toThrow(message);
  });
});

describe('what no folder can hold is refused:', () => {
  it('an object that is rendered twice for one cluster, and not one of two clusters', () => {
    expect(refusedAnywhere(rendered({ 'a.yaml': configMap('a'), 'b.yaml': configMap('a') }))).toEqual([
      {
        file: 'a.yaml',
        message:
          'ConfigMap embeddings/a is there more than once, also in b.yaml: to the API server they are one object, and the last one wins; render it once',
      },
    ]);
    expect(refusedAnywhere(rendered({ 'eu/a.yaml': configMap('a'), 'us/a.yaml': configMap('a') }))).toEqual([]);
  });

  it.each([
    [['a.yaml', 'A.yaml'], 'a.yaml', 'A.yaml'],
    [['eu/a.yaml', 'EU/b.yaml'], 'eu', 'EU'],
  ])('names that many file systems take for one: %j', (names, file, other) => {
    expect(refusedAnywhere(inMemory(names))).toEqual([
      {
        file,
        message: `${other} differs from it only in upper and lower case, which many file systems take for one: rename one of them`,
      },
    ]);
  });

  it('a file with the name of the record', () => {
    expect(refusedAnywhere(inMemory(['a.yaml', RECORD_FILE]))).toEqual([
      { file: RECORD_FILE, message: 'publish writes a file of this name' },
    ]);
  });
});
