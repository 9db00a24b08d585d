import { describe, expect, it } from 'vitest';
import { headline } from '../../../../lib/cli/publish/formats/headline';
import type { PlacedObject } from '../../../../lib/cli/publish/objects';
import type { PublishResult } from '../../../../lib/cli/publish/result';

const object: PlacedObject = { object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} }, file: 'a.yaml' };
const result: PublishResult = {
  target: 'envs',
  done: 'published',
  judged: true,
  objects: [
    { before: undefined, after: object, fields: [] },
    { before: object, after: object, fields: [] },
    { before: object, after: object, fields: [] },
  ],
  written: ['a.yaml'],
  removed: [],
  recordChanges: true,
  warnings: [],
  diff: undefined,
  refusals: [],
};

describe('the whole run in one line', () => {
  it.each<[Partial<PublishResult>, string]>([
    [{}, '1 file written or removed'],
    [{ removed: ['b.yaml'] }, '2 files written or removed'],
    [{ written: [] }, 'no file but published.sha256 written'],
    [{ written: [], recordChanges: false }, 'nothing to write'],
    [{ done: 'compared' }, '1 file to write or remove; nothing was written (--check)'],
    [{ done: 'compared', written: [] }, 'no file but published.sha256 to write; nothing was written (--check)'],
    [{ done: 'refused', refusals: [{ file: 'a.yaml', message: 'a' }] }, 'nothing was written: 1 refused'],
  ])('counts the objects and the files: %j', (given, files) => {
    expect(headline({ ...result, ...given })).toBe(`envs: 1 added, 0 changed, 0 removed, 2 unchanged; ${files}`);
  });
});
