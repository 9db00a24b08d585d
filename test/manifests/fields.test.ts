import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  at,
  isFields,
  listAt,
  numberAt,
  parsePath,
  type Path,
  showPath,
  textAt,
  textsAt,
} from '../../lib/manifests/fields';

const OBJECT = {
  name: 'a',
  count: 0,
  on: true,
  nothing: null,
  list: ['x', { y: 1 }],
  fields: { text: 'b', number: 2 },
};

describe('fields', () => {
  it.each<[unknown, boolean]>([
    [{}, true],
    [null, false],
    [undefined, false],
    [[], false],
    ['text', false],
  ])('of %j are there: %s', (value, expected) => {
    expect(isFields(value)).toBe(expected);
  });
});

describe('a value at a path', () => {
  it.each<[Path, unknown]>([
    [[], OBJECT],
    [['count'], 0],
    [['on'], true],
    [['list', 1, 'y'], 1],
    [['nothing'], undefined],
    [['nothing', 'more'], undefined],
    [['missing', 'more'], undefined],
    [['name', 'length'], undefined],
    [['toString'], undefined],
  ])('%j is %j', (path, expected) => {
    expect(at(OBJECT, ...path)).toEqual(expected);
  });

  it.each([
    { of: 'text', read: textAt, expected: { name: 'a' } },
    { of: 'number', read: numberAt, expected: { count: 0 } },
    { of: 'list', read: listAt, expected: { list: OBJECT.list } },
  ])('is read as a $of only when it is one', ({ read, expected }) => {
    const found = Object.keys(OBJECT)
      .map((key) => [key, read(OBJECT, key)] as const)
      .filter(([, value]) => value !== undefined && (!Array.isArray(value) || value.length > 0));
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  it('is an empty list when there is none', () => {
    expect(listAt(OBJECT, 'fields')).toEqual([]);
  });

  it('has its texts, without the other members', () => {
    expect([textsAt(OBJECT, 'fields'), textsAt(OBJECT, 'missing')]).toEqual([{ text: 'b' }, {}]);
  });
});

describe('a path', () => {
  it.each<[string, Path]>([
    ['spec.ports[0].port', ['spec', 'ports', 0, 'port']],
    ['metadata.annotations["example.com/a"]', ['metadata', 'annotations', 'example.com/a']],
    ['spec["1.2"]', ['spec', '1.2']],
    ['', []],
  ])('is written %s', (expected, path) => {
    expect(showPath(path)).toBe(expected);
    expect(parsePath(expected)).toEqual(path);
  });

  it.each(['a.', '.a', 'a..b', 'a b', 'a[b]', 'a[0', 'a["b]', '0', 'a/b'])('is not read from %s', (text) => {
    expect(parsePath(text)).toBeUndefined();
  });

  it('is read as it was written, whatever is in it', () => {
    const step = fc.oneof(fc.string(), fc.nat());
    fc.assert(fc.property(fc.array(step), (path) => void expect(parsePath(showPath(path))).toEqual(path)));
  });
});
