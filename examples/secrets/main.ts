import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, YamlOutputType } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-28';
import {
  ConnectionString,
  EmbeddingModel,
  NgcCredentials,
  Peer,
  SecretStore,
  TextEmbeddingNim,
  type TextEmbeddingNimProps,
} from 'cdk8s-nim';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

/** The same NIM in a namespace of its own for each way to its Secrets; a cluster has one of them. */
function embeddings(
  name: string,
  secretsIn: (chart: Chart) => Pick<TextEmbeddingNimProps, 'credentials' | 'secretEnv'>,
): void {
  const chart = new Chart(app, name, { namespace: `embeddings-${name}` });
  new TextEmbeddingNim(chart, 'text-embedding', {
    model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
    clients: [Peer.pods({ labels: { 'app.kubernetes.io/name': 'retriever' }, namespace: 'rag' })],
    ...secretsIn(chart),
  });
}

// External Secrets, with a store of the team's own: the operator logs in to Vault as a ServiceAccount, so no credential is stored.
embeddings('eso', (chart) => {
  const { ref: store } = SecretStore.vault(chart, 'vault', {
    server: 'https://vault.example.com:8200',
    mount: 'kv',
    role: 'embeddings',
    serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'reader', 'secret-reader'),
  });
  // A URL whose user and password stay in Vault, for programs that take it in one variable.
  const database = ConnectionString.fromExternalSecrets(chart, 'vector-database', {
    store,
    scheme: 'postgresql',
    host: 'database.data.svc',
    port: 5432,
    path: 'vectors',
    parameters: { sslmode: 'verify-full' },
    user: { key: 'data/vectors', property: 'user' },
    password: { key: 'data/vectors', property: 'password' },
  });
  return {
    credentials: NgcCredentials.fromExternalSecrets(chart, 'ngc', {
      store,
      apiKey: { key: 'nvidia/ngc', property: 'api-key' },
    }),
    secretEnv: { VECTOR_DATABASE_URL: database.value },
  };
});

// HashiCorp's operator reads Vault, and makes both Secrets from one field of one entry.
embeddings('vault', (chart) => ({
  credentials: NgcCredentials.fromVaultSecretsOperator(chart, 'ngc', {
    vaultAuth: 'nim',
    mount: 'kv',
    apiKey: { path: 'nvidia/ngc', field: 'api-key' },
  }),
}));

/** A value that kubeseal has sealed for one cluster, for the name of one Secret in one namespace. */
const sealedFile = (name: string): string => readFileSync(join(__dirname, 'sealed', name), 'utf8').trim();

// No secret manager: the values are in Git, and only the controller in the cluster can decrypt them.
embeddings('sealed', (chart) => ({
  credentials: NgcCredentials.fromSealedSecrets(chart, 'ngc', {
    apiKey: sealedFile('ngc-api-key'),
    dockerConfig: sealedFile('docker-config'),
  }),
}));

// The pods mount the key, and so the driver makes the Secret with it. The pull secret comes from elsewhere.
embeddings('csi', (chart) => ({
  credentials: NgcCredentials.fromSecretsStoreCsi(chart, 'ngc', {
    provider: 'azure',
    parameters: {
      keyvaultName: 'embeddings',
      tenantId: '00000000-0000-0000-0000-000000000000',
      clientID: '11111111-1111-1111-1111-111111111111',
      objects: 'array:\n  - |\n    objectName: ngc-api-key\n    objectType: secret\n',
    },
    objectName: 'ngc-api-key',
    pullSecretName: 'ngc-secret',
  }),
}));

app.synth();
