import { expect, it } from 'vitest';
import { noLiteralSecret } from '../../../lib/guardrails/rules/no-literal-secret';
import { Manifests } from '../../../lib/manifests/manifests';
import { ENV, base64, ENV_FIELD, configMap } from '../../support/literal-secrets';
import { alone, nimWith, testRule } from '../../support/rules';

const API_KEY = `nvapi-${'A1b2'.repeat(16)}`;
const SEALED = 'ENC[AES256_GCM,data:4Q==,iv:a0s=,tag:bQ==,type:str]';

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
