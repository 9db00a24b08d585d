import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type NgcExternalSecretsProps, NgcCredentials, SecretStoreRef } from 'cdk8s-nim';
import { evaluateTemplate } from '../support/go-template';
import { at, find, render, testChart } from '../support/manifests';

interface Vector {
  readonly name: string;
  readonly remoteValue: string;
  /** What `kubectl create secret docker-registry --docker-password=…` makes of the trimmed value. */
  readonly dockerConfigJson: string;
}

const vectors = JSON.parse(readFileSync(join(__dirname, 'docker-config-vectors.json'), 'utf8')) as Vector[];

function templateOf(secret: string, key: string, props: Partial<NgcExternalSecretsProps> = {}): string {
  const chart = testChart();
  NgcCredentials.fromExternalSecrets(chart, 'ngc', {
    store: SecretStoreRef.cluster('vault'),
    apiKey: { key: 'nvidia/ngc' },
    ...props,
  });
  const data = at(find(render(chart), 'ExternalSecret', secret), 'spec.target.template.data');
  return (data as Record<string, string>)[key] ?? '';
}

describe('the template of the pull secret', () => {
  it('is evaluated for all the ways that a key can look', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(19);
  });

  it.each(vectors)('makes the bytes that kubectl makes: $name', ({ remoteValue, dockerConfigJson }) => {
    const made = evaluateTemplate(templateOf('ngc-secret', '.dockerconfigjson'), { NGC_API_KEY: remoteValue });
    expect(Buffer.from(made).equals(Buffer.from(dockerConfigJson))).toBe(true);
  });

  it.each(vectors)('is JSON that holds the trimmed key twice: $name', ({ remoteValue }) => {
    const made = evaluateTemplate(templateOf('ngc-secret', '.dockerconfigjson'), { NGC_API_KEY: remoteValue });
    const { auths } = JSON.parse(made) as { auths: Record<string, Record<string, string>> };
    const entry = auths['nvcr.io'] ?? {};
    const key = remoteValue.trim();
    expect(Object.keys(auths)).toEqual(['nvcr.io']);
    expect(entry).toMatchObject({ username: '$oauthtoken', password: key });
    expect(Buffer.from(entry['auth'] ?? '', 'base64').toString('utf8')).toBe(`$oauthtoken:${key}`);
  });

  it('hands a ready-made configuration on unchanged', () => {
    const template = templateOf('ngc-secret', '.dockerconfigjson', { dockerConfig: { key: 'mirror' } });
    const ready = '{"auths":{"mirror.example.com":{"auth":"fake"}}}\n';
    expect(evaluateTemplate(template, { dockerconfigjson: ready })).toBe(ready);
  });
});

describe('the template of the API key', () => {
  it.each([
    ['fake-key', 'fake-key'],
    [' \tfake key\r\n', 'fake key'],
    ['{{ .NGC_API_KEY }}"\\', '{{ .NGC_API_KEY }}"\\'],
  ])('takes the space around %j away, and nothing else', (remoteValue, key) => {
    expect(evaluateTemplate(templateOf('ngc-api-secret', 'NGC_API_KEY'), { NGC_API_KEY: remoteValue })).toBe(key);
  });
});

describe('the evaluator of this test', () => {
  it.each([
    ['{{ .X | upper }}', 'unknown function upper'],
    ['{{ .Y }}', 'no value for .Y'],
    ['{{ .ngc-api-key }}', 'cannot read "-api-key"'],
    ['{{ $oauthtoken }}', 'cannot read "$oauthtoken"'],
    ['{{ printf "%d" .X }}', 'printf cannot do %d'],
    ['{{ printf "%s %s" .X }}', 'printf cannot do %s'],
    ['{{ printf "x" .X }}', 'printf has arguments left'],
    ['{{ (.X }}', 'missing ")"'],
    ['{{ .X .X }}', 'expected one operand'],
    ['{{ trim .X .X }}', 'trim takes one argument'],
  ])('does not guess: %s', (template, error) => {
    expect(() => evaluateTemplate(template, { X: 'x' })).toThrow(error);
  });

  it('shows why quoting is not enough: the naive template breaks on a quote', () => {
    expect(() => JSON.parse(evaluateTemplate('{"password":"{{ .X }}"}', { X: 'a"b' })) as unknown).toThrow(SyntaxError);
  });
});
