import type { ControllerLanguage } from '../../controller-language';
import { addressesIn, annotation, byAnnotation, EVERY_ADDRESS, TRUE } from '../../controller-words';
import { INGRESS } from '../../door-kinds';
import { INGRESS_CLASS, NAME, PREFIX } from './product';

const NOBODY_LIMITED = 'no client is limited, because the list has every address';
const PATTERNS = 'paths are regular expressions, also those with pathType Exact';

/** What an Ingress says to the community controller. */
export const INGRESS_NGINX_LANGUAGE: ControllerLanguage = {
  name: NAME,
  door: INGRESS,
  classes: [INGRESS_CLASS],
  prefix: `${PREFIX}/`,
  rateLimits: [
    byAnnotation(`${PREFIX}/limit-rps`, { isPositive: true }),
    byAnnotation(`${PREFIX}/limit-rpm`, { isPositive: true }),
  ],
  authentications: [
    byAnnotation(`${PREFIX}/auth-url`),
    {
      how: `the annotations ${PREFIX}/auth-type and auth-secret`,
      anyOf: [[annotation(`${PREFIX}/auth-type`), annotation(`${PREFIX}/auth-secret`)]],
    },
    {
      how: `the annotation ${PREFIX}/auth-tls-secret, with auth-tls-verify-client "on" or unset`,
      anyOf: [
        [
          annotation(`${PREFIX}/auth-tls-secret`),
          annotation(`${PREFIX}/auth-tls-verify-client`, { pattern: '^on$', isOptional: true }),
        ],
      ],
    },
  ],
  // Two names of one setting.
  sourceRanges: [addressesIn(`${PREFIX}/whitelist-source-range`), addressesIn(`${PREFIX}/allowlist-source-range`)],
  // "All timeout values are unitless": any other text is ignored.
  timeout: { annotation: `${PREFIX}/proxy-read-timeout`, unit: 's', pattern: '^(\\d+)$' },
  bodySizeAnnotation: `${PREFIX}/proxy-body-size`,
  // The second one is from before the controller had a prefix of its own; other controllers took it over.
  redirectSwitches: [`${PREFIX}/ssl-redirect`, 'ingress.kubernetes.io/ssl-redirect'],
  // In letters of any case. "AUTO_HTTP" is the scheme of the client, which is HTTPS where plain HTTP is redirected.
  backendSchemes: [
    {
      path: ['metadata', 'annotations', `${PREFIX}/backend-protocol`],
      tls: '^\\s*([Hh][Tt][Tt][Pp][Ss]|[Gg][Rr][Pp][Cc][Ss]|[Aa][Uu][Tt][Oo]_[Hh][Tt][Tt][Pp])\\s*$',
    },
  ],
  bypasses: [
    {
      annotation: `${PREFIX}/satisfy`,
      pattern: '^any$',
      message: 'a client from an allowed address needs no login',
    },
    { annotation: `${PREFIX}/limit-whitelist`, pattern: EVERY_ADDRESS, message: NOBODY_LIMITED },
    { annotation: `${PREFIX}/limit-allowlist`, pattern: EVERY_ADDRESS, message: NOBODY_LIMITED },
    { annotation: `${PREFIX}/server-alias`, message: 'hosts are served that neither rules nor tls list' },
    { annotation: `${PREFIX}/use-regex`, pattern: TRUE, isForExactPaths: true, message: PATTERNS },
    // It makes regular expressions of the paths as well, because it may name parts of them.
    { annotation: `${PREFIX}/rewrite-target`, isForExactPaths: true, message: PATTERNS },
  ],
  snippetSuffix: '-snippet',
};
