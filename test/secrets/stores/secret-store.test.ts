import { ConfigMap, ServiceAccount } from 'cdk8s-plus-28';
import type { Chart } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import {
  type AwsSecretStoreProps,
  type AzureSecretStoreProps,
  type GcpSecretStoreProps,
  NgcCredentials,
  SecretStore,
  VaultKvVersion,
  type VaultSecretStoreProps,
} from 'cdk8s-nim';
import { at, find, type Manifest, render, testChart } from '../../support/manifests';
import { expectRefusal } from '../../support/refusals';

const VAULT = { server: 'https://vault.example.com:8200', mount: 'kv', role: 'nim' };
const AWS = { region: 'eu-central-1' };
const GCP = { projectId: 'embeddings-prod' };
const AZURE = { vaultUrl: 'https://embeddings.vault.azure.net' };

const account = (chart: Chart): { serviceAccount: ReturnType<typeof ServiceAccount.fromServiceAccountName> } => ({
  serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'reader'),
});

/** The provider of the store that a call makes. */
function provider(make: (chart: Chart) => SecretStore): unknown {
  const chart = testChart();
  const { ref } = make(chart);
  return at(find(render(chart), 'SecretStore', ref.name), 'spec.provider');
}

const vault = (props: Partial<VaultSecretStoreProps> = {}): unknown =>
  provider((chart) => SecretStore.vault(chart, 'store', { ...VAULT, ...account(chart), ...props }));
const aws = (props: Partial<AwsSecretStoreProps> = {}): unknown =>
  provider((chart) => SecretStore.awsSecretsManager(chart, 'store', { ...AWS, ...account(chart), ...props }));
const gcp = (props: Partial<GcpSecretStoreProps> = {}): unknown =>
  provider((chart) => SecretStore.gcpSecretManager(chart, 'store', { ...GCP, ...account(chart), ...props }));
const azure = (props: Partial<AzureSecretStoreProps> = {}): unknown =>
  provider((chart) => SecretStore.azureKeyVault(chart, 'store', { ...AZURE, ...account(chart), ...props }));

describe('a store', () => {
  it('of Vault logs in with a token of the ServiceAccount', () => {
    expect(vault()).toEqual({
      vault: {
        server: 'https://vault.example.com:8200',
        path: 'kv',
        version: 'v2',
        auth: { kubernetes: { mountPath: 'kubernetes', role: 'nim', serviceAccountRef: { name: 'reader' } } },
      },
    });
  });

  it('of Vault says everything that may differ', () => {
    const chart = testChart();
    const store = SecretStore.vault(chart, 'store', {
      ...VAULT,
      ...account(chart),
      name: 'team-vault',
      kvVersion: VaultKvVersion.V1,
      authenticationMount: 'kubernetes-prod',
      audience: 'vault',
      vaultNamespace: 'team/a',
      authorities: ConfigMap.fromConfigMapName(chart, 'ca', 'authorities'),
      authoritiesKey: 'bundle.pem',
    });
    expect(store.ref).toMatchObject({ kind: 'SecretStore', name: 'team-vault' });
    expect(at(find(render(chart), 'SecretStore', 'team-vault'), 'spec.provider.vault')).toEqual({
      server: 'https://vault.example.com:8200',
      namespace: 'team/a',
      path: 'kv',
      version: 'v1',
      caProvider: { type: 'ConfigMap', name: 'authorities', key: 'bundle.pem' },
      auth: {
        kubernetes: {
          mountPath: 'kubernetes-prod',
          role: 'nim',
          serviceAccountRef: { name: 'reader', audiences: ['vault'] },
        },
      },
    });
  });

  it('of Vault reads its authorities from the usual key', () => {
    const authorities = ConfigMap.fromConfigMapName(testChart(), 'ca', 'authorities');
    expect(at(vault({ authorities }) as object, 'vault.caProvider')).toEqual({
      type: 'ConfigMap',
      name: 'authorities',
      key: 'ca.crt',
    });
  });

  it('of AWS takes the role of the ServiceAccount', () => {
    expect(aws()).toEqual({
      aws: {
        service: 'SecretsManager',
        region: 'eu-central-1',
        auth: { jwt: { serviceAccountRef: { name: 'reader' } } },
      },
    });
  });

  it('of Google Cloud takes the identity of the ServiceAccount', () => {
    expect(gcp()).toEqual({
      gcpsm: {
        projectID: 'embeddings-prod',
        auth: { workloadIdentity: { serviceAccountRef: { name: 'reader' } } },
      },
    });
  });

  it.each([
    ['https://embeddings.vault.azure.net', 'PublicCloud'],
    ['https://embeddings.vault.usgovcloudapi.net', 'USGovernmentCloud'],
    ['https://embeddings.vault.azure.cn', 'ChinaCloud'],
  ])(
    'of Azure takes the identity of the ServiceAccount, in the cloud of the vault: %s',
    (vaultUrl, environmentType) => {
      expect(azure({ vaultUrl })).toEqual({
        azurekv: { vaultUrl, authType: 'WorkloadIdentity', environmentType, serviceAccountRef: { name: 'reader' } },
      });
    },
  );

  it('of Azure names the tenant', () => {
    const tenantId = '00000000-0000-0000-0000-00000000000A';
    expect(azure({ tenantId })).toMatchObject({ azurekv: { tenantId } });
  });

  it('is what credentials are read from', () => {
    const chart = testChart();
    const store = SecretStore.awsSecretsManager(chart, 'team', { ...AWS, ...account(chart) });
    NgcCredentials.fromExternalSecrets(chart, 'ngc', { store: store.ref, apiKey: { key: 'nvidia/ngc' } });
    const external = render(chart).filter(({ kind }) => kind === 'ExternalSecret');
    expect(external.map((object: Manifest) => at(object, 'spec.secretStoreRef'))).toEqual([
      { kind: 'SecretStore', name: 'team' },
      { kind: 'SecretStore', name: 'team' },
    ]);
    expect(store.namespace).toBe('embeddings');
    expect(store.object.name).toBe('team');
  });

  it.each([
    ['vault', vault],
    ['aws', aws],
    ['gcp', gcp],
    ['azure', azure],
  ] as const)('holds no credential and names no Secret: %s', (_, make) => {
    expect(JSON.stringify(make())).not.toMatch(/secretRef|SecretRef|token|password/i);
  });
});

describe('a store is refused', () => {
  it.each([
    'http://vault.example.com:8200',
    'vault.example.com',
    'https://vault.example.com/v1',
    'https://vault.example.com?x',
    'https://Vault.example.com',
    '',
  ])('with the address %j', (server) => {
    expectRefusal(() => vault({ server }), {
      what: 'SecretStore.vault server',
      value: JSON.stringify(server),
      because: 'it is an address with https, a host in lower case, and nothing behind them but a port',
      instead: 'write for example "https://vault.example.com:8200"',
    });
  });

  it('with a password in its address, which the message does not repeat', () => {
    const run = (): unknown => vault({ server: 'https://user:canary@vault.example.com' });
    expectRefusal(run, {
      what: 'SecretStore.vault server',
      value: '"(hidden)"',
      because: 'it is an address with https',
      instead: 'write for example',
    });
    expect(run).not.toThrow('canary');
  });

  it.each(['mount', 'role', 'authenticationMount', 'audience', 'vaultNamespace'])('with an empty %s', (name) => {
    expectRefusal(() => vault({ [name]: ' ' }), {
      what: `SecretStore.vault ${name}`,
      value: '" "',
      because: 'it is empty',
      instead: 'write the name that the secret manager shows',
    });
  });

  it('with a key of authorities that are not given', () => {
    expectRefusal(() => vault({ authoritiesKey: 'ca.pem' }), {
      what: 'SecretStore.vault authoritiesKey',
      value: '"ca.pem"',
      because: 'no ConfigMap is given that could have the key',
      instead: 'write authorities too, or leave it out',
    });
  });

  it.each(['Frankfurt', 'eu-central', 'eu-central-1a', ''])('with the region %j', (region) => {
    expectRefusal(() => aws({ region }), {
      what: 'SecretStore.awsSecretsManager region',
      value: JSON.stringify(region),
      because: 'it is the code of a region',
      instead: 'write for example "eu-central-1"',
    });
  });

  it.each(['Embeddings', '1234567890', 'a', 'a-'])('with the project %j', (projectId) => {
    expectRefusal(() => gcp({ projectId }), {
      what: 'SecretStore.gcpSecretManager projectId',
      value: JSON.stringify(projectId),
      because: 'the id of a project has 6 to 30',
      instead: 'write the id, and not the name or the number',
    });
  });

  it.each(['https://embeddings.example.com', 'https://vault.azure.net'])('with the vault %j', (vaultUrl) => {
    expectRefusal(() => azure({ vaultUrl }), {
      what: 'SecretStore.azureKeyVault vaultUrl',
      value: JSON.stringify(vaultUrl),
      because: 'a vault is in one of the domains vault.azure.net, vault.usgovcloudapi.net, vault.azure.cn',
      instead: 'write the vault URI as the portal shows it',
    });
  });

  it('with a tenant by name', () => {
    expectRefusal(() => azure({ tenantId: 'example.onmicrosoft.com' }), {
      what: 'SecretStore.azureKeyVault tenantId',
      value: '"example.onmicrosoft.com"',
      because: 'the id of a tenant is a UUID',
      instead: 'write what `az account show --query tenantId` prints',
    });
  });

  it('with a name that no object can have', () => {
    expect(() => aws({ name: 'Team_Store' })).toThrow(/^SecretStore name: "Team_Store" is refused/);
  });
});
