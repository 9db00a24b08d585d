import { type Chart, Duration } from 'cdk8s';
import { ConfigMap, ServiceAccount } from 'cdk8s-plus-28';
import {
  type AwsSecretStoreProps,
  type AzureSecretStoreProps,
  ConnectionString,
  type ConnectionStringProps,
  type GcpSecretStoreProps,
  SecretStore,
  type SecretStoreProps,
  SecretStoreRef,
  VaultKvVersion,
  type VaultSecretStoreProps,
} from 'cdk8s-nim';
import type { PropRow, PropRows } from './row';

/** A store; `props` are made in the chart, where they refer to an object of it. */
function store<Props extends SecretStoreProps>(
  make: (scope: Chart, id: string, props: Props) => SecretStore,
  base: Omit<Props, 'serviceAccount'>,
  props: (chart: Chart) => Partial<Props>,
  place: string | string[],
): PropRow {
  const of = (given: typeof props) => (chart: Chart) => {
    const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'account', 'reader');
    make(chart, 'store', { ...base, serviceAccount, ...given(chart) } as unknown as Props);
  };
  return {
    without: of(() => ({})),
    with: of(props),
    changes: [place].flat().map((one) => (/^[+-]/.test(one) ? one : `SecretStore ${one}`)),
  };
}

function vault(props: (chart: Chart) => Partial<VaultSecretStoreProps>, place: string): PropRow {
  const base = { server: 'https://vault.example.com', mount: 'kv', role: 'nim' };
  return store<VaultSecretStoreProps>(
    (...given) => SecretStore.vault(...given),
    base,
    props,
    `spec.provider.vault.${place}`,
  );
}

function aws(props: (chart: Chart) => Partial<AwsSecretStoreProps>, place: string | string[]): PropRow {
  const base = { region: 'eu-central-1' };
  return store<AwsSecretStoreProps>((...given) => SecretStore.awsSecretsManager(...given), base, props, place);
}

function azure(props: Partial<AzureSecretStoreProps>, place: string): PropRow {
  const base = { vaultUrl: 'https://embeddings.vault.azure.net' };
  return store<AzureSecretStoreProps>(
    (...given) => SecretStore.azureKeyVault(...given),
    base,
    () => props,
    `spec.provider.azurekv.${place}`,
  );
}

const authoritiesIn = (chart: Chart) => ({
  authorities: ConfigMap.fromConfigMapName(chart, 'authorities', 'authorities'),
});

/** A connection string. */
function connection(props: Partial<ConnectionStringProps>, ...changes: string[]): PropRow {
  const base: ConnectionStringProps = {
    store: SecretStoreRef.cluster('vault'),
    scheme: 'postgresql',
    host: 'database.data.svc',
    password: { key: 'vectors' },
  };
  const make = (given: ConnectionStringProps) => (chart: Chart) => {
    ConnectionString.fromExternalSecrets(chart, 'database', given);
  };
  return {
    without: make(base),
    with: make({ ...base, ...props }),
    changes: changes.map((place) => (/^[+-]/.test(place) ? place : `ExternalSecret ${place}`)),
  };
}

const URI = 'spec.target.template.data.uri';

export const EXTERNAL_SECRETS_ROWS: Record<string, PropRows> = {
  SecretStoreProps: {
    serviceAccount: aws(
      (chart) => ({ serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'other', 'other') }),
      'spec.provider.aws.auth.jwt.serviceAccountRef.name',
    ),
    name: aws(() => ({ name: 'team' }), ['+SecretStore team', '-SecretStore store']),
  },
  VaultSecretStoreProps: {
    server: vault(() => ({ server: 'https://other.example.com' }), 'server'),
    mount: vault(() => ({ mount: 'team' }), 'path'),
    kvVersion: vault(() => ({ kvVersion: VaultKvVersion.V1 }), 'version'),
    role: vault(() => ({ role: 'other' }), 'auth.kubernetes.role'),
    authenticationMount: vault(() => ({ authenticationMount: 'prod' }), 'auth.kubernetes.mountPath'),
    audience: vault(() => ({ audience: 'vault' }), 'auth.kubernetes.serviceAccountRef.audiences'),
    vaultNamespace: vault(() => ({ vaultNamespace: 'team' }), 'namespace'),
    authorities: vault(authoritiesIn, 'caProvider'),
    authoritiesKey: {
      ...vault(() => ({ authoritiesKey: 'ca.pem' }), 'caProvider'),
      refused: { with: 'SecretStore.vault authoritiesKey' },
    },
  },
  AwsSecretStoreProps: {
    region: aws(() => ({ region: 'us-east-1' }), 'spec.provider.aws.region'),
  },
  GcpSecretStoreProps: {
    projectId: store<GcpSecretStoreProps>(
      (...given) => SecretStore.gcpSecretManager(...given),
      { projectId: 'embeddings' },
      () => ({ projectId: 'others' }),
      'spec.provider.gcpsm.projectID',
    ),
  },
  AzureSecretStoreProps: {
    vaultUrl: azure({ vaultUrl: 'https://others.vault.azure.net' }, 'vaultUrl'),
    tenantId: azure({ tenantId: '00000000-0000-0000-0000-000000000000' }, 'tenantId'),
  },
  ConnectionStringProps: {
    store: connection({ store: SecretStoreRef.cluster('other') }, 'spec.secretStoreRef.name'),
    scheme: connection({ scheme: 'redis' }, URI),
    host: connection({ host: 'other' }, URI),
    port: connection({ port: 5432 }, URI),
    path: connection({ path: 'vectors' }, URI),
    parameters: connection({ parameters: { a: 'b' } }, URI),
    user: connection({ user: { key: 'user' } }, URI, 'spec.data[*'),
    password: connection({ password: { key: 'other' } }, 'spec.data[0].remoteRef.key'),
    secretName: connection({ secretName: 'other' }, '+ExternalSecret other', '-ExternalSecret database'),
    secretKey: connection({ secretKey: 'url' }, URI, 'spec.target.template.data.url'),
    refreshInterval: connection({ refreshInterval: Duration.minutes(5) }, 'spec.refreshInterval'),
    operatorVersion: connection({ operatorVersion: '2.5' }, 'spec.data[0].remoteRef.nullBytePolicy'),
  },
};
