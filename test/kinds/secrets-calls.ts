import type { Chart } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-28';
import * as nim from 'cdk8s-nim';
import { text } from '../../lib/common/kinds';
import { NGC_EXTERNAL_SECRETS_PROPS } from '../../lib/secrets/backends/external-secrets/props';
import { NGC_SEALED_SECRETS_PROPS } from '../../lib/secrets/backends/sealed-secrets/props';
import { NGC_SECRETS_STORE_CSI_PROPS } from '../../lib/secrets/backends/secrets-store-csi/props';
import { NGC_VAULT_SECRETS_OPERATOR_PROPS } from '../../lib/secrets/backends/vault-secrets-operator/props';
import { CONNECTION_STRING_PROPS } from '../../lib/secrets/connection-string/props';
import { NGC_SECRET_NAMES_PROPS } from '../../lib/secrets/ngc-credentials-props';
import * as stores from '../../lib/secrets/stores/store-props';
import { sealed } from '../support/sealed';
import { type Arguments, call, place, props } from './arguments';

const account = (chart: Chart): stores.SecretStoreProps => ({
  serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'sa', 'reader'),
});

/** What makes Secrets, or refers to them. */
export const SECRETS_CALLS: Record<string, Arguments> = {
  'SecretStoreRef.cluster': call([text, 'vault']),
  'SecretStoreRef.namespaced': call([text, 'vault']),
  'NgcCredentials.fromSecretNames': (chart) => [...place(chart), props(NGC_SECRET_NAMES_PROPS)],
  'NgcCredentials.fromExternalSecrets': (chart) => [
    ...place(chart),
    props(NGC_EXTERNAL_SECRETS_PROPS, {
      store: nim.SecretStoreRef.cluster('vault'),
      apiKey: { key: 'nvidia/ngc' },
    }),
  ],
  'SecretStore.vault': (chart) => [
    ...place(chart),
    props(stores.VAULT_SECRET_STORE_PROPS, {
      ...account(chart),
      server: 'https://vault.example.com',
      mount: 'kv',
      role: 'nim',
    }),
  ],
  'SecretStore.awsSecretsManager': (chart) => [
    ...place(chart),
    props(stores.AWS_SECRET_STORE_PROPS, { ...account(chart), region: 'eu-central-1' }),
  ],
  'SecretStore.gcpSecretManager': (chart) => [
    ...place(chart),
    props(stores.GCP_SECRET_STORE_PROPS, { ...account(chart), projectId: 'embeddings' }),
  ],
  'SecretStore.azureKeyVault': (chart) => [
    ...place(chart),
    props(stores.AZURE_SECRET_STORE_PROPS, { ...account(chart), vaultUrl: 'https://embeddings.vault.azure.net' }),
  ],
  'ConnectionString.fromExternalSecrets': (chart) => [
    ...place(chart),
    props(CONNECTION_STRING_PROPS, {
      store: nim.SecretStoreRef.cluster('vault'),
      scheme: 'postgresql',
      host: 'database.data.svc',
      password: { key: 'data/vectors' },
    }),
  ],
  'NgcCredentials.fromVaultSecretsOperator': (chart) => [
    ...place(chart),
    props(NGC_VAULT_SECRETS_OPERATOR_PROPS, { mount: 'kv', apiKey: { path: 'nvidia/ngc', field: 'api-key' } }),
  ],
  'NgcCredentials.fromSealedSecrets': (chart) => [
    ...place(chart),
    props(NGC_SEALED_SECRETS_PROPS, { apiKey: sealed(), dockerConfig: sealed() }),
  ],
  'NgcCredentials.fromSecretsStoreCsi': (chart) => [
    ...place(chart),
    props(NGC_SECRETS_STORE_CSI_PROPS, {
      provider: 'vault',
      parameters: { objects: 'ngc-key' },
      objectName: 'ngc-key',
      withoutPullSecret: true,
    }),
  ],
};
