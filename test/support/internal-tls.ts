import { Secret } from 'cdk8s-plus-28';
import { InternalTls } from 'cdk8s-nim';
import { testChart } from './manifests';

/** Looks like a certificate; nobody reads it. */
export const AUTHORITY = '-----BEGIN CERTIFICATE-----\nTUlJQmV4YW1wbGU=\n-----END CERTIFICATE-----\n';

/** A certificate for pods, with everything that any controller needs to check it. */
export const INTERNAL_TLS = InternalTls.fromSecretName('api-certificate', {
  caSecret: Secret.fromSecretName(testChart(), 'authority', 'api-authority'),
  caCertificate: AUTHORITY,
});
