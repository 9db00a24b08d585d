import { Chart, Duration } from 'cdk8s';
import type { NgcCredentials } from 'cdk8s-nim';
import { type NgcExternalSecretsProps, type RemoteReference, SecretStoreRef } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { fromStore, externalSecrets } from '../../../support/external-secrets';
import { at, find, inventory, type Manifest, render } from '../../../support/manifests';
import { expectRefusal } from '../../../support/refusals';

function rendered(credentials: NgcCredentials): Manifest[] {
  return render(Chart.of(credentials));
}

const remoteRef = {
  key: 'nvidia/ngc',
  property: 'api-key',
  conversionStrategy: 'Default',
  decodingStrategy: 'None',
  metadataPolicy: 'None',
};

const failsWhenEmpty =
  '{{ if has (trim .NGC_API_KEY) (list "" "null") }}{{ fail "the NGC API key is empty" }}{{ end }}';

describe('credentials from external secrets with minimal props', () => {
  const objects = rendered(externalSecrets());
  const labels = {
    'app.kubernetes.io/name': 'ngc-credentials',
    'app.kubernetes.io/part-of': 'nemo-retriever',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };

  it('are two ExternalSecrets', () => {
    expect(inventory(objects)).toEqual(['ExternalSecret ngc-api-secret', 'ExternalSecret ngc-secret']);
  });

  it('are this one for the API key', () => {
    expect(find(objects, 'ExternalSecret', 'ngc-api-secret')).toEqual({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: {
        name: 'ngc-api-secret',
        namespace: 'embeddings',
        labels,
      },
      spec: {
        refreshInterval: '1h0m0s',
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
        target: {
          name: 'ngc-api-secret',
          creationPolicy: 'Owner',
          deletionPolicy: 'Retain',
          template: {
            engineVersion: 'v2',
            mergePolicy: 'Replace',
            type: 'Opaque',
            metadata: { labels: { 'app.kubernetes.io/managed-by': 'external-secrets' } },
            data: { NGC_API_KEY: `${failsWhenEmpty}{{ .NGC_API_KEY | trim }}` },
          },
        },
        data: [{ secretKey: 'NGC_API_KEY', remoteRef }],
      },
    });
  });

  it('are this one for pulling images', () => {
    expect(find(objects, 'ExternalSecret', 'ngc-secret')).toEqual({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: {
        name: 'ngc-secret',
        namespace: 'embeddings',
        labels,
      },
      spec: {
        refreshInterval: '1h0m0s',
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
        target: {
          name: 'ngc-secret',
          creationPolicy: 'Owner',
          deletionPolicy: 'Retain',
          template: {
            engineVersion: 'v2',
            mergePolicy: 'Replace',
            type: 'kubernetes.io/dockerconfigjson',
            metadata: { labels: { 'app.kubernetes.io/managed-by': 'external-secrets' } },
            data: {
              '.dockerconfigjson':
                failsWhenEmpty +
                '{"auths":{"nvcr.io":{"username":"$oauthtoken","password":{{ .NGC_API_KEY | trim | toJson }},' +
                '"auth":{{ printf "$oauthtoken:%s" (.NGC_API_KEY | trim) | b64enc | toJson }}}}}',
            },
          },
        },
        data: [{ secretKey: 'NGC_API_KEY', remoteRef }],
      },
    });
  });
});

describe('credentials from external secrets with all props', () => {
  const objects = rendered(
    externalSecrets({
      store: SecretStoreRef.namespaced('team-vault'),
      apiKey: { key: 'nvidia/api', property: 'key', version: '7' },
      pullKey: { key: 'nvidia/pull' },
      refreshInterval: Duration.minutes(15),
      pullSecretName: 'registry-secret',
      apiKeySecretName: 'ngc-api',
      apiKeySecretKey: 'NGC_CLI_API_KEY',
    }),
  );

  it('read each key from its own place', () => {
    const strategies = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' };
    expect(at(find(objects, 'ExternalSecret', 'ngc-api'), 'spec')).toMatchObject({
      refreshInterval: '15m0s',
      secretStoreRef: { kind: 'SecretStore', name: 'team-vault' },
      target: {
        name: 'ngc-api',
        template: { data: { NGC_CLI_API_KEY: `${failsWhenEmpty}{{ .NGC_API_KEY | trim }}` } },
      },
      data: [
        { secretKey: 'NGC_API_KEY', remoteRef: { key: 'nvidia/api', property: 'key', version: '7', ...strategies } },
      ],
    });
    expect(at(find(objects, 'ExternalSecret', 'registry-secret'), 'spec')).toMatchObject({
      refreshInterval: '15m0s',
      target: { name: 'registry-secret' },
      data: [{ secretKey: 'NGC_API_KEY', remoteRef: { key: 'nvidia/pull', ...strategies } }],
    });
  });

  it('read a ready-made configuration', () => {
    const pull = find(rendered(externalSecrets({ dockerConfig: { key: 'mirror' } })), 'ExternalSecret', 'ngc-secret');
    expect(at(pull, 'spec.data.0')).toMatchObject({ secretKey: 'dockerconfigjson', remoteRef: { key: 'mirror' } });
    expect(at(pull, 'spec.target.template')).toMatchObject({
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': expect.stringMatching(/\{\{ \.dockerconfigjson \}\}$/) as string },
    });
  });

  it.each<[string, Omit<NgcExternalSecretsProps, 'store'>, string[]]>([
    [
      'the pull secret alone when air-gapped',
      { airGapped: true, pullKey: { key: 'a' } },
      ['ExternalSecret ngc-secret'],
    ],
    [
      'the API key alone without pull secret',
      { withoutPullSecret: true, apiKey: { key: 'a' } },
      ['ExternalSecret ngc-api-secret'],
    ],
  ])('are %s', (_, props, names) => {
    expect(inventory(rendered(fromStore(props)))).toEqual(names);
  });
});

describe.each<[string, Partial<NgcExternalSecretsProps>]>([
  ['minimal props', {}],
  ['another key for pulling', { pullKey: { key: 'pull' } }],
  ['a ready-made configuration', { dockerConfig: { key: 'mirror' } }],
  ['versions and other names', { apiKey: { key: 'a', version: '1' }, pullSecretName: 'x', apiKeySecretName: 'y' }],
])('for quiet diffs, credentials with %s', (_, props) => {
  const objects = rendered(externalSecrets(props));

  it('are in no sync wave of their own, so that a store that is away holds up nothing else', () => {
    expect(objects).toHaveLength(2);
    for (const object of objects) {
      expect(object.metadata).not.toHaveProperty('annotations');
    }
  });

  it('always have a template, so that nothing of Argo CD is copied to the Secret', () => {
    for (const object of objects) {
      expect(at(object, 'spec.target.template')).toBeDefined();
      expect(at(object, 'spec.target.template.metadata.labels')).not.toHaveProperty(['app.kubernetes.io/instance']);
    }
  });

  it('write out what one version of the operator or another defaults', () => {
    for (const object of objects) {
      expect(at(object, 'spec.refreshInterval')).toMatch(/^\d+h\d+m\d+s$/);
      expect(at(object, 'spec.secretStoreRef.kind')).toBe('ClusterSecretStore');
      expect(at(object, 'spec.target')).toMatchObject({
        creationPolicy: 'Owner',
        deletionPolicy: 'Retain',
        template: { engineVersion: 'v2', mergePolicy: 'Replace', type: expect.any(String) as string },
      });
      for (const entry of at(object, 'spec.data') as unknown[]) {
        expect(at(entry, 'remoteRef')).toMatchObject({
          conversionStrategy: 'Default',
          decodingStrategy: 'None',
          metadataPolicy: 'None',
        });
      }
    }
  });

  it('leave out what older versions do not know, and what is empty', () => {
    for (const object of objects) {
      const text = JSON.stringify(object);
      for (const absent of [
        'nullBytePolicy',
        'syncWindows',
        'refreshPolicy',
        'immutable',
        'dataFrom',
        'templateFrom',
        '{}',
        '[]',
        ':null',
      ]) {
        expect(text).not.toContain(absent);
      }
    }
  });
});

describe.each(['apiKey', 'pullKey', 'dockerConfig'] as const)('the reference %s', (name) => {
  const withReference = (reference: RemoteReference): NgcCredentials => externalSecrets({ [name]: reference });

  it.each(['key', 'property', 'version'])('is refused with an empty %s', (part) => {
    expectRefusal(() => withReference({ key: 'nvidia/ngc', [part]: ' ' }), {
      what: `NgcCredentials ${name} ${part}`,
      value: '" "',
      because: 'it is empty',
      instead: 'write the name that the secret manager shows',
    });
  });

  it.each([
    ['nvapi-canary', 'an NVIDIA API key'],
    ['{"auths":{"nvcr.io":{"password":"canary"}}}', 'a Docker registry configuration'],
    ['https://user:canary@vault.example.com', 'a URL with a user and password'],
  ])('is refused when it is the value itself, and the message does not repeat it: %s', (key, kind) => {
    const run = (): NgcCredentials => withReference({ key });
    expectRefusal(run, {
      what: `NgcCredentials ${name} key`,
      value: '"(hidden)"',
      because: `it holds ${kind}, not a reference to one`,
      instead: 'store the value in your secret manager and write its path here',
    });
    expect(run).not.toThrow('canary');
  });

  it('may leave its optional parts undefined', () => {
    const reference = { key: 'a', property: undefined, version: undefined } as unknown as RemoteReference;
    expect(() => withReference(reference)).not.toThrow();
  });
});

describe('a reference to a store', () => {
  it.each([
    [SecretStoreRef.cluster('vault'), 'ClusterSecretStore'],
    [SecretStoreRef.namespaced('vault'), 'SecretStore'],
  ])('names its kind: %o', (store, kind) => {
    expect(at(rendered(externalSecrets({ store }))[0], 'spec.secretStoreRef')).toEqual({ kind, name: 'vault' });
  });

  it.each(['', 'Vault', 'a_b'])('is refused with the name %j', (name) => {
    expectRefusal(() => SecretStoreRef.cluster(name), {
      what: 'ClusterSecretStore name',
      value: JSON.stringify(name),
      because: 'an object name is',
      instead: 'kubectl get',
    });
    expectRefusal(() => SecretStoreRef.namespaced(name), {
      what: 'SecretStore name',
      value: JSON.stringify(name),
      because: 'an object name is',
      instead: 'kubectl get',
    });
  });
});
