import { recordOf, text } from '../../../common/kinds';
import { type PropTable, required } from '../../../common/props';
import { NGC_SECRET_NAMES_PROPS, type NgcSecretNamesProps } from '../../ngc-credentials-props';

/** Props of `NgcCredentials.fromSecretsStoreCsi`. */
export interface NgcSecretsStoreCsiProps extends NgcSecretNamesProps {
  /** The provider of the driver: `aws`, `azure`, `gcp`, `vault`, … */
  readonly provider: string;
  /** What the provider is told, in its own words: where it reads, as whom, and the entry with the API key. */
  readonly parameters: Record<string, string>;
  /** The file that the provider makes of the API key, as `parameters` name it: `objectName`, `objectAlias`, `fileName` or `path`. */
  readonly objectName: string;
}

export const NGC_SECRETS_STORE_CSI_PROPS: PropTable<NgcSecretsStoreCsiProps> = {
  ...NGC_SECRET_NAMES_PROPS,
  provider: required(text),
  parameters: required(recordOf(text)),
  objectName: required(text),
};
