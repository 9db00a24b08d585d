import type { Duration } from 'cdk8s';
import { duration } from '../../../common/cdk8s-kinds';
import { enumOf, text } from '../../../common/kinds';
import { optional, type PropTable, required } from '../../../common/props';
import { NGC_SECRET_NAMES_PROPS, type NgcSecretNamesProps } from '../../ngc-credentials-props';
import { VaultKvVersion } from '../../vault-kv-version';
import { vaultSecretReference, type VaultSecretReference } from './vault-reference';

/** Props of `NgcCredentials.fromVaultSecretsOperator`. */
export interface NgcVaultSecretsOperatorProps extends NgcSecretNamesProps {
  /** The mount of the KV secrets engine. */
  readonly mount: string;
  /**
   * The version of the KV secrets engine.
   * @default VaultKvVersion.V2
   */
  readonly kvVersion?: VaultKvVersion;
  /**
   * The VaultAuth that logs in: its name in the namespace of the chart, or `namespace/name`.
   * @default - the VaultAuth `default` in the namespace of the operator
   */
  readonly vaultAuth?: string;
  /**
   * The NGC API key. It feeds both Secrets. Required unless `airGapped`.
   * @default - none
   */
  readonly apiKey?: VaultSecretReference;
  /**
   * Another key for pulling images, when it is not the one that the pods get.
   * @default - `apiKey`
   */
  readonly pullKey?: VaultSecretReference;
  /**
   * A ready-made `.dockerconfigjson`, for example for a mirror registry, instead of one made from a key.
   * @default - made from `pullKey` or `apiKey` for nvcr.io
   */
  readonly dockerConfig?: VaultSecretReference;
  /**
   * How often the operator reads Vault. Pods see a new pull secret at the next pull and a new API key at their next start;
   * nothing restarts them.
   * @default Duration.hours(1) - as with the External Secrets Operator; the operator itself has none
   */
  readonly refreshAfter?: Duration;
}

export const NGC_VAULT_SECRETS_OPERATOR_PROPS: PropTable<NgcVaultSecretsOperatorProps> = {
  ...NGC_SECRET_NAMES_PROPS,
  mount: required(text),
  kvVersion: optional(enumOf({ VaultKvVersion })),
  vaultAuth: optional(text),
  apiKey: optional(vaultSecretReference),
  pullKey: optional(vaultSecretReference),
  dockerConfig: optional(vaultSecretReference),
  refreshAfter: optional(duration),
};
