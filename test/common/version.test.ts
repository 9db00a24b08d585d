import { describe, expect, it } from 'vitest';
import { isOlder, type Version, versionOf } from '../../lib/common/version';

describe('the version of a tag', () => {
  it.each<[string, Version]>([
    ['1.13.0', { major: 1, minor: 13, patch: 0 }],
    ['2.3', { major: 2, minor: 3, patch: 0 }],
    ['10.20.30', { major: 10, minor: 20, patch: 30 }],
    ['v2.3.4', { major: 2, minor: 3, patch: 4 }],
    ['1.10.1-variant', { major: 1, minor: 10, patch: 1 }],
    ['2.3+build', { major: 2, minor: 3, patch: 0 }],
    ['2.3_build', { major: 2, minor: 3, patch: 0 }],
    ['2.3.4.5', { major: 2, minor: 3, patch: 4 }],
  ])('is read from %s', (tag, parts) => {
    expect(versionOf(tag)).toEqual(parts);
  });

  it.each(['', '1', 'latest', 'stable-1.13.0', '2.3x', 'x2.3'])('is not guessed from %j', (tag) => {
    expect(versionOf(tag)).toBeUndefined();
  });
});

describe('a version is older than another one', () => {
  it.each([
    ['2.2.0', '2.2.0', false],
    ['2.2.1', '2.2.0', false],
    ['2.2.0', '2.2.1', true],
    ['2.3.0', '2.2.9', false],
    ['2.1.9', '2.2.0', true],
    ['3.0.0', '2.9.9', false],
    ['1.9.9', '2.0.0', true],
    ['3.7', '3.7.0', false],
    ['3.10.0', '3.9.0', false],
  ])('%s, %s: %s', (one, other, older) => {
    expect(isOlder(one, other)).toBe(older);
  });

  it.each([
    ['latest', '2.2.0'],
    ['2.2.0', 'latest'],
  ])('only when both are versions (%s, %s)', (one, other) => {
    expect(isOlder(one, other)).toBe(false);
  });
});
