import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { plainDocuments } from '../../lib/cli/plain-yaml';
import { runs } from '../support/property-runs';
import { filesIn, goldenPrograms } from '../support/programs';

const OPTIONS = { version: '1.1', uniqueKeys: false, logLevel: 'error' } as const;

/** What the whole parser reads; nothing when it finds an error. */
function whole(text: string): unknown[] | undefined {
  try {
    const documents = [...parseAllDocuments(text, OPTIONS)];
    return documents.some(({ errors }) => errors.length > 0)
      ? undefined
      : documents.map((entry): unknown => entry.toJS());
  } catch {
    return undefined;
  }
}

function withoutEmpty(documents: unknown[] | undefined): unknown[] | undefined {
  return documents?.filter((value) => value !== null);
}

describe('plain YAML', () => {
  it.each<[string, unknown]>([
    ['a: b', { a: 'b' }],
    ['a:\n  b: text of words\n  c: 1\nd: true', { a: { b: 'text of words', c: 1 }, d: true }],
    ['a:\n- b: 1\n  c: 2\n- d\ne: f', { a: [{ b: 1, c: 2 }, 'd'], e: 'f' }],
    ['a:\n  - - x', undefined],
    ['a: true\nb: "yes"\nc: false\nd:', { a: true, b: 'yes', c: false, d: null }],
    ['a: yes', undefined],
    ['a: Off', undefined],
    ['a: null', undefined],
    ['a: ~', undefined],
    [
      'a: 10Gi\nb: 1.28\nc: -5\nd: 300s\ne: 1.28.0\nf: 20r/s',
      { a: '10Gi', b: 1.28, c: -5, d: '300s', e: '1.28.0', f: '20r/s' },
    ],
    ['a: 010', undefined],
    ['a: 0x10', undefined],
    ['a: 1e3', undefined],
    ['a: 1:30', undefined],
    ['a: 1_000', undefined],
    ['a: .5', undefined],
    ['a: +1', undefined],
    ['a: 12345678901234567890', undefined],
    ['a: \'it\'\'s\'\nb: "a\\n\\"b\\""\nc: {}\nd: []', { a: "it's", b: 'a\n"b"', c: {}, d: [] }],
    ['a: ::/0\nb: 0.0.0.0/0\nc: http://x/y?z', { a: '::/0', b: '0.0.0.0/0', c: 'http://x/y?z' }],
    ['# about\na: b # why', undefined],
    ['# about\n\na: b\n  # about c\nc: d\n', { a: 'b', c: 'd' }],
    ['a: b\n  c', undefined],
    ['a:\n  b', undefined],
    ['a: b: c', undefined],
    ['a: b:', undefined],
    ['a: b ', undefined],
    ['a:  b', undefined],
    ['a: 1\na: 2', undefined],
    ['a: &x 1', undefined],
    ['a: *x', undefined],
    ['a: !!str 1', undefined],
    ['a: |\n  b', undefined],
    ['a: >-\n  b', undefined],
    ['a: {b: c}', undefined],
    ['a: [b]', undefined],
    ['a: ...', undefined],
    ['a: "b" c', undefined],
    ['a: "\\x41"', undefined],
    ['yes: a', undefined],
    ['.inf: a', undefined],
    ['.dockerconfigjson: a', { '.dockerconfigjson': 'a' }],
    ['<<: a', undefined],
    ['__proto__: a', undefined],
    ['? a', undefined],
    ['a:\tb', undefined],
    ['a: b\r\n', undefined],
    ['a: é', undefined],
    ['%YAML 1.1\n---\na: b', undefined],
    ['a:\n  - b\n  c: d', undefined],
    ['a:\n    b: c\n  d: e', undefined],
    ['  a: b', undefined],
  ])('%j is %j', (text, value) => {
    expect(plainDocuments(text)).toEqual(value === undefined ? undefined : [value]);
  });

  it('has one value for each document', () => {
    expect(withoutEmpty(plainDocuments('---\na: b\n---\n# nothing\n---\nc: d\n'))).toEqual([{ a: 'b' }, { c: 'd' }]);
  });

  it('ends where the nesting has no end', () => {
    expect(
      plainDocuments(Array.from({ length: 100_000 }, (_, depth) => `${' '.repeat(depth % 60)}a:`).join('\n')),
    ).toBeUndefined();
  });

  it('is what this package renders', () => {
    const renders = goldenPrograms().flatMap(({ golden }) => Object.entries(filesIn(golden)));
    const read = renders.filter(([, text]) => plainDocuments(text) !== undefined);
    expect(read.length / renders.length).toBeGreaterThan(0.9);
    for (const [name, text] of read) {
      expect(plainDocuments(text), name).toEqual(whole(text));
    }
  });

  it('is read as the whole parser reads it, whatever the values are', () => {
    const scalar = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom('yes', 'No', 'null', '~', '1e3', '0o7', '010', '1_000', '.5', '1:30', '- a', 'a: b', '#', '10Gi'),
      fc.integer(),
      fc.double({ noNaN: true }),
      fc.boolean(),
      fc.constant(null),
    );
    const key = fc.oneof(fc.stringMatching(/^[A-Za-z_./-]{1,8}$/), fc.constantFrom('on', 'y', '1', 'a b'));
    const { value } = fc.letrec<{ value: unknown; map: unknown }>((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('map')),
      map: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    }));
    fc.assert(
      fc.property(value, fc.constantFrom('1.1', '1.2'), fc.boolean(), (written, version, indentSeq) => {
        const text = stringify(written, { version, indentSeq, lineWidth: 0 });
        const read = plainDocuments(text);
        if (read !== undefined) expect(read).toEqual(whole(text));
      }),
    );
  });

  it('is read as the whole parser reads it, or not at all, whatever the text is', () => {
    const part = fc.constantFrom(
      ...'a:b-#\'"{}[]&*!|>%@`\\,?~1.0 \n'.split(''),
      ': ',
      '- ',
      '\n  ',
      '---\n',
      'a: ',
      '\n- ',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 25 }), (parts) => {
        const text = parts.join('');
        const read = plainDocuments(text);
        if (read !== undefined) expect(withoutEmpty(read)).toEqual(withoutEmpty(whole(text)));
      }),
      runs(2000),
    );
  });
});
