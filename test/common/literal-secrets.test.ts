import { describe, expect, it } from 'vitest';
import {
  isSecretName,
  literalSecretIn,
  literalSecretInTemplate,
  secretNameKind,
} from '../../lib/common/literal-secrets';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const base64url = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');
const RANDOM = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7'.repeat(4);
const JWT = [base64url('{"alg":"HS256","typ":"JWT"}'), base64url('{"sub":"me"}'), 'c2lnbmF0dXJl'].join('.');

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
    ['-----BEGIN PGP PRIVATE KEY BLOCK-----', 'a private key'],
    [`hf_${RANDOM.slice(0, 34)}`, 'a Hugging Face token'],
    [`ghp_${RANDOM.slice(0, 36)}`, 'a GitHub token'],
    [`ghs_${RANDOM.slice(0, 36)}`, 'a GitHub token'],
    [`github_pat_${RANDOM.slice(0, 22)}_x`, 'a GitHub token'],
    ['https://ghp_x@github.com/example/repository', 'a URL with a token'],
    ['AKIA2345ABCDEFGHIJKL', 'an AWS access key'],
    ['ASIA2345ABCDEFGHIJKL', 'an AWS access key'],
    [`xoxb-123456789012-123456789012-${RANDOM.slice(0, 24)}`, 'a Slack token'],
    [JWT, 'a JSON Web Token'],
    [`token ${JWT} end`, 'a JSON Web Token'],
    ['authorization=Bearer abcdef123456', 'an Authorization header'],
    ['Authorization=Bearer%20abcdef123456', 'an Authorization header'],
    ['Bearer abcdef123456', 'an Authorization header'],
    ["curl -H 'Authorization: Bearer abcdef123456' https://example.com", 'an Authorization header'],
    ['proxy_set_header Authorization "Bearer abcdef123456";', 'an Authorization header'],
    [`Authorization: Basic ${base64('me:hunter2')}`, 'an Authorization header'],
    [`Basic ${base64('me:hunter2')}`, 'an Authorization header'],
    ['postgres://$(DB_USER):hunter2@database', 'a URL with a user and password'],
    ['postgres://app:$(PREFIX)hunter2@database', 'a URL with a user and password'],
    ['postgres://{{ .user }}:hunter2@database', 'a URL with a user and password'],
    ['{{ "postgres://app:hunter2@database" | quote }}', 'a URL with a user and password'],
    ['jdbc:postgresql://db/rag?user=rag&password=hunter2x', 'a connection string with a password'],
    ['jdbc:postgresql://db/rag?password=$(PREFIX)hunter2&ssl=true', 'a connection string with a password'],
    ['jdbc:sqlserver://db:1433;user=rag;password=hunter2x;', 'a connection string with a password'],
    ['Server=db;User Id=rag;Pwd=hunter2x', 'a connection string with a password'],
    ['AccountName=rag;AccountKey=aB3dE6gH9jK2==;EndpointSuffix=x', 'a connection string with a password'],
    ['Endpoint=sb://rag.example.com/;SharedAccessKey=aB3dE6gH9jK2=', 'a connection string with a password'],
    ['host=db user=rag password=hunter2x', 'a connection string with a password'],
    [base64('-----BEGIN PRIVATE KEY-----\nMIIE'), 'a credential in base64'],
    [base64('postgres://app:hunter2@database'), 'a credential in base64'],
    [base64(base64('nvapi-abcdefghij')), 'a credential in base64'],
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
    'API keys start with nvapi- and are made in the console',
    'postgres://app:$(DBPW)@database',
    'redis://:$(PW)@redis',
    'postgres://${DB_USER}:${DB_PASSWORD}@database',
    'postgres://<user>:<your password>@database',
    'psql "postgres://$user:$password@$host"',
    'postgresql://rag:{password}@db/rag',
    'postgresql://rag:%(password)s@db/rag',
    'postgresql://rag:***@db/rag',
    'jdbc:postgresql://db/rag?user=rag&password=$(DB_PASSWORD)&ssl=true',
    'jdbc:postgresql://db/rag?user=rag&password=<password>',
    'jdbc:postgresql://db/rag?user=rag&password={password}',
    'Server=db;Password=***;Encrypt=true',
    'https://example.com/settings?password=true',
    'user=rag; password=$(cat /run/secrets/password)',
    'postgres://{{.user}}:{{.password}}@database',
    '{{ printf "postgres://%s:%s@database" .user .password }}',
    'https://me@example.com/repository',
    'https://0123456789abcdef0123456789abcdef@errors.example.com/1',
    'Authorization: Bearer $(TOKEN)',
    'Authorization: Bearer <token>',
    'Authorization: Bearer authentication',
    'Basic authentication',
    'proxy_set_header Authorization "Bearer $token";',
    `${base64url('{"kid":"a"}')}.${base64url('{}')}.c2ln`,
    'ghcr.io/example/image:1.0.0',
    base64('-----BEGIN CERTIFICATE-----\nMIIE'),
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
  it.each([
    ['DB_PASSWORD', 'password'],
    ['POSTGRES_PASSWORD2', 'password'],
    ['DB_PASSWD', 'password'],
    ['DB_PASS', 'password'],
    ['DB_PWD', 'password'],
    ['PGPASS', 'password'],
    ['PGPASSWORD', 'password'],
    ['db.password', 'password'],
    ['adminPassword', 'password'],
    ['NGC_API_KEY', 'credential'],
    ['NGC_API_KEY2', 'credential'],
    ['NGC_API_KEY_V2', 'credential'],
    ['NGC_APIKEY', 'credential'],
    ['APIKEY', 'credential'],
    ['API_KEYS', 'credential'],
    ['ngcApiKey', 'credential'],
    ['ngcAPIKey', 'credential'],
    ['api-key', 'credential'],
    ['X-Api-Key', 'credential'],
    ['ngc.apiKey', 'credential'],
    ['NGC_API_KEY_BACKUP', 'credential'],
    ['NGC_API_KEY_OLD', 'credential'],
    ['DB_PW', 'password'],
    ['NGC_CREDS', 'secret'],
    ['ENCRYPTION_KEY', 'keyOrId'],
    ['HF_TOKEN', 'credential'],
    ['GITHUB_TOKEN', 'credential'],
    ['token', 'credential'],
    ['authToken', 'credential'],
    ['ACCESS_TOKENS', 'credential'],
    ['CLIENT_SECRET', 'credential'],
    ['AWS_SECRET_ACCESS_KEY', 'credential'],
    ['AWS_SECRET_KEY', 'secret'],
    ['SECRET', 'secret'],
    ['existingTokenSecret', 'secret'],
    ['AWS_CREDENTIALS', 'secret'],
  ])('says that it holds a credential: %s (%s)', (name, kind) => {
    expect([isSecretName(name), secretNameKind(name)]).toEqual([true, kind]);
  });

  it.each([
    ['key', 'key'],
    ['SOME_KEY', 'key'],
    ['MAX_TOKEN', 'word'],
    ['PRICE_PER_TOKEN', 'word'],
    ['SINGLE_PASS', 'word'],
  ])('leaves it to the value: %s (%s)', (name, kind) => {
    expect([isSecretName(name), secretNameKind(name)]).toEqual([false, kind]);
  });

  it.each([
    'CACHE_KEY',
    'PARTITION_KEY',
    'checksum/secret',
    'vault.hashicorp.com/agent-inject-template-api-key',
    'K8S_SECRET',
    'NIM_LOG_LEVEL',
    'TOKENIZERS_PARALLELISM',
    'NIM_NUM_TOKENIZERS',
    'MAX_TOKENS',
    'KEYBOARD',
    'NIM_TLS_KEY_PATH',
    'POSTGRES_PASSWORD_FILE',
    'BYPASS',
    'PUBLIC_KEY',
    'IMAGE_PULL_SECRET',
    'existingSecret',
    'secretName',
    'GOOGLE_APPLICATION_CREDENTIALS',
  ])('says nothing: %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});
