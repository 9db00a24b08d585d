import { describe, expect, it } from 'vitest';
import { literalSecretIn } from '../../lib/common/literal-secrets';
import {
  credentialsInCommand,
  credentialsInSettings,
  isLiteralCredential,
  NameContext,
} from '../../lib/guardrails/named-credentials';

const RANDOM = 'aB3dE6gH9jK2mN5pQ8sT';

describe('a literal credential', () => {
  it.each<[string, string, boolean, boolean]>([
    // name, value, for a variable, for a setting
    ['DB_PASSWORD', 'hunter2', true, true],
    ['DB_PASSWORD', '123456', true, true],
    ['API_TOKEN', '123456', false, false],
    ['API_TOKEN', '1234567', true, true],
    ['databaseSecret', 'database', false, false],
    ['databaseSecret', 'hunter2', true, false],
    ['databaseSecret', RANDOM, true, true],
    ['someKey', 'v1', false, false],
    ['someKey', RANDOM, true, true],
    ['cacheKey', RANDOM, false, false],
    ['DB_PASSWORD', '12', false, false],
    ['SPLIT_TOKEN', 'hunter2', false, false],
    ['SPLIT_TOKEN', 'hunter2x', true, true],
    ['SPLIT_TOKEN', 'model-2', false, false],
    ['ENCRYPTION_KEY', 'hunter2', true, true],
    ['ENCRYPTION_KEY', 'abc123', true, true],
    ['ENCRYPTION_KEY', '2', false, false],
    ['LOG_LEVEL', RANDOM, false, false],
    ['Authorization', 'Bearer hunter', true, true],
    ['Authorization', 'hunter', false, false],
    ['Authorization', 'Basic $(LOGIN)', false, false],
  ])('%s=%s is one: as a variable %s, as a setting %s', (name, value, variable, setting) => {
    expect([
      isLiteralCredential(name, value, NameContext.VALUE),
      isLiteralCredential(name, value, NameContext.SETTING),
    ]).toEqual([variable, setting]);
  });
});

describe('settings', () => {
  it('are searched line by line', () => {
    expect(credentialsInSettings('password: hunter2\nlevel: info\napiKey: "hunter2",\n')).toEqual([
      { name: 'password', line: 1 },
      { name: 'apiKey', line: 3 },
    ]);
  });
});

describe('a command', () => {
  it('is searched argument by argument', () => {
    expect(credentialsInCommand(['curl', '-u', 'me:hunter2', '--token=hunter2'])).toEqual([
      { name: 'the password of curl', argument: 2 },
      { name: 'token', argument: 3 },
    ]);
  });
});

it.each(['{', '$(', '://a:', '-eyJ', ',a="', `"'`, '\n ', '--a ', 'a;', '?pwd=', 'host=a ', 'token=a-1\n'])(
  'is found in time in many times %j',
  (part) => {
    const text = part.repeat(100_000 / part.length);
    const started = process.cpuUsage();
    credentialsInSettings(text);
    credentialsInCommand([text]);
    literalSecretIn(text);
    isLiteralCredential('SPLIT_TOKEN', text, NameContext.VALUE);
    isLiteralCredential('SIGNING_KEY', text, NameContext.VALUE);
    // Processor time: a busy machine makes it slow, not wrong. A search that looks again from every place takes minutes.
    const { user } = process.cpuUsage(started);
    expect(user / 1_000_000).toBeLessThan(5);
  },
);
