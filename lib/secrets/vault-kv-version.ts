/**
 * The versions of Vault's KV secrets engine.
 *
 * @example
 * nim.NgcCredentials.fromVaultSecretsOperator(chart, 'ngc', {
 *   mount: 'secret',
 *   kvVersion: nim.VaultKvVersion.V1,
 *   apiKey: { path: 'nvidia/ngc', field: 'api-key' },
 * });
 */
export enum VaultKvVersion {
  /** Without versions of its entries. */
  V1 = 'kv-v1',
  /** With versions of its entries; what Vault makes by default. */
  V2 = 'kv-v2',
}
