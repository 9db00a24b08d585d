import { Duration } from 'cdk8s';
import { type NgcExternalSecretsProps, NgcCredentials, SecretStoreRef } from 'cdk8s-nim';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sleep } from '../support/loopback';
import type { Manifest } from '../support/manifests';
import { useControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';
import { complaintsOf, expectNoComplaints } from './support/logs';
import { prepareFor } from './support/namespaces';
import {
  applyRendered,
  applyStore,
  clusterStore,
  isAbout,
  madeSecret,
  namespacedStore,
  refusedBySource,
  secretIn,
  useExternalSecrets,
} from './support/external-secrets';
import { describeWith } from './support/tools';

interface Vector {
  readonly name: string;
  readonly remoteValue: string;
  readonly dockerConfigJson: string;
}

const VECTORS = JSON.parse(readFileSync(join(__dirname, '../secrets/docker-config-vectors.json'), 'utf8')) as Vector[];

/** More keys that programs mistake for something else. */
const MORE = ['0123', '1e3', 'true', '~', '- a', '#', '{"a":1}', '[]', '%2B', "'", '`', '$(id)', 'a'.repeat(4000)];

/** What kubectl makes of a key: Go's JSON, in kubectl's order. */
function kubectlDockerConfig(key: string): string {
  const auth = Buffer.from(`$oauthtoken:${key}`).toString('base64');
  const json = JSON.stringify({ auths: { 'nvcr.io': { username: '$oauthtoken', password: key, auth } } });
  return json.replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const KEYS = [
  ...VECTORS,
  ...MORE.map((remoteValue) => ({
    name: remoteValue.slice(0, 20),
    remoteValue,
    dockerConfigJson: kubectlDockerConfig(remoteValue),
  })),
];

const CONFIG = '{"auths":{"mirror.example.com":{"auth":"ZmFrZTpmYWtl"}}}';
/** Where a test takes something away from the operator. */
const DISTURBED = ['wrong-key', 'lost-store', 'empty-key', 'blank-key', 'null-key', 'no-json'];
const NAMES = ['ngc-secret', 'ngc-api-secret'] as const;

it.each(VECTORS)('kubectl is understood: $name', ({ remoteValue, dockerConfigJson }) => {
  expect(kubectlDockerConfig(remoteValue.trim())).toBe(dockerConfigJson);
});

describeWith(['etcd', 'kube-apiserver', 'external-secrets', 'kube-controller-manager'], 'External Secrets', () => {
  const plane = useControlPlane({ controllerManager: true });
  expectNoComplaints('kube-controller-manager', () => plane().controllerManager);
  const operator = useExternalSecrets(plane, isAbout(...DISTURBED));

  const render = (namespace: string, props: NgcExternalSecretsProps): Promise<Manifest[]> =>
    applyRendered(plane().api, namespace, (chart) => {
      NgcCredentials.fromExternalSecrets(chart, 'ngc', props);
    });

  describe('makes of a key', () => {
    beforeAll(async () => {
      const data = KEYS.map(({ remoteValue }, index) => ({ key: `key-${index}`, value: remoteValue }));
      await applyStore(plane().api, clusterStore('keys', data));
      for (const index of KEYS.keys()) {
        await render(`key-${index}`, { store: SecretStoreRef.cluster('keys'), apiKey: { key: `key-${index}` } });
      }
    });

    it.each(KEYS.map((key, index) => ({ ...key, index })))(
      'the bytes that kubectl makes: $name',
      async ({ index, remoteValue, dockerConfigJson }) => {
        const [pull, apiKey] = await Promise.all(NAMES.map((name) => madeSecret(plane().api, `key-${index}`, name)));
        expect(pull).toEqual({
          type: 'kubernetes.io/dockerconfigjson',
          data: { '.dockerconfigjson': dockerConfigJson },
        });
        expect(apiKey).toEqual({ type: 'Opaque', data: { NGC_API_KEY: remoteValue.trim() } });
      },
    );
  });

  describe('makes of every form that NgcCredentials renders', () => {
    const store = SecretStoreRef.cluster('forms');
    const pullOf = (key: string): Record<string, string> => ({ '.dockerconfigjson': kubectlDockerConfig(key) });
    const FORMS: readonly {
      readonly form: string;
      readonly props: NgcExternalSecretsProps;
      readonly secrets: Readonly<Record<string, Record<string, string>>>;
    }[] = [
      {
        form: 'one key',
        props: { store, apiKey: { key: 'plain' } },
        secrets: { 'ngc-secret': pullOf('fake-plain'), 'ngc-api-secret': { NGC_API_KEY: 'fake-plain' } },
      },
      {
        form: 'a field of an entry',
        props: { store, apiKey: { key: 'fields', property: 'api.key' } },
        secrets: { 'ngc-secret': pullOf('fake-field'), 'ngc-api-secret': { NGC_API_KEY: 'fake-field' } },
      },
      {
        form: 'a version of an entry',
        props: { store, apiKey: { key: 'versions', version: '2' } },
        secrets: { 'ngc-secret': pullOf('fake-second'), 'ngc-api-secret': { NGC_API_KEY: 'fake-second' } },
      },
      {
        form: 'another key for pulling',
        props: { store, apiKey: { key: 'plain' }, pullKey: { key: 'other' } },
        secrets: { 'ngc-secret': pullOf('fake-other'), 'ngc-api-secret': { NGC_API_KEY: 'fake-plain' } },
      },
      {
        form: 'a ready-made configuration',
        props: { store, apiKey: { key: 'plain' }, dockerConfig: { key: 'config' } },
        secrets: { 'ngc-secret': { '.dockerconfigjson': CONFIG }, 'ngc-api-secret': { NGC_API_KEY: 'fake-plain' } },
      },
      {
        form: 'names and key of their own',
        props: {
          store,
          apiKey: { key: 'plain' },
          pullSecretName: 'registry',
          apiKeySecretName: 'ngc-api',
          apiKeySecretKey: 'NGC_CLI_API_KEY',
        },
        secrets: { registry: pullOf('fake-plain'), 'ngc-api': { NGC_CLI_API_KEY: 'fake-plain' } },
      },
      {
        form: 'no pull secret',
        props: { store, apiKey: { key: 'plain' }, withoutPullSecret: true },
        secrets: { 'ngc-api-secret': { NGC_API_KEY: 'fake-plain' } },
      },
      {
        form: 'air-gapped, with a key for pulling',
        props: { store, airGapped: true, pullKey: { key: 'other' } },
        secrets: { 'ngc-secret': pullOf('fake-other') },
      },
      {
        form: 'air-gapped, with a ready-made configuration',
        props: { store, airGapped: true, dockerConfig: { key: 'config' } },
        secrets: { 'ngc-secret': { '.dockerconfigjson': CONFIG } },
      },
      {
        form: 'a store of the namespace',
        props: { store: SecretStoreRef.namespaced('team'), apiKey: { key: 'team' } },
        secrets: { 'ngc-secret': pullOf('fake-team'), 'ngc-api-secret': { NGC_API_KEY: 'fake-team' } },
      },
    ];

    beforeAll(async () => {
      await applyStore(
        plane().api,
        clusterStore('forms', [
          { key: 'plain', value: 'fake-plain' },
          { key: 'other', value: 'fake-other' },
          { key: 'fields', value: '{"api":{"key":"fake-field"}}' },
          { key: 'versions', version: '1', value: 'fake-first' },
          { key: 'versions', version: '2', value: 'fake-second' },
          { key: 'config', value: CONFIG },
        ]),
      );
    });

    it.each(FORMS.map((row, index) => ({ ...row, namespace: `form-${index}` })))(
      'what was asked for: $form',
      async ({ namespace, props, secrets }) => {
        const { api } = plane();
        const store = namespacedStore(namespace, 'team', [{ key: 'team', value: 'fake-team' }]);
        await prepareFor(api, [store]);
        await applyStore(api, store);
        await render(namespace, props);
        for (const [name, data] of Object.entries(secrets)) {
          expect((await madeSecret(api, namespace, name)).data).toEqual(data);
        }
        const made = (await api.list('v1', 'Secret', namespace)).map(({ metadata }) => metadata.name).sort();
        expect(made).toEqual(Object.keys(secrets).sort());
      },
    );
  });

  describe('keeps a good Secret', () => {
    const refreshInterval = Duration.seconds(1);

    /** Both Secrets in a namespace of their own, from a store of their own. */
    async function good(namespace: string): Promise<Manifest[]> {
      await plane().api.apply(clusterStore(namespace, [{ key: 'ngc', value: 'fake-good' }]));
      const objects = await render(namespace, {
        store: SecretStoreRef.cluster(namespace),
        apiKey: { key: 'ngc' },
        refreshInterval,
      });
      await Promise.all(NAMES.map((name) => madeSecret(plane().api, namespace, name)));
      return objects;
    }

    async function expectKept(namespace: string): Promise<void> {
      await Promise.all(NAMES.map((name) => refusedBySource(plane().api, namespace, name)));
      // Several more intervals, in which the operator could still change its mind.
      await sleep(3000);
      const [pull, apiKey] = await Promise.all(NAMES.map((name) => secretIn(plane().api, namespace, name)));
      expect(pull?.data).toEqual({ '.dockerconfigjson': kubectlDockerConfig('fake-good') });
      expect(apiKey?.data).toEqual({ NGC_API_KEY: 'fake-good' });
    }

    it('until the key changes, and then makes the new one', async () => {
      await good('rotation');
      await plane().api.apply(clusterStore('rotation', [{ key: 'ngc', value: 'fake-rotated' }]));
      for (const name of NAMES) {
        await eventually(`the new ${name}`, async () =>
          JSON.stringify(await secretIn(plane().api, 'rotation', name)).includes('fake-rotated') ? true : undefined,
        );
      }
      const pull = await secretIn(plane().api, 'rotation', 'ngc-secret');
      expect(pull?.data).toEqual({ '.dockerconfigjson': kubectlDockerConfig('fake-rotated') });
    });

    it('when the reference is wrong', async () => {
      const objects = await good('wrong-key');
      for (const object of objects) {
        const text = JSON.stringify(object).replace('"key":"ngc"', '"key":"mistyped"');
        await plane().api.apply(JSON.parse(text) as Manifest);
      }
      await expectKept('wrong-key');
    });

    it('when the store is gone', async () => {
      await good('lost-store');
      await plane().api.delete(clusterStore('lost-store', []));
      await expectKept('lost-store');
      // A control of what is taken for a complaint.
      expect(complaintsOf('external-secrets', operator().output).filter(isAbout('lost-store'))).not.toEqual([]);
    });

    it.each([
      ['empty', ''],
      ['blank', ' \n\t'],
      ['null', 'null'],
    ])('when the key is %s', async (what, value) => {
      await good(`${what}-key`);
      await plane().api.apply(clusterStore(`${what}-key`, [{ key: 'ngc', value }]));
      await expectKept(`${what}-key`);
    });

    it('when a ready-made configuration is no JSON', async () => {
      const namespace = 'no-json';
      const { api } = plane();
      await api.apply(clusterStore(namespace, [{ key: 'config', value: CONFIG }]));
      const store = SecretStoreRef.cluster(namespace);
      await render(namespace, { store, airGapped: true, dockerConfig: { key: 'config' }, refreshInterval });
      await madeSecret(api, namespace, 'ngc-secret');
      await api.apply(clusterStore(namespace, [{ key: 'config', value: 'no json' }]));
      await refusedBySource(api, namespace, 'ngc-secret');
      expect((await secretIn(api, namespace, 'ngc-secret'))?.data).toEqual({ '.dockerconfigjson': CONFIG });
    });

    it('but not when the ExternalSecret is deleted: it owns the Secret', async () => {
      const objects = await good('deleted');
      for (const object of objects) {
        await plane().api.delete(object);
      }
      for (const name of NAMES) {
        await eventually(`${name} is gone`, async () =>
          (await secretIn(plane().api, 'deleted', name)) === undefined ? true : undefined,
        );
      }
    });
  });
});
