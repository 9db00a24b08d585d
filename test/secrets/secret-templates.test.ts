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

/** Empty, blank, and null in a JSON entry, which some providers give as text. */
const EMPTY_KEYS = ['', ' ', '\t\r\n', '\u00a0\u0085', 'null', ' null\n'];

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

  it.each(EMPTY_KEYS)('fails for a key that is empty: %j', (remoteValue) => {
    const template = templateOf('ngc-secret', '.dockerconfigjson');
    expect(() => evaluateTemplate(template, { NGC_API_KEY: remoteValue })).toThrow('the NGC API key is empty');
  });
});

describe('the template of the pull secret in a VaultStaticSecret', () => {
  const chart = testChart();
  NgcCredentials.fromVaultSecretsOperator(chart, 'ngc', { mount: 'kv', apiKey: { path: 'ngc', field: 'api-key' } });
  const templates = at(
    find(render(chart), 'VaultStaticSecret', 'ngc-secret'),
    'spec.destination.transformation.templates',
  );
  const { text = '' } = (templates as Record<string, { text?: string }>)['.dockerconfigjson'] ?? {};

  it.each(vectors)('makes the bytes that kubectl makes: $name', ({ remoteValue, dockerConfigJson }) => {
    const made = evaluateTemplate(text, { Secrets: { 'api-key': remoteValue } });
    expect(Buffer.from(made).equals(Buffer.from(dockerConfigJson))).toBe(true);
  });

  it.each(EMPTY_KEYS)('fails for a key that is empty: %j', (remoteValue) => {
    expect(() => evaluateTemplate(text, { Secrets: { 'api-key': remoteValue } })).toThrow('the NGC API key is empty');
  });

  it('fails for a field that the entry does not have, and for one that is no text', () => {
    expect(() => evaluateTemplate(text, { Secrets: {} })).toThrow('the NGC API key is empty');
    expect(() => evaluateTemplate(text, { Secrets: { 'api-key': 1 } })).toThrow('expected string; got float64');
  });
});

describe('the template of a ready-made pull secret', () => {
  const template = templateOf('ngc-secret', '.dockerconfigjson', { dockerConfig: { key: 'mirror' } });

  it.each(['{"auths":{"mirror.example.com":{"auth":"fake"}}}\n', '{ "credsStore": "x", "auths": {"a": {}} }'])(
    'hands it on unchanged: %s',
    (ready) => {
      expect(evaluateTemplate(template, { dockerconfigjson: ready })).toBe(ready);
    },
  );

  it.each([
    ...EMPTY_KEYS,
    'nvapi-plain',
    '[]',
    '{}',
    '{"auths":null}',
    '{"auths":{}}',
    '{"auths":[]}',
    '{"auths":["mirror.example.com"]}',
    '{"auths":"mirror.example.com"}',
    '{"credsStore":"desktop"}',
    '{"auths":{"mirror.example.com"',
  ])('fails for what is no docker configuration: %j', (remoteValue) => {
    const evaluate = (): string => evaluateTemplate(template, { dockerconfigjson: remoteValue });
    expect(evaluate).toThrow('the docker configuration has no auths');
  });

  it.each(['1', '"text"', 'true', '[1]'])('fails for JSON that is no object: %s', (remoteValue) => {
    expect(() => evaluateTemplate(template, { dockerconfigjson: remoteValue })).toThrow('wrong type for value');
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

  it.each(EMPTY_KEYS)(
    'fails for a key that is empty, so that the Secret keeps its last good one: %j',
    (remoteValue) => {
      const template = templateOf('ngc-api-secret', 'NGC_API_KEY');
      expect(() => evaluateTemplate(template, { NGC_API_KEY: remoteValue })).toThrow('the NGC API key is empty');
    },
  );
});

describe('the evaluator of this test', () => {
  it.each([
    ['{{ .X | upper }}', 'unknown function upper'],
    ['{{ .Y }}', 'no value for .Y'],
    ['{{ .ngc-api-key }}', 'cannot read "-api-key"'],
    ['{{ $oauthtoken }}', 'undefined variable $oauthtoken'],
    ['{{ end }}', 'end without if'],
    ['{{ if .X }}', 'if without end'],
    ['{{ dict }}', 'cannot print {}'],
    ['{{ else }}', 'unknown function else'],
    ['{{ toJson dict }}', 'expected string; got map'],
    ['{{ printf "%d" .X }}', 'printf cannot do %d'],
    ['{{ printf "%s %s" .X }}', 'printf cannot do %s'],
    ['{{ printf "x" .X }}', 'printf has arguments left'],
    ['{{ (.X }}', 'missing ")"'],
    ['{{ .X .X }}', 'expected one operand'],
    ['{{ trim .X .X }}', 'trim takes 1, got 2'],
  ])('does not guess: %s', (template, error) => {
    expect(() => evaluateTemplate(template, { X: 'x' })).toThrow(error);
  });

  it('shows why quoting is not enough: the naive template breaks on a quote', () => {
    expect(() => JSON.parse(evaluateTemplate('{"password":"{{ .X }}"}', { X: 'a"b' })) as unknown).toThrow(SyntaxError);
  });
});
