import { describe, expect, it } from 'vitest';
import { noLiteralSecret } from '../../../lib/guardrails/rules/no-literal-secret';
import type { Manifest } from '../../../lib/manifests/manifest';
import { Manifests } from '../../../lib/manifests/manifests';
import { alone, type Change, nimWith, testRule, traefik, violations } from '../../support/rules';

const API_KEY = `nvapi-${'A1b2'.repeat(16)}`;
const SEALED = 'ENC[AES256_GCM,data:4Q==,iv:a0s=,tag:bQ==,type:str]';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const ENV = 'spec.template.spec.containers.0.env.0';
const ENV_FIELD = 'Deployment: spec.template.spec.containers[0].env[0].value';

const externalSecret = (template: string): object => ({
  spec: { target: { template: { data: { '.dockerconfigjson': template } } } },
});
const TEMPLATE_FIELD = 'ExternalSecret: spec.target.template.data[".dockerconfigjson"]';

testRule(noLiteralSecret, {
  accepts: {
    'a Secret without data': alone('v1', 'Secret', { type: 'kubernetes.io/service-account-token' }),
    'a variable from a Secret': nimWith([
      'Deployment',
      ENV,
      { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
    ]),
    'a variable that names another one': nimWith(['Deployment', ENV, { name: 'API_KEY', value: '$(NGC_API_KEY)' }]),
    'a registry login that a template fills in': alone(
      'external-secrets.io/v1',
      'ExternalSecret',
      externalSecret('{"auths":{"nvcr.io":{"username":"$oauthtoken","password":{{ .KEY | toJson }}}}}'),
    ),
    'a registry login whose quoted value a template fills in': alone(
      'external-secrets.io/v1',
      'ExternalSecret',
      externalSecret('{"auths":{"nvcr.io":{"auth":"{{ .AUTH }}"}}}'),
    ),
    'a ConfigMap without credentials': alone('v1', 'ConfigMap', { data: { LOG_LEVEL: 'info' } }),
    'an encrypted Secret': alone('bitnami.com/v1alpha1', 'SealedSecret', {
      spec: { encryptedData: { key: base64('\u0001\u0002 not a credential at all, but cipher text') } },
    }),
    'a Secret whose values SOPS has encrypted': alone('v1', 'Secret', {
      stringData: { password: SEALED },
      sops: { mac: SEALED },
    }),
    'a variable that names one from a key of a Secret': nimWith([
      'Deployment',
      ENV,
      { name: 'API_KEY', value: '$(ngc.api-key)' },
    ]),
    'a field that is null': alone('v1', 'ConfigMap', { data: null }),
  },
  refuses: {
    'a Secret with data': [alone('v1', 'Secret', { data: { key: base64('value') } }), 'Secret: data'],
    'a Secret of which SOPS has left a value as it was': [
      alone('v1', 'Secret', { stringData: { password: SEALED, user: 'admin' } }),
      'Secret: stringData',
    ],
    'a Secret with stringData': [alone('v1', 'Secret', { stringData: { key: 'value' } }), 'Secret: stringData'],
    'an NVIDIA API key': [nimWith(['Deployment', ENV, { name: 'EXTRA', value: API_KEY }]), ENV_FIELD],
    'an NVIDIA API key in base64': [nimWith(['Deployment', ENV, { name: 'EXTRA', value: base64(API_KEY) }]), ENV_FIELD],
    'an NVIDIA API key in an annotation': [
      nimWith(['Deployment', 'metadata.annotations.note', `the key is ${API_KEY}`]),
      'Deployment: metadata.annotations.note',
    ],
    'a variable with the name of a credential': [
      nimWith(['Deployment', ENV, { name: 'NGC_API_KEY', value: 'something' }]),
      ENV_FIELD,
    ],
    'a URL with a password': [
      nimWith(['Deployment', ENV, { name: 'HTTPS_PROXY', value: 'http://me:secret@proxy.example.com' }]),
      ENV_FIELD,
    ],
    'a private key in a ConfigMap': [
      alone('v1', 'ConfigMap', { data: { 'tls.pem': '-----BEGIN EC PRIVATE KEY-----\nMHc' } }),
      'ConfigMap: data["tls.pem"]',
    ],
    'a password in a ConfigMap': [
      alone('v1', 'ConfigMap', { data: { DB_PASSWORD: 'hunter2' } }),
      'ConfigMap: data.DB_PASSWORD',
    ],
    'a registry login': [
      alone('external-secrets.io/v1', 'ExternalSecret', externalSecret('{"auths":{"nvcr.io":{"auth":"abc="}}}')),
      TEMPLATE_FIELD,
    ],
    'a registry login that a template fills in by half': [
      alone(
        'external-secrets.io/v1',
        'ExternalSecret',
        externalSecret('{"auths":{"nvcr.io":{"username":"{{ .USER }}","password":"hunter2"}}}'),
      ),
      TEMPLATE_FIELD,
    ],
    'an NVIDIA API key inside a template': [
      alone('external-secrets.io/v1', 'ExternalSecret', externalSecret(`{{ "${API_KEY}" | quote }}`)),
      TEMPLATE_FIELD,
    ],
    'a credential with a variable at its start': [
      nimWith(['Deployment', ENV, { name: 'DB_PASSWORD', value: '$(PREFIX)hunter2' }]),
      ENV_FIELD,
    ],
    'a credential with a variable at its end': [
      nimWith(['Deployment', ENV, { name: 'DB_PASSWORD', value: 'hunter2$(SUFFIX)' }]),
      ENV_FIELD,
    ],
  },
});

const variable = (name: string, value: string): Manifest[] => nimWith(['Deployment', ENV, { name, value }]);
const against = (objects: readonly Manifest[]): string[] => violations(noLiteralSecret, objects);
const configMap = (data: Record<string, string>): Manifest[] => alone('v1', 'ConfigMap', { data });

describe('a variable', () => {
  it.each([
    ['NGC_API_KEY2', 'something'],
    ['NGC_APIKEY', 'something'],
    ['APIKEY', 'something'],
    ['API_KEYS', 'one,two'],
    ['ngcApiKey', 'something'],
    ['DB_PASS', 'hunter2'],
    ['PGPASS', 'hunter2'],
    ['DB_PASSWORD', 'hunter2'],
    ['DB_PASSWORD', '12345'],
    ['DB_PASSWORD', '$ecret'],
    ['HF_TOKEN', '/aB3dE6gH9jK2mN5pQ8sT1vW4yZ7'],
    ['MY_SECRET', 'hunter2'],
    ['SOME_KEY', 'aB3dE6gH9jK2mN5pQ8sT'],
    ['SOME_KEY', '0123456789abcdef0123456789abcdef'],
    ['AUTHORIZATION', 'Bearer hunter'],
    ['NGC_API_KEY_BACKUP', 'something'],
    ['NGC_API_KEY_OLD', 'something'],
    ['DB_PW', 'hunter2'],
    ['NGC_CREDS', 'hunter2'],
    ['MY_PASS', 'hunter22'],
    ['PUSH_TOKEN', 'hunter2x'],
    ['SIGNING_KEY', 'hunter2'],
    ['AWS_SECRET', 'aB3dE6gH9/jK2mN5pQ8s/T1vW4yZ7aB3dE6gH9jK'],
    ['DB_URL', 'jdbc:postgresql://db/rag?user=rag&password=hunter2x'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization=Bearer abcdef123456'],
  ])('%s=%s is refused', (name, value) => {
    expect(against(variable(name, value))).toEqual([ENV_FIELD]);
  });

  it.each([
    ['GOOGLE_APPLICATION_CREDENTIALS', '/var/run/secrets/x.json'],
    ['SSL_KEY', '/etc/tls/tls.key'],
    ['SSL_KEY', 'tls.key'],
    ['DB_PASSWORD', '/run/secrets/db-password'],
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD', '${DB_PASSWORD_FROM_FILE}'],
    ['API_TOKEN', '$(DIRECTORY)/token'],
    ['API_KEY', 'vault:secret/data/ngc#key'],
    ['API_KEY', 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:ngc'],
    ['API_KEY', 'op://vault/ngc/key'],
    ['OPENAI_API_KEY', 'not-used'],
    ['PAD_TOKEN', '[PAD]'],
    ['EOS_TOKEN', '</s>'],
    ['MAX_TOKEN', '4096'],
    ['USE_TOKEN', 'true'],
    ['ALLOW_EMPTY_PASSWORD', 'yes'],
    ['CACHE_KEY', 'v1'],
    ['ROUTING_KEY', 'orders.v2.created'],
    ['IMAGE_PULL_SECRET', 'registry'],
    ['AUTHORIZATION', 'Bearer $(TOKEN)'],
    ['AUTHORIZATION', 'rbac'],
    ['DATABASE_URL', 'postgres://app:$(DBPW)@db'],
    ['REDIS_URL', 'redis://:$(PW)@r'],
    ['PRICE_PER_TOKEN', '0.0001'],
    ['BYTES_PER_TOKEN', '3.5'],
    ['MAX_TOKEN', '1000000'],
    ['SPLIT_TOKEN', '|||'],
    ['PREFIX_TOKEN', 'query:'],
    ['UNUSED_TOKEN', '[unused10]'],
    ['NUM_PASS', '3'],
    ['SINGLE_PASS', 'full'],
    ['PASS', '2'],
    ['MIN_PASSWORD', '8'],
    ['OPENAI_API_KEY', 'no-key-required'],
    ['OPENAI_API_KEY', 'none-needed'],
    ['OPENAI_API_KEY', 'N/A'],
    ['OPENAI_API_KEY', '-'],
    ['OPENAI_API_KEY', 'fake'],
    ['OPENAI_API_KEY', 'local'],
    ['OPENAI_API_KEY', 'ignored'],
    ['OPENAI_API_KEY', 'no_key'],
    ['OPENAI_API_KEY', 'sk-dummy'],
    ['OPENAI_API_KEY', 'not needed'],
    ['K8S_SECRET', 'clients'],
    ['CLIENTS_SECRET', 'clients'],
    ['SECRET', 'clients'],
    ['API_TOKEN_SECRET', 'api-token'],
    ['VAULT_SECRET', 'kv/data/embeddings'],
    ['AWS_SECRET', 'prod/embeddings/ngc'],
    ['CLIENT_SECRET', 'projects/acme/secrets/client/versions/3'],
    ['ENCRYPTION_KEY', 'alias/aws/ebs'],
    ['ENCRYPTION_KEY', '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0'],
    ['SIGNING_KEY', 'RS256'],
    ['MASTER_KEY', 'gcp-kms'],
    ['AUTH_KEY', 'sub'],
    ['GIT_PASSWORD', '@/run/x'],
    ['MODEL_CACHE_KEY', '0123456789abcdef0123456789abcdef'],
    ['CACHE_KEY', '0123456789abcdef0123456789abcdef'],
    ['MODEL_KEY', 'NvEmbedQa1BV5WithLongName'],
    ['IDEMPOTENCY_KEY', '0123456789abcdef0123456789abcdef'],
    ['PARTITION_KEY', 'TenantIdAndDocument2Chunk'],
    ['SORT_KEY', 'CreatedAt2AndDocumentName'],
    ['PRIMARY_KEY', 'DocumentId2AndChunkNumber'],
    ['CREDENTIALS', 'include'],
    ['DB_URL', 'postgresql://rag:{password}@db/rag'],
    ['DB_URL', 'postgresql://rag:%(password)s@db/rag'],
    ['DB_URL', 'postgresql://rag:***@db/rag'],
  ])('%s=%s is accepted', (name, value) => {
    expect(against(variable(name, value))).toEqual([]);
  });

  const fromConfigMap = (name: string): Manifest[] =>
    nimWith(['Deployment', ENV, { name, valueFrom: { configMapKeyRef: { name: 'alone', key: 'it' } } }]);
  const REFERENCE = 'Deployment: spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef';

  it('with the name of a credential is no entry of a ConfigMap, whether that is there or not', () => {
    expect(against(fromConfigMap('NGC_API_KEY'))).toEqual([REFERENCE]);
    expect(against(fromConfigMap('SIGNING_KEY'))).toEqual([REFERENCE]);
    expect(against([...fromConfigMap('NGC_API_KEY'), ...configMap({ it: 'hunter2' })])).toEqual([REFERENCE]);
  });

  it('with another name, or with another value, may be an entry of a ConfigMap', () => {
    expect(against(fromConfigMap('LOG_LEVEL'))).toEqual([]);
    expect(against(fromConfigMap('CACHE_KEY'))).toEqual([]);
    expect(against(fromConfigMap('MAX_TOKEN'))).toEqual([]);
    expect(against([...fromConfigMap('API_TOKEN'), ...configMap({ it: '/run/token' })])).toEqual([]);
  });
});

describe('a ConfigMap', () => {
  it.each([
    ['api-key', 'hunter2'],
    ['db.password', 'hunter2'],
    ['ngcApiKey', 'hunter2'],
    ['.env', '# settings\nLOG_LEVEL=info\nexport NGC_API_KEY=hunter2\n'],
    ['application.properties', 'db.user=app\r\ndb.password = hunter2\r\n'],
    ['config.yaml', 'database:\n  user: app\n  password: "hunter2" # test\n'],
    ['config.yaml', 'users:\n  - password: hunter2\n'],
    ['config.json', '{"user": "app", "password": "hunter2"}'],
    ['settings', 'apiKey: hunter2'],
    ['pod.yaml', 'env:\n  - name: NGC_API_KEY\n    value: hunter2\n'],
  ])('with %s: %j is refused', (name, text) => {
    expect(against(configMap({ [name]: text }))).toHaveLength(1);
  });

  it.each([
    ['config.yaml', 'password: ${DB_PASSWORD}\ntoken: "{{ .token }}"\npassword: <password>\napiKey:\n  name: x\n'],
    ['config.yaml', 'existingSecret: database\nauthSecret: users\nsecretKey: password\npassword_file: /run/x\n'],
    ['pod.yaml', 'env:\n  - name: NGC_API_KEY\n    valueFrom: {}\n  - name: LEVEL\n    value: hunter2\n'],
    ['oidc.config', 'clientSecret: $oidc.clientSecret\n'],
    ['config.yaml', '# password: hunter2\npassword: # filled in later\npassword: |\n'],
    ['config.yaml', 'password: !vault x\nhelp: "the password: it is long"\ntoken: some words in a row\n'],
    ['config.yaml', 'cacheKey: v1\npassword: ENC[AES256_GCM,data:abc]\nmaxToken: 512'],
    ['tokenizer.json', '{"sep_token": "▁", "pad_token": "!", "token": "__expr__"}'],
    ['litellm.yaml', 'api_key: os.environ/NIM_KEY\nother:\n  api_key: NIM_API_KEY\n'],
    ['en.json', '{"password": "Password"}'],
    ['labels.properties', 'label.password=Password'],
    ['gateway.yaml', 'headers: {api_key: X-Api-Key, token: x-token}'],
    ['settings.toml', 'password = env("PW")\ndefault_token = "SECRET[vault.x]"\nother = "env(PW)"'],
    ['init.sh', 'PASSWORD=hunter2'],
    ['init', '#!/bin/sh\nPASSWORD=$(cat /run/secrets/password)\ntoken=x\n'],
    ['get-token', '#!/bin/sh\ncat /run/secrets/token\n'],
    ['app.js', 'const config = {\n  password: password,\n};'],
    ['log.level', 'info'],
    ['tls.key', '/etc/tls/tls.key'],
    ['note', 'API keys start with nvapi- and 64 characters follow'],
  ])('with %s: %j is accepted', (name, text) => {
    expect(against(configMap({ [name]: text }))).toEqual([]);
  });

  it.each([
    ['PASSWORD', 'hunter2', 1],
    ['tls.pem', '-----BEGIN PRIVATE KEY-----\nMIIE', 1],
    ['config.yaml', 'password: hunter2', 1],
    ['logo', '\u0001\u0002\u0003', 0],
  ])('with %s in binaryData: %j has %i findings', (name, text, findings) => {
    expect(against(alone('v1', 'ConfigMap', { binaryData: { [name]: base64(text) } }))).toHaveLength(findings);
  });
});

it('is found in a text with its line', () => {
  const objects = configMap({ '.env': '# settings\nLOG_LEVEL=info\n\nNGC_API_KEY=hunter2\n' });
  const [object] = objects;
  expect(object && noLiteralSecret.check(object, new Manifests(objects))).toEqual([
    {
      path: ['data', '.env'],
      message: 'NGC_API_KEY in line 4 is, by its name, a credential, and its value is written out',
    },
  ]);
});

describe('an annotation', () => {
  const annotated = (name: string, text: string): Manifest[] =>
    alone('v1', 'Service', { metadata: { name: 'alone', annotations: { [name]: text } } });

  it.each([
    ['nim.example.com/ngc-api-key', 'hunter2'],
    ['nim.example.com/note', 'NGC_API_KEY=hunter2'],
    ['note', 'for the NIM\nNGC_API_KEY=hunter2'],
  ])('%s: %j is refused', (name, text) => {
    expect(against(annotated(name, text))).toEqual([
      name === 'note' ? 'Service: metadata.annotations.note' : `Service: metadata.annotations["${name}"]`,
    ]);
  });

  it.each([
    ['nginx.ingress.kubernetes.io/auth-secret', 'embeddings/clients'],
    ['checksum/secret', '0123456789abcdef'.repeat(4)],
    ['vault.hashicorp.com/agent-inject-secret-api-key', 'secret/ngc'],
    ['note', 'the password: it is long'],
    ['note', '#!/bin/sh\nTOKEN=hunter2x'],
  ])('%s: %j is accepted', (name, text) => {
    expect(against(annotated(name, text))).toEqual([]);
  });
});

describe('a command', () => {
  const COMMAND = 'spec.template.spec.containers.0';
  const run = (command: readonly string[], args?: readonly string[]): string[] =>
    against(
      nimWith(['Deployment', `${COMMAND}.command`, command], ...(args ? [change(`${COMMAND}.args`, args)] : [])),
    ).map((field) => field.replace('Deployment: spec.template.spec.containers[0].', ''));
  const change = (path: string, value: unknown): Change => ['Deployment', path, value];

  it.each([
    [['serve', '--api-key=hunter2'], 'command[1]'],
    [['serve', '--password', 'hunter2'], 'command[2]'],
    [['sh', '-c', 'export NGC_API_KEY=hunter2 && serve'], 'command[2]'],
    [['sh', '-c', 'NGC_API_KEY="hunter2" serve'], 'command[2]'],
    [['sh', '-c', 'serve \\\n  --password \\\n  hunter2'], 'command[2]'],
    [['curl', '-u', 'me:hunter2', 'https://example.com'], 'command[2]'],
    [['sh', '-c', 'curl -u me:hunter2 https://example.com'], 'command[2]'],
    [['curl', '-H', 'X-Api-Key: hunter2', 'https://example.com'], 'command[2]'],
    [['sh', '-c', "curl -H 'X-Api-Key: hunter2' https://example.com"], 'command[2]'],
    [['sh', '-c', "curl -H 'Authorization: Bearer abcdef123456' https://example.com"], 'command[2]'],
    [['helm', 'upgrade', '--set', 'auth.password=hunter2'], 'command[3]'],
    [['kubectl', 'create', 'secret', 'generic', 'a', '--from-literal=password=hunter2'], 'command[5]'],
  ])('%j is refused', (command, field) => {
    expect(run(command)).toEqual([field]);
  });

  it.each([
    [['serve', '--api-key=$(NGC_API_KEY)']],
    [['serve', '--password', '--verbose']],
    [['serve', '--password-file=/run/secrets/password', '--tls-key', '/etc/tls/tls.key', '--key=v1']],
    [['serve', '--default-secret=certificates', '--token', '/run/token']],
    [['sh', '-c', 'export TOKEN=$(cat /run/secrets/token) PASSWORD="$1" KEY=`cat /key`; PASS= serve']],
    [['sh', '-c', 'TOKEN="$(curl -s "https://example.com/token")" && [ "$TOKEN" = "x" ]']],
    [['sh', '-c', 'curl -u "$USER:$PASSWORD" https://example.com; curl -u me https://example.com']],
    [['sh', '-c', 'curl https://example.com && install -u 1000:1000 a b']],
    [['sh', '-c', 'psql --no-password database; serve --token ; serve']],
    [['sh', '-c', 'serve --token\nserve']],
    [['chown', '-u', 'me:users', '/data']],
    [['sh', '-c', 'echo "Enter password: now"']],
  ])('%j is accepted', (command) => {
    expect(run(command)).toEqual([]);
  });

  it('is read together with its args', () => {
    expect(run(['curl'], ['-u', 'me:hunter2', 'https://example.com'])).toEqual(['args[1]']);
  });

  const container = { name: 'a', image: 'a', command: ['a', '--password=hunter2'] };
  const pod = {
    initContainers: [container],
    containers: [{ readinessProbe: { exec: { command: container.command } } }],
  };

  it('is read in every kind of pod, in init containers and in probes', () => {
    expect(
      against(alone('batch/v1', 'CronJob', { spec: { jobTemplate: { spec: { template: { spec: pod } } } } })),
    ).toEqual([
      'CronJob: spec.jobTemplate.spec.template.spec.initContainers[0].command[1]',
      'CronJob: spec.jobTemplate.spec.template.spec.containers[0].readinessProbe.exec.command[1]',
    ]);
  });
});

describe('a header', () => {
  const probe = (value: string): Manifest[] =>
    nimWith([
      'Deployment',
      'spec.template.spec.containers.0.readinessProbe.httpGet.httpHeaders',
      [{ name: 'Authorization', value }],
    ]);
  const HEADER = 'Deployment: spec.template.spec.containers[0].readinessProbe.httpGet.httpHeaders[0].value';

  it.each(['Bearer abcdef123456', 'Bearer hunter', `Basic ${base64('me:hunter2')}`])(
    'of a probe is refused: %s',
    (value) => {
      expect(against(probe(value))).toEqual([HEADER]);
    },
  );

  it('of a probe is accepted without a credential', () => {
    expect(against(probe('Bearer $(TOKEN)'))).toEqual([]);
  });

  it.each(['Authorization', 'X-Api-Key'])('%s that Traefik adds is refused', (name) => {
    const headers = { customRequestHeaders: { [name]: 'Bearer hunter', 'X-Forwarded-Proto': 'https' } };
    expect(against(traefik('Middleware', 'a', { headers }))).toEqual([
      `Middleware: spec.headers.customRequestHeaders.${name}`,
    ]);
  });
});

describe('a template of a Secret', () => {
  const template = (data: Record<string, string>): object => ({ target: { template: { data } } });
  const PLACE = 'spec.target.template.data';

  it('holds no password that is written out', () => {
    const spec = template({ username: 'app', password: 'hunter2' });
    expect(against(alone('external-secrets.io/v1', 'ExternalSecret', { spec }))).toEqual([
      `ExternalSecret: ${PLACE}.password`,
    ]);
    expect(
      against(alone('external-secrets.io/v1', 'ClusterExternalSecret', { spec: { externalSecretSpec: spec } })),
    ).toEqual([`ClusterExternalSecret: spec.externalSecretSpec.target.template.data.password`]);
    expect(
      against(alone('bitnami.com/v1alpha1', 'SealedSecret', { spec: { template: { data: { password: 'hunter2' } } } })),
    ).toEqual(['SealedSecret: spec.template.data.password']);
  });

  it.each(['postgres://{{.user}}:{{.password}}@db', 'postgres://{{ .user }}:{{ .password }}@db'])(
    'may fill in a URL: %s',
    (url) => {
      const data = { url, password: '{{ .password }}', 'api-key': '{{ index . "api-key" | trim }}' };
      expect(against(alone('external-secrets.io/v1', 'ExternalSecret', { spec: template(data) }))).toEqual([]);
    },
  );

  it('is read in templateFrom too', () => {
    const literal = (text: string): Manifest[] =>
      alone('external-secrets.io/v1', 'ExternalSecret', {
        spec: { target: { template: { templateFrom: [{ target: 'Data', literal: text }] } } },
      });
    expect(against(literal('user: app\npassword: hunter2'))).toEqual([
      'ExternalSecret: spec.target.template.templateFrom[0].literal',
    ]);
    expect(against(literal('password: "{{ .password }}"'))).toEqual([]);
  });
});

describe('an Application of Argo CD', () => {
  const application = (helm: object): Manifest[] =>
    alone('argoproj.io/v1alpha1', 'Application', { spec: { source: { helm } } });

  it.each<[object, string]>([
    [{ parameters: [{ name: 'ngc.apiKey', value: 'hunter2' }] }, 'parameters[0].value'],
    [{ parameters: [{ name: 'auth.password', value: 'hunter2' }] }, 'parameters[0].value'],
    [{ values: 'ngc:\n  apiKey: hunter2\n' }, 'values'],
    [{ valuesObject: { ngc: { apiKey: 'hunter2' } } }, 'valuesObject.ngc.apiKey'],
    [{ valuesObject: { auth: { password: 12345 } } }, 'valuesObject.auth.password'],
    [{ valuesObject: { apiKeys: ['hunter2'] } }, 'valuesObject.apiKeys[0]'],
    [{ valuesObject: { env: [{ name: 'NGC_API_KEY', value: 'hunter2' }] } }, 'valuesObject.env[0].value'],
  ])('with %j is refused', (helm, field) => {
    expect(against(application(helm))).toEqual([`Application: spec.source.helm.${field}`]);
  });

  it('is read as the template of an ApplicationSet too', () => {
    const spec = { template: { spec: { sources: [{ helm: { valuesObject: { password: 'hunter2' } } }] } } };
    expect(against(alone('argoproj.io/v1alpha1', 'ApplicationSet', { spec }))).toEqual([
      'ApplicationSet: spec.template.spec.sources[0].helm.valuesObject.password',
    ]);
  });

  it.each<[object]>([
    [{ parameters: [{ name: 'auth.existingSecret', value: 'users' }] }],
    [{ values: 'auth:\n  existingSecret: users\n  secretKeys:\n    adminPasswordKey: admin-password\n' }],
    [{ valuesObject: { auth: { redisSecret: 'redis', secretKey: 'password', password: null, token: '' } } }],
    [{ valuesObject: { replicas: 2, usePassword: true, credentials: 'registry' } }],
  ])('with %j is accepted', (helm) => {
    expect(against(application(helm))).toEqual([]);
  });
});
