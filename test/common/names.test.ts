import { describe, expect, it } from 'vitest';
import {
  requireEnvName,
  requireHeaderName,
  requireHost,
  requireNamespaceName,
  requireObjectName,
  requireSecretKey,
  requireServiceName,
  requireText,
} from '../../lib/common/names';
import { expectRefusal, type Refusal } from '../support/refusals';

type Check = (what: string, value: string) => string;

const label63 = 'a'.repeat(63);
const label64 = 'a'.repeat(64);
const subdomain253 = `${'a'.repeat(62)}.${'b'.repeat(62)}.${'c'.repeat(62)}.${'d'.repeat(62)}.x`;

const accepted: [Check, string[]][] = [
  [requireServiceName, ['a', 'text-embedding', 'a1', label63]],
  [requireNamespaceName, ['a', '1', 'embeddings-2', label63]],
  [requireObjectName, ['a', 'letsencrypt.example.com', '1-a.b', subdomain253]],
  [requireHost, ['embeddings.example.com', '1.example.com', `${label63}.example.com`, 'xn--bcher-kva.example']],
  [requireEnvName, ['A', '_', 'NIM_HTTP_API_PORT', 'lower_case1']],
  [requireSecretKey, ['NGC_API_KEY', '.dockerconfigjson', 'a-b', 'x'.repeat(253)]],
  [requireHeaderName, ['X-Api-Key', 'a', '1']],
];

const refused: [Check, string[], Omit<Refusal, 'what' | 'value'>][] = [
  [
    requireServiceName,
    ['', '1a', '-a', 'a-', 'A', 'a_b', 'a.b', 'a b', 'ä', label64, 'a\n'],
    { because: '1 to 63 lower-case letters, digits and "-"', instead: 'for example "text-embedding"' },
  ],
  [
    requireNamespaceName,
    ['', '-a', 'a-', 'Embeddings', 'a.b', label64],
    { because: '1 to 63 lower-case letters, digits and "-"', instead: 'kubectl get namespaces' },
  ],
  [
    requireObjectName,
    ['', '.a', 'a.', 'a..b', 'a-.b', 'A', 'a_b', `${subdomain253}x`],
    { because: '1 to 253 lower-case letters, digits, "-" and "."', instead: 'kubectl get' },
  ],
  [
    requireHost,
    ['*.example.com', '*'],
    { because: 'a wildcard would also serve hosts that nobody listed', instead: 'one full DNS name' },
  ],
  [
    requireHost,
    [
      '',
      'localhost',
      'https://embeddings.example.com',
      'embeddings.example.com:443',
      'embeddings.example.com/v1',
      'Embeddings.example.com',
      'embeddings.example.com.',
      '192.0.2.1',
      `${label64}.example.com`,
      `${subdomain253}x`,
    ],
    { because: 'a full DNS name in lower case', instead: '"embeddings.example.com"' },
  ],
  [
    requireEnvName,
    ['', '1A', 'A-B', 'A.B', 'A B', 'A='],
    { because: 'letters, digits and "_" and does not begin with a digit', instead: 'rename it' },
  ],
  [
    requireSecretKey,
    ['', 'a/b', 'a b', 'x'.repeat(254)],
    { because: '1 to 253 letters, digits, "-", "_" and "."', instead: 'kubectl describe secret' },
  ],
  [requireHeaderName, ['', '-X', 'X Y', 'X:Y', 'X_Y'], { because: 'letters, digits and "-"', instead: '"X-Api-Key"' }],
];

describe.each(accepted.map(([check, values]) => [check.name, check, values] as const))('%s', (_, check, values) => {
  it.each(values)('takes %j', (value) => {
    expect(check('the name', value)).toBe(value);
  });
});

describe.each(refused.map(([check, ...rest]) => [check.name, check, ...rest] as const))(
  '%s',
  (_, check, values, refusal) => {
    it.each(values)('refuses %j', (value) => {
      expectRefusal(() => check('the name', value), { what: 'the name', value: JSON.stringify(value), ...refusal });
    });
  },
);

describe('requireText', () => {
  it('takes text without the space around it', () => {
    expect(requireText('reason', ' because \n', 'write why')).toBe('because');
  });

  it.each(['', ' ', '\n\t'])('refuses %j', (value) => {
    expectRefusal(() => requireText('reason', value, 'write why'), {
      what: 'reason',
      value: JSON.stringify(value),
      because: 'it is empty',
      instead: 'write why',
    });
  });
});
