import { describe, expect, it } from 'vitest';
import { addressBlock } from '../../lib/common/cidr';
import { NETWORKS_INSIDE, NETWORKS_NOT_PUBLIC } from '../../lib/common/special-networks';

describe('networks that are not public', () => {
  it.each(NETWORKS_NOT_PUBLIC)('%s ends in zeros after its prefix', (cidr) => {
    const { digits = '1', length = 0 } = addressBlock(cidr) ?? {};
    expect(Number(digits.slice(length))).toBe(0);
  });

  it('include those inside: private, shared and link-local ones', () => {
    expect(NETWORKS_INSIDE).toEqual([
      '10.0.0.0/8',
      '100.64.0.0/10',
      '169.254.0.0/16',
      '172.16.0.0/12',
      '192.168.0.0/16',
      'fc00::/7',
      'fe80::/10',
    ]);
  });
});
