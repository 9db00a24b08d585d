import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import {
  SecretStore as SecretStoreKind,
  type SecretStoreSpecProvider,
} from '../../../imports/external-secrets.io-secretstore';
import { addObject, namespaceOf } from '../../common/api-object';
import { requirePlace } from '../../common/cdk8s-kinds';
import { requireProps } from '../../common/props';
import { SecretStoreRef } from '../backends/external-secrets/secret-store-ref';
import { secretLabels } from '../labels';
import { awsProvider, azureProvider, gcpProvider, vaultProvider } from './providers';
import {
  AWS_SECRET_STORE_PROPS,
  type AwsSecretStoreProps,
  AZURE_SECRET_STORE_PROPS,
  type AzureSecretStoreProps,
  GCP_SECRET_STORE_PROPS,
  type GcpSecretStoreProps,
  type SecretStoreProps,
  VAULT_SECRET_STORE_PROPS,
  type VaultSecretStoreProps,
} from './store-props';

/**
 * A SecretStore of the External Secrets Operator (0.16 and newer) for one namespace. The operator logs in as a ServiceAccount, so that no
 * credential is stored that could be stolen. A store for several namespaces is the platform team's: `SecretStoreRef.cluster`.
 *
 * @example
 * const store = nim.SecretStore.vault(chart, 'team-vault', {
 *   server: 'https://vault.example.com:8200',
 *   mount: 'kv',
 *   role: 'embeddings',
 *   serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'reader', 'secret-reader'),
 * });
 * nim.NgcCredentials.fromExternalSecrets(chart, 'ngc', {
 *   store: store.ref,
 *   apiKey: { key: 'nvidia/ngc', property: 'api-key' },
 * });
 */
export class SecretStore extends Construct {
  /** The KV secrets engine of Vault, with Vault's Kubernetes authentication. An entry's `key` is its path below the mount. */
  public static vault(scope: Construct, id: string, props: VaultSecretStoreProps): SecretStore {
    requireProps('SecretStore.vault', props, VAULT_SECRET_STORE_PROPS);
    return new SecretStore(scope, id, props, vaultProvider(props));
  }

  /**
   * AWS Secrets Manager, with the role that the ServiceAccount names in its annotation `eks.amazonaws.com/role-arn`. An entry's `key` is its
   * name or ARN.
   */
  public static awsSecretsManager(scope: Construct, id: string, props: AwsSecretStoreProps): SecretStore {
    requireProps('SecretStore.awsSecretsManager', props, AWS_SECRET_STORE_PROPS);
    return new SecretStore(scope, id, props, awsProvider(props));
  }

  /**
   * Secret Manager of Google Cloud on GKE, with Workload Identity of the ServiceAccount. The operator asks the metadata server for the
   * cluster. An entry's `key` is its name.
   */
  public static gcpSecretManager(scope: Construct, id: string, props: GcpSecretStoreProps): SecretStore {
    requireProps('SecretStore.gcpSecretManager', props, GCP_SECRET_STORE_PROPS);
    return new SecretStore(scope, id, props, gcpProvider(props));
  }

  /**
   * Azure Key Vault, with the identity that the ServiceAccount names in its annotation `azure.workload.identity/client-id`. An entry's `key`
   * is its name.
   */
  public static azureKeyVault(scope: Construct, id: string, props: AzureSecretStoreProps): SecretStore {
    requireProps('SecretStore.azureKeyVault', props, AZURE_SECRET_STORE_PROPS);
    return new SecretStore(scope, id, props, azureProvider(props));
  }

  /** The store, for `NgcCredentials.fromExternalSecrets` and `ConnectionString.fromExternalSecrets`. */
  public readonly ref: SecretStoreRef;
  /** The SecretStore. */
  public readonly object: ApiObject;
  /** The namespace of the store: it is found there only. */
  public readonly namespace: string;

  private constructor(
    scope: Construct,
    id: string,
    { name = id }: SecretStoreProps,
    provider: SecretStoreSpecProvider,
  ) {
    super(...requirePlace('SecretStore', scope, id));
    this.namespace = namespaceOf(this);
    this.ref = SecretStoreRef.namespaced(name);
    this.object = addObject(this, 'Default', SecretStoreKind, {
      metadata: { name, labels: secretLabels('secret-store') },
      spec: { provider },
    });
  }
}
