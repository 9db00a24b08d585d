import type { ControllerLanguage } from '../../controller-language';
import { addressesIn, annotation, byAnnotation, schemeAnnotation } from '../../controller-words';
import { INGRESS } from '../../door-kinds';
import { INGRESS_CLASS, NAME, PREFIX } from './product';

/** What an Ingress says to the AWS Load Balancer Controller. */
export const AWS_ALB_LANGUAGE: ControllerLanguage = {
  name: NAME,
  door: INGRESS,
  classes: [INGRESS_CLASS],
  prefix: `${PREFIX}/`,
  rateLimits: [byAnnotation(`${PREFIX}/wafv2-acl-arn`), byAnnotation(`${PREFIX}/wafv2-acl-name`)],
  authentications: [
    ...['oidc', 'cognito'].map((provider) => ({
      how: `the annotations ${PREFIX}/auth-type "${provider}" and auth-idp-${provider}`,
      anyOf: [
        [annotation(`${PREFIX}/auth-type`, { pattern: `^${provider}$` }), annotation(`${PREFIX}/auth-idp-${provider}`)],
      ],
    })),
    byAnnotation(`${PREFIX}/jwt-validation`),
    byAnnotation(`${PREFIX}/mutual-authentication`, { pattern: '"mode"\\s*:\\s*"verify"' }),
  ],
  sourceRanges: [addressesIn(`${PREFIX}/inbound-cidrs`)],
  timeout: {
    annotation: `${PREFIX}/load-balancer-attributes`,
    unit: 's',
    pattern: 'idle_timeout\\.timeout_seconds=(\\d+)',
  },
  listenPorts: {
    annotation: `${PREFIX}/listen-ports`,
    https: '"HTTPS"',
    plain: '"HTTP"',
    certificateAnnotation: `${PREFIX}/certificate-arn`,
    redirectAnnotation: `${PREFIX}/ssl-redirect`,
  },
  minimumTls: [
    {
      kind: INGRESS,
      path: ['metadata', 'annotations', `${PREFIX}/ssl-policy`],
      // Every name but those of the policies of Elastic Load Balancing that refuse TLS below 1.2.
      tooLow: '^(?!ELBSecurityPolicy-(TLS13-1-[23]-|FS-1-2-|TLS-1-2-))',
      unset: "the controller's default, ELBSecurityPolicy-2016-08,",
    },
  ],
  backendSchemes: schemeAnnotation(`${PREFIX}/backend-protocol`, { tls: '^HTTPS$', plain: '^HTTP$' }),
  actionPort: 'use-annotation',
  bypasses: [
    {
      annotation: `${PREFIX}/auth-on-unauthenticated-request`,
      pattern: '^allow$',
      message: 'requests without a login are let through',
    },
  ],
};
