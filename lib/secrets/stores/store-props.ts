import type { IConfigMap, IServiceAccount } from 'cdk8s-plus-28';
import { configMap, serviceAccount } from '../../common/cdk8s-kinds';
import { enumOf, text } from '../../common/kinds';
import { optional, type PropTable, required } from '../../common/props';
import { VaultKvVersion } from '../vault-kv-version';

/** What every store is told. */
export interface SecretStoreProps {
  /** The ServiceAccount that the operator logs in as, in the namespace of the chart. It exists already; the operator makes tokens for it. */
  readonly serviceAccount: IServiceAccount;
  /**
   * Name of the SecretStore.
   * @default - the id of the construct
   */
  readonly name?: string;
}

/** Props of `SecretStore.vault`. */
export interface VaultSecretStoreProps extends SecretStoreProps {
  /** The address of Vault, with `https`: `https://vault.example.com:8200`. */
  readonly server: string;
  /** The mount of the KV secrets engine. */
  readonly mount: string;
  /**
   * The version of the KV secrets engine.
   * @default VaultKvVersion.V2
   */
  readonly kvVersion?: VaultKvVersion;
  /** The role of Vault's Kubernetes authentication, which the ServiceAccount is bound to. */
  readonly role: string;
  /**
   * The mount of Vault's Kubernetes authentication.
   * @default 'kubernetes' - Vault's own
   */
  readonly authenticationMount?: string;
  /**
   * The audience of the tokens, where the role asks for one.
   * @default - that of the API server
   */
  readonly audience?: string;
  /**
   * The namespace in Vault Enterprise.
   * @default - none
   */
  readonly vaultNamespace?: string;
  /**
   * A ConfigMap of the namespace with the authorities that have signed the certificate of Vault, in PEM.
   * @default - the authorities in the image of the operator
   */
  readonly authorities?: IConfigMap;
  /**
   * The key of `authorities`. Refused without them.
   * @default 'ca.crt'
   */
  readonly authoritiesKey?: string;
}

/**
 * Props of `SecretStore.awsSecretsManager`.
 *
 * @example
 * nim.SecretStore.awsSecretsManager(chart, 'store', {
 *   region: 'eu-central-1',
 *   serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'reader', 'secret-reader'),
 * });
 */
export interface AwsSecretStoreProps extends SecretStoreProps {
  /** The region of the secrets: `eu-central-1`. */
  readonly region: string;
}

/**
 * Props of `SecretStore.gcpSecretManager`.
 *
 * @example
 * nim.SecretStore.gcpSecretManager(chart, 'store', {
 *   projectId: 'embeddings',
 *   serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'reader', 'secret-reader'),
 * });
 */
export interface GcpSecretStoreProps extends SecretStoreProps {
  /** The project of the secrets. */
  readonly projectId: string;
}

/**
 * Props of `SecretStore.azureKeyVault`.
 *
 * @example
 * nim.SecretStore.azureKeyVault(chart, 'store', {
 *   vaultUrl: 'https://embeddings.vault.azure.net',
 *   serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'reader', 'secret-reader'),
 * });
 */
export interface AzureSecretStoreProps extends SecretStoreProps {
  /** The address of the vault: `https://embeddings.vault.azure.net`. */
  readonly vaultUrl: string;
  /**
   * The tenant of the identity. The operator refuses it beside the annotation `azure.workload.identity/tenant-id` of the ServiceAccount.
   * @default - that annotation, or the tenant of the operator
   */
  readonly tenantId?: string;
}

const SECRET_STORE_PROPS: PropTable<SecretStoreProps> = {
  serviceAccount: required(serviceAccount),
  name: optional(text),
};

export const VAULT_SECRET_STORE_PROPS: PropTable<VaultSecretStoreProps> = {
  ...SECRET_STORE_PROPS,
  server: required(text),
  mount: required(text),
  kvVersion: optional(enumOf({ VaultKvVersion })),
  role: required(text),
  authenticationMount: optional(text),
  audience: optional(text),
  vaultNamespace: optional(text),
  authorities: optional(configMap),
  authoritiesKey: optional(text),
};

export const AWS_SECRET_STORE_PROPS: PropTable<AwsSecretStoreProps> = {
  ...SECRET_STORE_PROPS,
  region: required(text),
};

export const GCP_SECRET_STORE_PROPS: PropTable<GcpSecretStoreProps> = {
  ...SECRET_STORE_PROPS,
  projectId: required(text),
};

export const AZURE_SECRET_STORE_PROPS: PropTable<AzureSecretStoreProps> = {
  ...SECRET_STORE_PROPS,
  vaultUrl: required(text),
  tenantId: optional(text),
};
