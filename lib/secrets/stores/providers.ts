import type { SecretStoreSpecProvider } from '../../../imports/external-secrets.io-secretstore';
import { defined } from '../../common/defined';
import { invalid } from '../../common/invalid';
import { isDnsName, requireConfigMapKey, requireObjectName } from '../../common/names';
import { requireReferenceText } from '../reference-text';
import { VaultKvVersion } from '../vault-kv-version';
import type {
  AwsSecretStoreProps,
  AzureSecretStoreProps,
  GcpSecretStoreProps,
  SecretStoreProps,
  VaultSecretStoreProps,
} from './store-props';

/** The clouds of Azure, by the domain of their vaults. */
const AZURE_CLOUDS = {
  'vault.azure.net': 'PublicCloud',
  'vault.usgovcloudapi.net': 'USGovernmentCloud',
  'vault.azure.cn': 'ChinaCloud',
} as const;

/** Vault, with the Kubernetes authentication. Fields that the API server defaults are written out. */
export function vaultProvider(props: VaultSecretStoreProps): SecretStoreSpecProvider {
  const what = 'SecretStore.vault';
  const audience = props.audience === undefined ? undefined : requireReferenceText(`${what} audience`, props.audience);
  return {
    vault: defined({
      server: requireHttps(`${what} server`, props.server, 'https://vault.example.com:8200').origin,
      namespace:
        props.vaultNamespace === undefined
          ? undefined
          : requireReferenceText(`${what} vaultNamespace`, props.vaultNamespace),
      path: requireReferenceText(`${what} mount`, props.mount),
      version: props.kvVersion === VaultKvVersion.V1 ? ('v1' as const) : ('v2' as const),
      caProvider: authorities(what, props),
      auth: {
        kubernetes: {
          mountPath: requireReferenceText(`${what} authenticationMount`, props.authenticationMount ?? 'kubernetes'),
          role: requireReferenceText(`${what} role`, props.role),
          serviceAccountRef: defined({
            name: accountOf(what, props),
            audiences: audience === undefined ? undefined : [audience],
          }),
        },
      },
    }),
  };
}

/** AWS Secrets Manager, with the role in the annotation of the ServiceAccount. */
export function awsProvider(props: AwsSecretStoreProps): SecretStoreSpecProvider {
  const what = 'SecretStore.awsSecretsManager';
  const { region } = props;
  if (!/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) {
    throw invalid({
      what: `${what} region`,
      value: region,
      because: 'it is the code of a region',
      instead: 'write for example "eu-central-1"',
    });
  }
  return {
    aws: { service: 'SecretsManager', region, auth: { jwt: { serviceAccountRef: { name: accountOf(what, props) } } } },
  };
}

/** Secret Manager of Google Cloud, with Workload Identity of GKE. */
export function gcpProvider(props: GcpSecretStoreProps): SecretStoreSpecProvider {
  const what = 'SecretStore.gcpSecretManager';
  const { projectId } = props;
  if (!/^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(projectId)) {
    throw invalid({
      what: `${what} projectId`,
      value: projectId,
      because: 'the id of a project has 6 to 30 lower-case letters, digits and "-", and begins with a letter',
      instead: 'write the id, and not the name or the number, as `gcloud projects list` prints it',
    });
  }
  return {
    gcpsm: {
      projectID: projectId,
      auth: { workloadIdentity: { serviceAccountRef: { name: accountOf(what, props) } } },
    },
  };
}

/** Azure Key Vault, with Workload Identity. Fields that the API server defaults are written out. */
export function azureProvider(props: AzureSecretStoreProps): SecretStoreSpecProvider {
  const what = 'SecretStore.azureKeyVault';
  const { vaultUrl, tenantId } = props;
  const { hostname, origin } = requireHttps(`${what} vaultUrl`, vaultUrl, 'https://embeddings.vault.azure.net');
  const cloud = Object.entries(AZURE_CLOUDS).find(([domain]) => hostname.endsWith(`.${domain}`));
  if (cloud === undefined) {
    throw invalid({
      what: `${what} vaultUrl`,
      value: vaultUrl,
      because: `a vault is in one of the domains ${Object.keys(AZURE_CLOUDS).join(', ')}`,
      instead: 'write the vault URI as the portal shows it, for example "https://embeddings.vault.azure.net"',
    });
  }
  if (tenantId !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenantId)) {
    throw invalid({
      what: `${what} tenantId`,
      value: tenantId,
      because: 'the id of a tenant is a UUID',
      instead: 'write what `az account show --query tenantId` prints',
    });
  }
  return {
    azurekv: defined({
      vaultUrl: origin,
      authType: 'WorkloadIdentity' as const,
      environmentType: cloud[1],
      tenantId,
      serviceAccountRef: { name: accountOf(what, props) },
    }),
  };
}

function accountOf(what: string, { serviceAccount }: SecretStoreProps): string {
  return requireObjectName(`${what} serviceAccount`, serviceAccount.name);
}

/** The certificates that Vault's own is checked against. */
function authorities(
  what: string,
  { authorities: source, authoritiesKey }: VaultSecretStoreProps,
): { readonly type: 'ConfigMap'; readonly name: string; readonly key: string } | undefined {
  if (source === undefined) {
    if (authoritiesKey !== undefined) {
      throw invalid({
        what: `${what} authoritiesKey`,
        value: authoritiesKey,
        because: 'no ConfigMap is given that could have the key',
        instead: 'write authorities too, or leave it out',
      });
    }
    return undefined;
  }
  return {
    type: 'ConfigMap',
    name: requireObjectName(`${what} authorities`, source.name),
    key: requireConfigMapKey(`${what} authoritiesKey`, authoritiesKey ?? 'ca.crt'),
  };
}

/** Refuses anything but an address: without TLS the token of the account and the secrets would cross the network in clear. */
function requireHttps(what: string, value: string, example: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== 'https:' || !isDnsName(url.hostname) || ![url.origin, `${url.origin}/`].includes(value)) {
    throw invalid({
      what,
      // It may hold a password.
      value: value.includes('@') ? '(hidden)' : value,
      because: 'it is an address with https, a host in lower case, and nothing behind them but a port',
      instead: `write for example "${example}"`,
    });
  }
  return url;
}
