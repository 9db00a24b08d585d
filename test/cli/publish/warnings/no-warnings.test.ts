import { describe, expect, it } from 'vitest';
import { warningsBetween, RENDERS, edited } from '../../../support/publish-warnings';
import { filesIn } from '../../../support/programs';
import type { Files } from '../../../support/publishing';

/** The render with names, as it would be with every address in their place. */
function withoutNames(): Files {
  const open = [
    '    - ports:',
    '        - port: 443',
    '          protocol: TCP',
    '      to:',
    '        - ipBlock:',
    '            cidr: 0.0.0.0/0',
    '  ingress: []',
  ].join('\n');
  const files = edited('fqdn-egress', 'NetworkPolicy.text-embedding-fill', '  ingress: []', open);
  return Object.fromEntries(Object.entries(files).filter(([name]) => !name.startsWith('CiliumNetworkPolicy')));
}

describe('a summary does not warn of', () => {
  it.each<[string, Files, Files]>([
    ['a first render', {}, RENDERS['production'] ?? {}],
    ['what Argo CD is told, in a folder of its own', {}, filesIn('examples/argocd/rendered/argocd')],
    ['the same render', RENDERS['production'] ?? {}, RENDERS['production'] ?? {}],
    [
      'the same objects in other folders',
      RENDERS['production'] ?? {},
      Object.fromEntries(Object.entries(RENDERS['production'] ?? {}).map(([name, text]) => [`sub/${name}`, text])),
    ],
    ['more replicas', RENDERS['production'] ?? {}, edited('production', 'Deployment', 'replicas: 3', 'replicas: 4')],
    [
      'a narrower address range',
      RENDERS['production'] ?? {},
      edited('production', 'Middleware.text-embedding-source-ranges', '203.0.113.0/24', '203.0.113.128/25'),
    ],
    [
      'a narrower way in',
      RENDERS['production'] ?? {},
      edited('production', 'NetworkPolicy', '- 10.0.0.0/8', '- 10.0.0.0/8\n              - 9.0.0.0/8'),
    ],
    ['names of hosts in place of every address', withoutNames(), RENDERS['fqdn-egress'] ?? {}],
    [
      'a larger claim',
      RENDERS['f5-nginx'] ?? {},
      edited('f5-nginx', 'PersistentVolumeClaim', /storage: \d+Gi/, 'storage: 900Gi'),
    ],
    [
      'a new tag',
      RENDERS['production'] ?? {},
      edited('production', 'Deployment', /(image: [^\n]*):[0-9.]+/, '$1:9.9.9'),
    ],
  ])('%s', (_, before, after) => {
    expect(warningsBetween(before, after)).toEqual([]);
  });

  it('what is the same in each of two clusters', () => {
    const staging = Object.fromEntries(
      Object.entries(RENDERS['production'] ?? {}).map(([name, text]) => [`staging/${name}`, text]),
    );
    const both = {
      ...staging,
      ...Object.fromEntries(
        Object.entries(edited('production', 'NetworkPolicy', '', undefined)).map(([name, text]) => [
          `open/${name}`,
          text,
        ]),
      ),
    };
    expect(warningsBetween(both, both)).toEqual([]);
  });
});
