import type { Duration } from 'cdk8s';
import { duration } from '../../../common/cdk8s-kinds';
import { instanceOf } from '../../../common/class-kinds';
import { text } from '../../../common/kinds';
import { optional, type PropTable, required } from '../../../common/props';
import { NGC_SECRET_NAMES_PROPS, type NgcSecretNamesProps } from '../../ngc-credentials-props';
import { type RemoteReference, remoteReference } from './remote-reference';
import { SecretStoreRef } from './secret-store-ref';

/** Props of `NgcCredentials.fromExternalSecrets`. */
export interface NgcExternalSecretsProps extends NgcSecretNamesProps {
  /** The store that the External Secrets Operator reads from. */
  readonly store: SecretStoreRef;
  /**
   * The NGC API key. It feeds both Secrets. Required unless `airGapped`.
   * @default - none
   */
  readonly apiKey?: RemoteReference;
  /**
   * Another key for pulling images, when it is not the one that the pods get.
   * @default - `apiKey`
   */
  readonly pullKey?: RemoteReference;
  /**
   * A ready-made `.dockerconfigjson`, for example for a mirror registry, instead of one made from a key.
   * @default - made from `pullKey` or `apiKey` for nvcr.io
   */
  readonly dockerConfig?: RemoteReference;
  /**
   * How often the operator reads the store. Pods see a new pull secret at the next pull and a new API key at their next
   * start; nothing restarts them.
   * @default Duration.hours(1) - the operator's own
   */
  readonly refreshInterval?: Duration;
  /**
   * The version of the operator, for example `2.5`: 2.3 to 2.6 add a field to every reference (`nullBytePolicy`), which Argo CD
   * then takes for a difference unless it is rendered. Refused: anything below 0.16.
   * @default - any from 0.16 on; the field is left out
   */
  readonly operatorVersion?: string;
}

export const NGC_EXTERNAL_SECRETS_PROPS: PropTable<NgcExternalSecretsProps> = {
  ...NGC_SECRET_NAMES_PROPS,
  store: required(instanceOf(SecretStoreRef)),
  apiKey: optional(remoteReference),
  pullKey: optional(remoteReference),
  dockerConfig: optional(remoteReference),
  refreshInterval: optional(duration),
  operatorVersion: optional(text),
};
