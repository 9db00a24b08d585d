import { enumOf, text } from '../../../common/kinds';
import { optional, type PropTable } from '../../../common/props';
import { NGC_SECRET_NAMES_PROPS, type NgcSecretNamesProps } from '../../ngc-credentials-props';
import { SealingScope } from './sealing-scope';

/** Props of `NgcCredentials.fromSealedSecrets`. */
export interface NgcSealedSecretsProps extends NgcSecretNamesProps {
  /**
   * The NGC API key, sealed: what `kubeseal --raw` prints. Only the cluster that it was sealed for can read it. Required unless
   * `airGapped`.
   * @default - none
   */
  readonly apiKey?: string;
  /**
   * The whole `.dockerconfigjson` of the pull secret, sealed. It cannot be made from the sealed API key: the controller would leave the key in
   * the pull secret too. Required unless `withoutPullSecret`.
   * @default - none
   */
  readonly dockerConfig?: string;
  /**
   * What the values were bound to when they were sealed.
   * @default SealingScope.STRICT
   */
  readonly sealingScope?: SealingScope;
}

export const NGC_SEALED_SECRETS_PROPS: PropTable<NgcSealedSecretsProps> = {
  ...NGC_SECRET_NAMES_PROPS,
  apiKey: optional(text),
  dockerConfig: optional(text),
  sealingScope: optional(enumOf({ SealingScope })),
};
