import { flag, text } from '../common/kinds';
import { optional, type PropTable } from '../common/props';

/** Names and choices that every way to give credentials shares. */
export interface NgcSecretNamesProps {
  /**
   * Name of the image pull secret (type `kubernetes.io/dockerconfigjson`).
   * @default 'ngc-secret' - NVIDIA's security page for the NIM
   */
  readonly pullSecretName?: string;
  /**
   * Name of the Secret with the NGC API key.
   * @default 'ngc-api-secret' - NVIDIA's security page for the NIM; NVIDIA's Helm charts say 'ngc-api'
   */
  readonly apiKeySecretName?: string;
  /**
   * Key of the NGC API key in its Secret.
   * @default 'NGC_API_KEY'
   */
  readonly apiKeySecretKey?: string;
  /**
   * The pods never reach NGC: they get no API key, and take the model from a filled cache. A NIM that has a key tries to
   * log in, and fails without a connection.
   * @default false
   */
  readonly airGapped?: boolean;
  /**
   * Pull the images without a pull secret, from a registry that needs no login (or with the node's own credentials).
   * @default false
   */
  readonly withoutPullSecret?: boolean;
}

export const NGC_SECRET_NAMES_PROPS: PropTable<NgcSecretNamesProps> = {
  pullSecretName: optional(text),
  apiKeySecretName: optional(text),
  apiKeySecretKey: optional(text),
  airGapped: optional(flag),
  withoutPullSecret: optional(flag),
};
