import { describe, expect, it } from 'vitest';
import { showValues } from '../../../../lib/cli/publish/formats/values';
import { configMap, publishing, type Files } from '../../../support/publishing';

const claim = (mode: string): string =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: a\nspec:\n  accessModes: [${mode}]\n`;
const OLD: Files = {
  'a.yaml': configMap('a', { list: '"x|y"', gone: '1' }),
  'claim.yaml': claim('ReadWriteOnce'),
  'old.yaml': configMap('old'),
};
const NEW: Files = {
  'a.yaml': configMap('a', { list: '"x|`z`"', more: '"2"' }),
  'claim.yaml': claim('ReadWriteMany'),
  'new.yaml': configMap('new'),
};

describe('the summary of a publish', () => {
  it('is a table for a pull request', () => {
    publishing((place) => {
      place.publish(OLD, ['--no-check']);
      expect(place.publish(NEW, ['--no-check', '--check', '--format', 'markdown']).out).toBe(
        `**DIR/checkout/env: 1 added, 2 changed, 1 removed, 0 unchanged; 4 files to write or remove; nothing was written (--check)**

> [!WARNING]
> - **PersistentVolumeClaim a** \`spec.accessModes[0]\`: the field is immutable. In the cluster: the API server refuses the change, and every sync of it fails until somebody deletes the object: kubectl delete persistentvolumeclaim a; with the reclaim policy Delete, the usual one, its volume and the model on it go too, once no pod mounts it. A new name makes a new object beside the old one.
> - the guardrails did not judge this render (--no-check).

| | object | field | before | after |
|---|---|---|---|---|
| added | ConfigMap embeddings/new |  |  |  |
| changed | ConfigMap embeddings/a | \`data.list\` | \`x\\|y\` | \`\` x\\|\`z\` \`\` |
|  |  | \`data.gone\` | \`1\` |  |
|  |  | \`data.more\` |  | \`"2"\` |
| changed | PersistentVolumeClaim a | \`spec.accessModes[0]\` | \`ReadWriteOnce\` | \`ReadWriteMany\` |
| removed | ConfigMap embeddings/old |  |  |  |
`,
      );
    });
  });

  it('is everything for programs', () => {
    publishing((place) => {
      place.publish(OLD, ['--no-check']);
      place.write({ 'old.yaml': 'by: hand' });
      const { code, out } = place.publish(NEW, ['--no-check', '--diff', '--format', 'json']);
      expect(code).toBe(1);
      expect(JSON.parse(out)).toMatchObject({
        done: 'refused',
        guardrails: 'not asked',
        counts: { added: 1, changed: 2, removed: 0, unchanged: 0 },
        added: [{ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'embeddings', name: 'new', file: 'new.yaml' }],
        changed: [
          { name: 'a', fields: [{ path: 'data.list', before: 'x|y', after: 'x|`z`' }, { path: 'data.gone' }, {}] },
          { kind: 'PersistentVolumeClaim' },
        ],
        files: { written: ['a.yaml', 'claim.yaml', 'new.yaml'], removed: [] },
        warnings: [
          { kind: 'PersistentVolumeClaim', path: 'spec.accessModes[0]', effect: expect.any(String) as unknown },
        ],
        refusals: [{ file: 'old.yaml', message: expect.stringContaining('somebody has changed it') as unknown }],
        diff: expect.stringContaining('+++ b/a.yaml') as unknown,
      });
    });
  });
});

describe('a value', () => {
  const long = 'x'.repeat(300);

  it.each<[unknown, unknown, string | undefined, string | undefined]>([
    [1, '1', '1', '"1"'],
    [undefined, true, undefined, 'true'],
    ['', ' a', '""', '" a"'],
    [{ a: [1] }, 'a\nb', '{"a":[1]}', '"a\\nb"'],
    ['[x', '{y', '"[x"', '"{y"'],
    [`${long}a`, `${long}b`, `…${'x'.repeat(99)}a`, `…${'x'.repeat(99)}b`],
    [`a${long}`, `b${long}`, `a${'x'.repeat(99)}…`, `b${'x'.repeat(99)}…`],
  ])('%j, and then %j, is %j and %j on one line', (before, after, old, now) => {
    expect(showValues(before, after)).toEqual({
      ...(old === undefined ? {} : { before: old }),
      ...(now === undefined ? {} : { after: now }),
    });
  });
});
