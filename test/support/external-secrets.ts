import { NgcCredentials, type NgcExternalSecretsProps, SecretStoreRef } from 'cdk8s-nim';
import { testChart } from './manifests';

export const storeAndKey: NgcExternalSecretsProps = {
  store: SecretStoreRef.cluster('vault'),
  apiKey: { key: 'nvidia/ngc', property: 'api-key' },
};

export function externalSecrets(props: Partial<NgcExternalSecretsProps> = {}): NgcCredentials {
  return NgcCredentials.fromExternalSecrets(testChart(), 'ngc', { ...storeAndKey, ...props });
}

/** `fromExternalSecrets` with exactly these props beside the store. */
export function fromStore(props: Omit<NgcExternalSecretsProps, 'store'>): NgcCredentials {
  return NgcCredentials.fromExternalSecrets(testChart(), 'ngc', { store: storeAndKey.store, ...props });
}
