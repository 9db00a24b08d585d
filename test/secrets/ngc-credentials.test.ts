import { Chart, Duration } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import {
  ContainerImage,
  NgcCredentials,
  type NgcExternalSecretsProps,
  type NgcSecretNamesProps,
  type RemoteReference,
  SecretStoreRef,
} from 'cdk8s-nim';
import { at, find, inventory, type Manifest, render, testChart } from '../support/manifests';
import { nimDeployment } from '../support/nims';
import { runApp } from '../support/programs';
import { expectRefusal } from '../support/refusals';
import { nimOf, podOf, secretRefsOf } from '../support/workload';

const base: NgcExternalSecretsProps = {
  store: SecretStoreRef.cluster('vault'),
  apiKey: { key: 'nvidia/ngc', property: 'api-key' },
};

function externalSecrets(props: Partial<NgcExternalSecretsProps> = {}): NgcCredentials {
  return NgcCredentials.fromExternalSecrets(testChart(), 'ngc', { ...base, ...props });
}

/** `fromExternalSecrets` with exactly these props beside the store. */
function fromStore(props: Omit<NgcExternalSecretsProps, 'store'>): NgcCredentials {
  return NgcCredentials.fromExternalSecrets(testChart(), 'ngc', { store: base.store, ...props });
}

function rendered(credentials: NgcCredentials): Manifest[] {
  return render(Chart.of(credentials));
}

/** What a NIM with these credentials refers to. */
function references(props: NgcSecretNamesProps): { pull: unknown; env: Record<string, string> } {
  const chart = testChart();
  nimDeployment({ credentials: NgcCredentials.fromSecretNames(chart, 'credentials', props) }, chart);
  const objects = render(chart);
  return { pull: podOf(objects).imagePullSecrets, env: secretRefsOf(nimOf(objects)) };
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

describe('credentials from the names of Secrets', () => {
  it('render nothing', () => {
    const chart = testChart();
    const credentials = NgcCredentials.fromSecretNames(chart, 'ngc');
    expect(render(chart)).toEqual([]);
    expect(credentials.objects).toEqual([]);
    expect(credentials.airGapped).toBe(false);
  });

  it('are the names of the security page of NVIDIA by default', () => {
    expect(references({})).toEqual({
      pull: [{ name: 'ngc-secret' }],
      env: { NGC_API_KEY: 'ngc-api-secret/NGC_API_KEY' },
    });
  });

  it('are any other names, and another key', () => {
    expect(
      references({
        pullSecretName: 'registry-secret',
        apiKeySecretName: 'ngc-api',
        apiKeySecretKey: 'NGC_CLI_API_KEY',
      }),
    ).toEqual({ pull: [{ name: 'registry-secret' }], env: { NGC_API_KEY: 'ngc-api/NGC_CLI_API_KEY' } });
  });

  it('go without a key when the pods are air-gapped', () => {
    expect(references({ airGapped: true })).toEqual({ pull: [{ name: 'ngc-secret' }], env: {} });
  });

  it('go without a pull secret when that is said', () => {
    expect(references({ withoutPullSecret: true })).toEqual({
      pull: undefined,
      env: { NGC_API_KEY: 'ngc-api-secret/NGC_API_KEY' },
    });
  });

  it('serve any number of NIMs of their namespace', () => {
    const chart = testChart();
    const credentials = NgcCredentials.fromSecretNames(chart, 'ngc');
    nimDeployment({ credentials }, chart);
    expect(() => new Chart(chart.node.root, 'other', { namespace: 'embeddings' })).not.toThrow();
    credentials._requireNamespace('embeddings', 'NimDeployment other');
  });
});

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

describe('credentials are refused', () => {
  it.each(['pullSecretName', 'apiKeySecretName'])('with a %s that is no object name', (name) => {
    expectRefusal(() => NgcCredentials.fromSecretNames(testChart(), 'ngc', { [name]: 'NGC_Secret' }), {
      what: `NgcCredentials ${name}`,
      value: '"NGC_Secret"',
      because: 'an object name is',
      instead: 'kubectl get',
    });
  });

  it('with a key that no Secret can have', () => {
    expectRefusal(() => NgcCredentials.fromSecretNames(testChart(), 'ngc', { apiKeySecretKey: 'NGC/KEY' }), {
      what: 'NgcCredentials apiKeySecretKey',
      value: '"NGC/KEY"',
      because: 'a key of a Secret is',
      instead: 'kubectl describe secret',
    });
  });

  it('with one name for both Secrets', () => {
    expectRefusal(() => NgcCredentials.fromSecretNames(testChart(), 'ngc', { apiKeySecretName: 'ngc-secret' }), {
      what: 'NgcCredentials apiKeySecretName',
      value: '"ngc-secret"',
      because: 'the pull secret has that name, and a Secret has one type',
      instead: 'give the two Secrets different names',
    });
  });

  it.each(['apiKeySecretName', 'apiKeySecretKey'])('with a %s that air-gapped pods would not use', (name) => {
    expectRefusal(() => NgcCredentials.fromSecretNames(testChart(), 'ngc', { airGapped: true, [name]: 'ngc-api' }), {
      what: `NgcCredentials ${name}`,
      value: '"ngc-api"',
      because: 'air-gapped pods get no API key',
      instead: `leave out ${name}, or leave out airGapped`,
    });
  });

  it('with the name of a pull secret that nobody would use', () => {
    expectRefusal(
      () => NgcCredentials.fromSecretNames(testChart(), 'ngc', { withoutPullSecret: true, pullSecretName: 'registry' }),
      {
        what: 'NgcCredentials pullSecretName',
        value: '"registry"',
        because: 'images are pulled without a pull secret',
        instead: 'leave out pullSecretName, or leave out withoutPullSecret',
      },
    );
  });

  it('without a source for the API key', () => {
    expectRefusal(() => fromStore({ pullKey: { key: 'pull' } }), {
      what: 'NgcCredentials apiKey',
      value: 'nothing',
      because: 'the pods need a key to download the model',
      instead: "write apiKey: { key: 'nvidia/ngc', property: 'api-key' }, or airGapped: true when the cache is filled",
    });
  });

  it('without a source for the pull secret', () => {
    expectRefusal(() => fromStore({ airGapped: true }), {
      what: 'NgcCredentials pullKey',
      value: 'nothing',
      because: 'the pull secret has no source',
      instead: 'write dockerConfig or pullKey, or withoutPullSecret: true',
    });
  });

  it('with nothing left to make', () => {
    expectRefusal(() => fromStore({ airGapped: true, withoutPullSecret: true }), {
      what: 'NgcCredentials.fromExternalSecrets',
      value: '{"airGapped":true,"withoutPullSecret":true}',
      because: 'no Secret is left to make',
      instead: 'write NgcCredentials.fromSecretNames',
    });
  });

  it('with two sources for the pull secret', () => {
    expectRefusal(() => externalSecrets({ pullKey: { key: 'pull' }, dockerConfig: { key: 'mirror' } }), {
      what: 'NgcCredentials pullKey',
      value: '{"key":"pull"}',
      because: 'dockerConfig is given too, and the pull secret has one source',
      instead: 'keep one of pullKey and dockerConfig',
    });
  });

  it.each(['pullKey', 'dockerConfig'])('with a %s that is not used', (name) => {
    expectRefusal(() => externalSecrets({ withoutPullSecret: true, [name]: { key: 'pull' } }), {
      what: 'NgcCredentials withoutPullSecret',
      value: 'true',
      because: 'a source for the pull secret is given',
      instead: 'leave out withoutPullSecret, or leave out pullKey and dockerConfig',
    });
  });

  it('with an API key for air-gapped pods', () => {
    expectRefusal(() => externalSecrets({ airGapped: true }), {
      what: 'NgcCredentials apiKey',
      value: '{"key":"nvidia/ngc","property":"api-key"}',
      because: 'air-gapped pods get no API key',
      instead: 'leave out airGapped; or, to pull images with that key, write it as pullKey',
    });
  });

  it('in a chart without namespace', () => {
    const { error, files } = runApp((app) => {
      NgcCredentials.fromSecretNames(new Chart(app, 'bare'), 'ngc');
    });
    expect(error).toContain('namespace of chart "bare": nothing is given');
    expect(files).toEqual([]);
  });

  it('when they refresh never', () => {
    expectRefusal(() => externalSecrets({ refreshInterval: Duration.seconds(0) }), {
      what: 'NgcCredentials refreshInterval',
      value: JSON.stringify(Duration.seconds(0).toHumanString()),
      because: 'one second or more',
      instead: 'Duration.seconds(130)',
    });
  });

  it('in another namespace than their own', () => {
    expectRefusal(() => externalSecrets()._requireNamespace('rag', 'NimDeployment embed'), {
      what: 'NimDeployment embed credentials',
      value: '"test/ngc"',
      because: 'the Secrets are in the namespace "embeddings", the pods in "rag"',
      instead: 'make NgcCredentials in the chart of each namespace',
    });
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

describe('the pull secret and the image', () => {
  const mirror = ContainerImage.fromReference('registry.example.com:5000/nim/llama-nemotron-embed-1b-v2:1.13.0');
  const withImage = (credentials: (chart: Chart) => NgcCredentials, image = mirror): (() => unknown) => {
    const chart = testChart();
    return () => nimDeployment({ credentials: credentials(chart), image }, chart);
  };
  const fromKey =
    (props: Partial<NgcExternalSecretsProps> = {}) =>
    (chart: Chart): NgcCredentials =>
      NgcCredentials.fromExternalSecrets(chart, 'credentials', { ...base, ...props });

  it.each<Partial<NgcExternalSecretsProps>>([{}, { pullKey: { key: 'pull' } }])(
    'are refused when a key of NGC would have to log in elsewhere: %j',
    (props) => {
      expectRefusal(withImage(fromKey(props)), {
        what: 'NimDeployment text-embedding image',
        value: '"registry.example.com:5000"',
        because: 'the pull secret is made from a key of NGC, and logs in to nvcr.io only',
        instead: 'a dockerConfig for that registry, or withoutPullSecret: true',
      });
    },
  );

  it.each<[string, (chart: Chart) => NgcCredentials]>([
    ['a docker configuration', fromKey({ dockerConfig: { key: 'mirror' } })],
    ['no pull secret', fromKey({ withoutPullSecret: true })],
    ['a Secret by name', (chart) => NgcCredentials.fromSecretNames(chart, 'credentials')],
  ])('go together with %s', (_, credentials) => {
    expect(withImage(credentials)).not.toThrow();
  });

  it('go together for an image of NGC by digest', () => {
    const image = ContainerImage.fromReference(
      `nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:1.13.0@sha256:${'a'.repeat(64)}`,
    );
    expect(withImage(fromKey(), image)).not.toThrow();
  });
});
