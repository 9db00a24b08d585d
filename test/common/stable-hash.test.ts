import { describe, expect, it } from 'vitest';
import { stableHash } from '../../lib/common/stable-hash';

describe('the stable hash', () => {
  // The vectors of the FNV reference implementation, and a text that is two bytes in UTF-8.
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
    ['é', 0x1e9de8c1],
  ])('is FNV-1a: %j', (text, hash) => {
    expect(stableHash(text)).toBe(hash);
  });
});
