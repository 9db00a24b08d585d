import type { ControllerLanguage } from '../../controller-language';
import { byAnnotation, TRUE } from '../../controller-words';
import { INGRESS } from '../../door-kinds';
import { INGRESS_CLASS, NAME, PREFIX } from './product';

const POLICY = 'k8s.nginx.org/Policy';

/** What Ingresses and Policy objects say to the F5 NGINX Ingress Controller. */
export const F5_NGINX_LANGUAGE: ControllerLanguage = {
  name: NAME,
  door: INGRESS,
  classes: [INGRESS_CLASS],
  prefix: `${PREFIX}/`,
  kinds: [POLICY],
  references: [{ annotation: `${PREFIX}/policies`, kind: POLICY }],
  rateLimits: [byAnnotation(`${PREFIX}/limit-req-rate`, { pattern: '^[1-9]\\d*r/[sm]$' })],
  authentications: [
    byAnnotation(`${PREFIX}/basic-auth-secret`),
    // NGINX Plus
    byAnnotation('nginx.com/jwt-key'),
    { how: 'a Policy with externalAuth', kind: POLICY, anyOf: [[{ path: ['spec', 'externalAuth', 'authURI'] }]] },
    {
      how: 'a Policy with ingressMTLS that asks every client',
      kind: POLICY,
      anyOf: [
        [
          { path: ['spec', 'ingressMTLS'] },
          { path: ['spec', 'ingressMTLS', 'verifyClient'], pattern: '^on$', isOptional: true },
        ],
      ],
    },
  ],
  sourceRanges: [{ kind: POLICY, path: ['spec', 'accessControl', 'allow'] }],
  timeout: { annotation: `${PREFIX}/proxy-read-timeout`, unit: 's' },
  bodySizeAnnotation: `${PREFIX}/client-max-body-size`,
  redirectSwitches: [`${PREFIX}/ssl-redirect`],
  backendSchemes: [{ path: ['metadata', 'annotations', `${PREFIX}/ssl-services`], isListOfServices: true }],
  bypasses: [
    {
      annotation: `${PREFIX}/limit-req-dry-run`,
      pattern: TRUE,
      message: 'requests above the limit are only counted',
    },
    {
      annotation: `${PREFIX}/path-regex`,
      pattern: '^case_(in)?sensitive$',
      isForExactPaths: true,
      message: 'paths are regular expressions, also those with pathType Exact',
    },
  ],
  snippetSuffix: '-snippets',
};
