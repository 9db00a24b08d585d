import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../lib/manifests/manifest';
import { ENV, base64, ENV_FIELD, configMap, against } from '../../support/literal-secrets';
import { alone, nimWith } from '../../support/rules';

const variable = (name: string, value: string): Manifest[] => nimWith(['Deployment', ENV, { name, value }]);

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
