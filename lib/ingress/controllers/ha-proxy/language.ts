import type { ControllerLanguage } from '../../controller-language';
import { addressesIn, annotation, byAnnotation, EVERY_ADDRESS, schemeAnnotation, TRUE } from '../../controller-words';
import { INGRESS } from '../../door-kinds';
import { INGRESS_CLASS, NAME, PREFIX } from './product';

/** What an Ingress says to HAProxy Technologies' controller. */
export const HA_PROXY_LANGUAGE: ControllerLanguage = {
  name: NAME,
  door: INGRESS,
  classes: [INGRESS_CLASS],
  prefix: `${PREFIX}/`,
  rateLimits: [byAnnotation(`${PREFIX}/rate-limit-requests`, { isPositive: true })],
  authentications: [
    {
      how: `the annotations ${PREFIX}/auth-type "basic-auth" and auth-secret`,
      anyOf: [[annotation(`${PREFIX}/auth-type`, { pattern: '^basic-auth$' }), annotation(`${PREFIX}/auth-secret`)]],
    },
  ],
  // The second one is the name of old versions.
  sourceRanges: [addressesIn(`${PREFIX}/allow-list`), addressesIn(`${PREFIX}/whitelist`)],
  timeout: { annotation: `${PREFIX}/timeout-server`, unit: 'ms' },
  redirectSwitches: [`${PREFIX}/ssl-redirect`],
  // A certificate, or an authority, turns on TLS whatever server-ssl says.
  backendSchemes: [
    ...schemeAnnotation(`${PREFIX}/server-ca`, {}),
    ...schemeAnnotation(`${PREFIX}/server-crt`, {}),
    ...schemeAnnotation(`${PREFIX}/server-ssl`, { tls: TRUE, plain: '.' }),
  ],
  bypasses: [
    {
      annotation: `${PREFIX}/rate-limit-whitelist`,
      pattern: EVERY_ADDRESS,
      message: 'no client is limited, because the list has every address',
    },
  ],
  snippetSuffix: '-snippet',
};
