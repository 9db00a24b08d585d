import { IngressController } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { expectRefusal } from '../support/refusals';
import { annotationsOf, renderIngress } from './support';

function admitted(sourceRanges: string[]): string | undefined {
  const rendered = renderIngress(IngressController.ingressNginx(), { sourceRanges });
  return annotationsOf(rendered, 'Ingress')['nginx.ingress.kubernetes.io/whitelist-source-range'];
}

describe('source ranges', () => {
  it('are taken as they are written', () => {
    const ranges = [
      '10.0.0.0/8',
      '203.0.113.7/32',
      '203.0.113.128/25',
      '2001:db8::/32',
      '2001:db8:0:1::/64',
      '2001:DB8::8000/113',
      '1:2:3:4:5:6:7:8/128',
      '::1/128',
      '::ffff:203.0.113.0/120',
      '8000::/1',
    ];
    expect(admitted(ranges)).toBe(ranges.join(','));
  });

  it('admit everybody when there are none', () => {
    expect(admitted([])).toBeUndefined();
  });

  it.each([
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '10.0.0/8',
    '256.0.0.0/8',
    '2001:db8::/129',
    '2001:db8::1::/64',
    'office',
    '',
    '10.0.0.0/8, 0.0.0.0/0',
  ])('are no %j', (range) => {
    expectRefusal(() => admitted(['10.0.0.0/8', range]), {
      what: 'SecureIngress sourceRanges',
      value: JSON.stringify(range),
      because: 'a range is an address and a prefix length above zero',
      instead: 'write for example "10.0.0.0/8"',
    });
  });

  it.each([
    ['203.0.113.7/24', 24, '203.0.113.7/32'],
    ['203.0.113.128/24', 24, '203.0.113.128/32'],
    ['10.0.0.1/31', 31, '10.0.0.1/32'],
    ['2001:db8::1/64', 64, '2001:db8::1/128'],
    ['2001:db8:1::/32', 32, '2001:db8:1::/128'],
    ['::1/127', 127, '::1/128'],
    ['::ffff:203.0.113.7/120', 120, '::ffff:203.0.113.7/128'],
  ] as const)('are no %s, which may mean an address or a range', (range, length, one) => {
    expectRefusal(() => admitted([range]), {
      what: 'SecureIngress sourceRanges',
      value: JSON.stringify(range),
      because: `the address goes on after the first ${length} bits`,
      instead: `for one address write "${one}"; for a range end its address in zeros`,
    });
  });

  it.each(['0.0.0.0/0', '::/0'])('are not everybody (%s)', (range) => {
    expectRefusal(() => admitted([range]), {
      what: 'SecureIngress sourceRanges',
      value: JSON.stringify(range),
      because: 'a prefix length above zero',
      instead: 'to allow everybody, leave sourceRanges out',
    });
  });
});
