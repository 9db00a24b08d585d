import { tlsMinimumVersion } from '../../lib/rules/tls-minimum-version';
import { behind, envoyPolicy, ingressWith, testRule, traefik } from '../support/rules';

const SSL_POLICY = 'alb.ingress.kubernetes.io/ssl-policy';
const SSL_POLICY_FIELD = `Ingress: metadata.annotations["${SSL_POLICY}"]`;

testRule(tlsMinimumVersion, {
  accepts: {
    'a TLSOption with 1.2': traefik('TLSOption', 'tls', { minVersion: 'VersionTLS12' }),
    'a TLSOption that says nothing, which is 1.2': traefik('TLSOption', 'tls', {}),
    'a ClientTrafficPolicy with 1.3': envoyPolicy('ClientTrafficPolicy', { tls: { minVersion: '1.3' } }),
    'a load balancer with 1.2': behind(ingressWith({ [SSL_POLICY]: 'ELBSecurityPolicy-TLS13-1-2-2021-06' })),
    'a load balancer with 1.3': behind(ingressWith({ [SSL_POLICY]: 'ELBSecurityPolicy-TLS13-1-3-2021-06' })),
  },
  refuses: {
    'a TLSOption with 1.0': [traefik('TLSOption', 'tls', { minVersion: 'VersionTLS10' }), 'TLSOption: spec.minVersion'],
    'a ClientTrafficPolicy with 1.1': [
      envoyPolicy('ClientTrafficPolicy', { tls: { minVersion: '1.1' } }),
      'ClientTrafficPolicy: spec.tls.minVersion',
    ],
    'a load balancer that says nothing': [
      behind(ingressWith({ 'alb.ingress.kubernetes.io/scheme': 'internal' })),
      SSL_POLICY_FIELD,
    ],
    'a load balancer with 1.1': [
      behind(ingressWith({ [SSL_POLICY]: 'ELBSecurityPolicy-TLS13-1-1-2021-06' })),
      SSL_POLICY_FIELD,
    ],
  },
});
