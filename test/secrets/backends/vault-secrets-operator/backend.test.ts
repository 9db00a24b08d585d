import { Duration } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import {
  ContainerImage,
  NgcCredentials,
  type NgcVaultSecretsOperatorProps,
  VaultKvVersion,
  type VaultSecretReference,
} from 'cdk8s-nim';
import { at, find, inventory, type Manifest, render, testChart } from '../../../support/manifests';
import { nimDeployment } from '../../../support/nims';
import { expectRefusal } from '../../../support/refusals';

const base: NgcVaultSecretsOperatorProps = { mount: 'kv', apiKey: { path: 'nvidia/ngc', field: 'api-key' } };

function make(props: Partial<NgcVaultSecretsOperatorProps> = {}): NgcCredentials {
  return NgcCredentials.fromVaultSecretsOperator(testChart(), 'ngc', { ...base, ...props });
}

function rendered(props: Partial<NgcVaultSecretsOperatorProps> = {}): Manifest[] {
  const chart = testChart();
  NgcCredentials.fromVaultSecretsOperator(chart, 'ngc', { ...base, ...props });
  return render(chart);
}

const VALUE = '(get .Secrets "api-key")';
const failsWhenEmpty = `{{ if has (trim ${VALUE}) (list "" "null") }}{{ fail "the NGC API key is empty" }}{{ end }}`;

describe('credentials from the Vault Secrets Operator with minimal props', () => {
  const objects = rendered();

  it('are two VaultStaticSecrets', () => {
    expect(inventory(objects)).toEqual(['VaultStaticSecret ngc-api-secret', 'VaultStaticSecret ngc-secret']);
  });

  it('are this one for pulling images', () => {
    expect(find(objects, 'VaultStaticSecret', 'ngc-secret')).toEqual({
      apiVersion: 'secrets.hashicorp.com/v1beta1',
      kind: 'VaultStaticSecret',
      metadata: {
        name: 'ngc-secret',
        namespace: 'embeddings',
        labels: {
          'app.kubernetes.io/name': 'ngc-credentials',
          'app.kubernetes.io/part-of': 'nemo-retriever',
          'app.kubernetes.io/managed-by': 'cdk8s',
        },
      },
      spec: {
        mount: 'kv',
        type: 'kv-v2',
        path: 'nvidia/ngc',
        refreshAfter: '1h',
        hmacSecretData: true,
        destination: {
          name: 'ngc-secret',
          create: true,
          overwrite: false,
          type: 'kubernetes.io/dockerconfigjson',
          transformation: {
            excludeRaw: true,
            excludes: ['.*'],
            templates: {
              '.dockerconfigjson': {
                text:
                  failsWhenEmpty +
                  `{"auths":{"nvcr.io":{"username":"$oauthtoken","password":{{ ${VALUE} | trim | toJson }},` +
                  `"auth":{{ printf "$oauthtoken:%s" (${VALUE} | trim) | b64enc | toJson }}}}}`,
              },
            },
          },
        },
      },
    });
  });

  it('are an Opaque Secret with the trimmed key for the pods', () => {
    expect(at(find(objects, 'VaultStaticSecret', 'ngc-api-secret'), 'spec.destination')).toMatchObject({
      name: 'ngc-api-secret',
      type: 'Opaque',
      transformation: { templates: { NGC_API_KEY: { text: `${failsWhenEmpty}{{ ${VALUE} | trim }}` } } },
    });
  });
});

describe('credentials from the Vault Secrets Operator with all props', () => {
  const objects = rendered({
    mount: 'team/kv',
    kvVersion: VaultKvVersion.V2,
    vaultAuth: 'vault/nim',
    apiKey: { path: 'nvidia/api', field: 'key', version: 7 },
    pullKey: { path: 'nvidia/pull', field: 'pull key' },
    refreshAfter: Duration.minutes(15),
    pullSecretName: 'registry',
    apiKeySecretName: 'ngc-api',
    apiKeySecretKey: 'NGC_CLI_API_KEY',
  });

  it('read each key from its own place', () => {
    const common = { vaultAuthRef: 'vault/nim', mount: 'team/kv', type: 'kv-v2', refreshAfter: '15m' };
    expect(at(find(objects, 'VaultStaticSecret', 'ngc-api'), 'spec')).toMatchObject({
      ...common,
      path: 'nvidia/api',
      version: 7,
    });
    const templates = at(find(objects, 'VaultStaticSecret', 'ngc-api'), 'spec.destination.transformation.templates');
    expect(Object.keys(templates as object)).toEqual(['NGC_CLI_API_KEY']);
    const pull = find(objects, 'VaultStaticSecret', 'registry');
    expect(at(pull, 'spec')).toMatchObject({ ...common, path: 'nvidia/pull' });
    expect(at(pull, 'spec')).not.toHaveProperty('version');
    expect(at(pull, 'spec.destination.transformation.templates')).toEqual({
      '.dockerconfigjson': { text: expect.stringContaining('(get .Secrets "pull key")') as string },
    });
  });

  it('read a ready-made configuration, and log in to its registry', () => {
    const chart = testChart();
    const credentials = NgcCredentials.fromVaultSecretsOperator(chart, 'ngc', {
      ...base,
      dockerConfig: { path: 'mirror', field: 'config' },
    });
    const image = ContainerImage.fromReference('registry.example.com/nim/llama-nemotron-embed-1b-v2:1.13.0');
    expect(() => nimDeployment({ credentials, image }, chart)).not.toThrow();
    const pull = find(render(chart), 'VaultStaticSecret', 'ngc-secret');
    expect(at(pull, 'spec.path')).toBe('mirror');
    expect(JSON.stringify(pull)).toContain('the docker configuration has no auths');
  });

  it.each<[string, Partial<NgcVaultSecretsOperatorProps>, string[]]>([
    ['the API key alone', { withoutPullSecret: true }, ['VaultStaticSecret ngc-api-secret']],
    [
      'the pull secret alone',
      { airGapped: true, apiKey: undefined as never, pullKey: { path: 'a', field: 'b' } },
      ['VaultStaticSecret ngc-secret'],
    ],
  ])('are %s', (_, props, names) => {
    expect(inventory(rendered(props))).toEqual(names);
  });

  it.each([
    [Duration.hours(2), '2h'],
    [Duration.minutes(90), '90m'],
    [Duration.seconds(90), '90s'],
  ])('refresh with the one unit that the operator takes: %s', (refreshAfter, written) => {
    expect(at(rendered({ refreshAfter })[0], 'spec.refreshAfter')).toBe(written);
  });
});

describe('credentials from the Vault Secrets Operator are refused', () => {
  it.each<[string, Partial<VaultSecretReference>, string, string]>([
    ['an empty path', { path: ' ' }, 'path', 'it is empty'],
    ['a path from the root', { path: '/nvidia/ngc' }, 'path', 'a path begins below the mount'],
    ['a path of the API of version 2', { path: 'data/nvidia/ngc' }, 'path', 'the operator adds "data/" itself'],
    ['a path that ends in "/"', { path: 'nvidia/' }, 'path', 'a path begins below the mount'],
    ['an empty field', { field: '' }, 'field', 'it is empty'],
    ['a field that would leave its quotes', { field: 'a" | x "' }, 'field', 'it stands in quotes in a template'],
    ['a field that would end the template', { field: 'a}}' }, 'field', 'it stands in quotes in a template'],
    ['a key in place of its path', { path: 'nvapi-canary' }, 'path', 'it holds an NVIDIA API key'],
  ])('with %s', (_, part, name, because) => {
    expect(() => make({ apiKey: { path: 'nvidia/ngc', field: 'api-key', ...part } })).toThrow(
      new RegExp(`^NgcCredentials apiKey ${name}: .*${because}`),
    );
  });

  it('with a version of an engine that keeps none', () => {
    expectRefusal(() => make({ kvVersion: VaultKvVersion.V1, apiKey: { path: 'a', field: 'b', version: 2 } }), {
      what: 'NgcCredentials apiKey version',
      value: '2',
      because: 'version 1 of the KV engine keeps no versions',
      instead: 'leave it out, or leave out kvVersion',
    });
  });

  it('with an empty mount', () => {
    expectRefusal(() => make({ mount: '' }), {
      what: 'NgcCredentials mount',
      value: '""',
      because: 'it is empty',
      instead: 'write the name that the secret manager shows',
    });
  });

  it.each(['a/b/c', 'Vault', 'Vault/nim', '/nim', 'vault/'])('with the VaultAuth %j', (vaultAuth) => {
    expect(() => make({ vaultAuth })).toThrow(/^NgcCredentials vaultAuth: /);
  });

  it('with more than a namespace and a name', () => {
    expectRefusal(() => make({ vaultAuth: 'a/b/c' }), {
      what: 'NgcCredentials vaultAuth',
      value: '"a/b/c"',
      because: 'it is the name of a VaultAuth, or its namespace and its name with "/" between them',
      instead: 'write for example "nim" or "vault/nim"',
    });
  });

  it('without a source for the API key', () => {
    expectRefusal(() => make({ apiKey: undefined as never, pullKey: { path: 'a', field: 'b' } }), {
      what: 'NgcCredentials apiKey',
      value: 'nothing',
      because: 'the pods need a key to download the model',
      instead: "write apiKey: { path: 'nvidia/ngc', field: 'api-key' }, or airGapped: true",
    });
  });

  it('with nothing left to make', () => {
    expectRefusal(() => make({ apiKey: undefined as never, airGapped: true, withoutPullSecret: true }), {
      what: 'NgcCredentials.fromVaultSecretsOperator',
      value: '{"airGapped":true,"withoutPullSecret":true}',
      because: 'no Secret is left to make',
      instead: 'write NgcCredentials.fromSecretNames',
    });
  });
});
