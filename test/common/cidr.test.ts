import { describe, expect, it } from 'vitest';
import { addressBlock, cover, isWide, shortestPrefix } from '../../lib/common/cidr';

const bits = (cidr: string): string => addressBlock(cidr)?.bits ?? 'none';

describe('a block', () => {
  it.each([
    ['0.0.0.0/0', 'IPv4 '],
    ['128.0.0.0/1', 'IPv4 1'],
    ['10.1.2.3/8', 'IPv4 00001010'],
    ['::/0', 'IPv6 '],
    ['fc00::/7', 'IPv6 1111110'],
  ])('%s is %j', (cidr, expected) => {
    expect(addressBlock(cidr)?.bits).toBe(expected);
  });

  it.each(['', '10.0.0.0', '10.0.0.0/33', '10.0.0/8', '10.0.0.0/8/8', '10.0.0.0/a', 'a/0', '::/129', '/0'])(
    '%j is none',
    (cidr) => {
      expect(addressBlock(cidr)).toBeUndefined();
    },
  );

  it('keeps the address as it is written', () => {
    expect(addressBlock('10.1.2.3/8')).toMatchObject({ address: '10.1.2.3', family: 'IPv4', length: 8 });
  });

  it.each([
    ['10.0.0.0/7', true],
    ['10.0.0.0/8', false],
    ['2001:db8::/15', true],
    ['2001:db8::/16', false],
    ['no block/1', false],
  ])('%s is wide: %s', (cidr, expected) => {
    expect(isWide(cidr)).toBe(expected);
  });

  it.each([
    ['10.0.0.0/8', 8],
    ['fd00::/8', 16],
  ])('of the family of %s is wide below /%i', (cidr, expected) => {
    expect(shortestPrefix(cidr)).toBe(expected);
  });
});

describe('blocks', () => {
  it.each<[string, string[]]>([
    ['192.168.0.0/16', ['192.168.0.0/16']],
    ['192.168.0.0/16', ['192.0.0.0/8']],
    ['192.168.0.0/16', ['192.168.128.0/17', '192.168.0.0/17']],
    ['192.168.0.0/16', ['192.168.0.0/18', '192.168.64.0/18', '10.0.0.0/8', '192.168.128.0/17']],
    ['fc00::/7', ['fc00::/8', 'fd00::/8']],
    ['169.254.169.254/32', ['169.254.0.0/16']],
  ])('that hold all of %s: %j', (block, blocks) => {
    expect(cover(blocks.map(bits), bits(block))).toBe(true);
  });

  it.each<[string, string[]]>([
    ['192.168.0.0/16', []],
    ['192.168.0.0/16', ['192.168.0.0/17']],
    ['192.168.0.0/16', ['192.168.0.0/17', '192.168.128.0/18']],
    ['192.168.0.0/16', ['10.0.0.0/8', '192.169.0.0/16']],
    ['fc00::/7', ['0.0.0.0/0']],
  ])('that do not hold all of %s: %j', (block, blocks) => {
    expect(cover(blocks.map(bits), bits(block))).toBe(false);
  });
});
