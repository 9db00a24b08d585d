import { describe, expect, it } from 'vitest';
import { isSecretName, literalSecretIn, literalSecretInTemplate } from '../../lib/common/literal-secrets';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

describe('a credential in a text', () => {
  it.each([
    ['nvapi-abcdefghij', 'an NVIDIA API key'],
    ['key=NVAPI-abcdefghij', 'an NVIDIA API key'],
    ['{"auths":{"nvcr.io":{}}}', 'a Docker registry configuration'],
    ['{ "auths" : {} }', 'a Docker registry configuration'],
    ['postgresql://user:password@database:5432/db', 'a URL with a user and password'],
    ['redis://:password@redis', 'a URL with a user and password'],
    ['http://user:password@proxy.example.com:3128', 'a URL with a user and password'],
    ['-----BEGIN RSA PRIVATE KEY-----', 'a private key'],
    ['-----BEGIN PRIVATE KEY-----', 'a private key'],
    [base64('nvapi-abcdefghij'), 'a credential in base64'],
    [base64('$oauthtoken:nvapi-abcdefghij'), 'a credential in base64'],
    [`auth ${base64('$oauthtoken:legacy-key')} end`, 'a credential in base64'],
    [base64('{"auths":{"nvcr.io":{}}}'), 'a credential in base64'],
  ])('is recognised: %j is %s', (text, kind) => {
    expect(literalSecretIn(text)).toBe(kind);
  });

  it.each([
    '',
    'info',
    'http://proxy.egress.svc:3128',
    'https://example.com/a:b',
    'user@example.com',
    '/opt/nim/.cache',
    'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    'QUJDREVGR0hJSktMTU5PUA==',
  ])('is not seen where there is none: %j', (text) => {
    expect(literalSecretIn(text)).toBeUndefined();
  });
});

describe('a credential in a text that a template engine fills in', () => {
  it.each([
    '{"auths":{"nvcr.io":{"username":"$oauthtoken","password":{{ .KEY | toJson }}}}}',
    '{"auths":{"nvcr.io":{"auth":"{{ .AUTH }}"}}}',
    '{{ .dockerconfigjson }}',
  ])('is not there when the template brings it: %s', (text) => {
    expect(literalSecretInTemplate(text)).toBeUndefined();
  });

  it.each([
    ['{"auths":{"nvcr.io":{"password":"literal","username":{{ .USER }}}}}', 'a Docker registry configuration'],
    ['{"auths":{"nvcr.io":{"auth":"bGl0ZXJhbA=="}}}', 'a Docker registry configuration'],
    ['nvapi-literal {{ .KEY }}', 'an NVIDIA API key'],
    ['nvapi-literal', 'an NVIDIA API key'],
  ])('is found when it is written out: %s', (text, kind) => {
    expect(literalSecretInTemplate(text)).toBe(kind);
  });
});

describe('the name of a variable', () => {
  it.each(['NGC_API_KEY', 'HF_TOKEN', 'POSTGRES_PASSWORD', 'CLIENT_SECRET', 'AWS_CREDENTIALS', 'key', 'DB_PASSWD'])(
    'says that it holds a credential: %s',
    (name) => {
      expect(isSecretName(name)).toBe(true);
    },
  );

  it.each(['NIM_LOG_LEVEL', 'TOKENIZERS_PARALLELISM', 'NIM_NUM_TOKENIZERS', 'KEYBOARD', 'NIM_TLS_KEY_PATH'])(
    'says nothing: %s',
    (name) => {
      expect(isSecretName(name)).toBe(false);
    },
  );
});
