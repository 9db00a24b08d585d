import { expect, it } from 'vitest';
import { tlsMinimumVersion } from '../../../lib/guardrails/rules/tls-minimum-version';
import { alone, behind, check, envoyPolicy, ingressWith, testRule, traefik, withField } from '../../support/rules';

const SSL_POLICY = 'alb.ingress.kubernetes.io/ssl-policy';
const SSL_POLICY_FIELD = `Ingress: metadata.annotations["${SSL_POLICY}"]`;

testRule(tlsMinimumVersion, {
  accepts: {
    'a TLSOption with 1.2': traefik('TLSOption', 'tls', { minVersion: 'VersionTLS12' }),
    'a TLSOption that says nothing, which is 1.2': traefik('TLSOption', 'tls', {}),
    'another kind with fields of these names': alone('example.com/v1', 'Gadget', {
      spec: { minVersion: 'VersionTLS10', tls: { minVersion: '1.0' } },
    }),
    'a ClientTrafficPolicy with 1.3': envoyPolicy('ClientTrafficPolicy', { tls: { minVersion: '1.3' } }),
    'annotations of a load balancer that nobody reads': behind(
      withField(ingressWith({ [SSL_POLICY]: 'ELBSecurityPolicy-2016-08' }), ['spec', 'ingressClassName'], 'nginx'),
    ),
    'a load balancer with 1.2': behind(ingressWith({ [SSL_POLICY]: 'ELBSecurityPolicy-TLS13-1-2-2021-06' })),
    'a load balancer with an older policy for 1.2': behind(
      ingressWith({ [SSL_POLICY]: 'ELBSecurityPolicy-TLS-1-2-Ext-2018-06' }),
    ),
    'a load balancer with forward secrecy and 1.2': behind(
      ingressWith({ [SSL_POLICY]: 'ELBSecurityPolicy-FS-1-2-Res-2019-08' }),
    ),
    'a load balancer with 1.3': behind(ingressWith({ [SSL_POLICY]: 'ELBSecurityPolicy-TLS13-1-3-2021-06' })),
  },
  refuses: {
    'a TLSOption with 1.0': [traefik('TLSOption', 'tls', { minVersion: 'VersionTLS10' }), 'TLSOption: spec.minVersion'],
    'a TLSOption with 1.1': [traefik('TLSOption', 'tls', { minVersion: 'VersionTLS11' }), 'TLSOption: spec.minVersion'],
    ...Object.fromEntries(
      ['1.0', '1.1', 'Auto'].map((minVersion) => [
        `a ClientTrafficPolicy with ${minVersion}`,
        [envoyPolicy('ClientTrafficPolicy', { tls: { minVersion } }), 'ClientTrafficPolicy: spec.tls.minVersion'],
      ]),
    ),
    'a load balancer that says nothing': [
      behind(ingressWith({ 'alb.ingress.kubernetes.io/scheme': 'internal' })),
      SSL_POLICY_FIELD,
    ],
    'a load balancer that only its class tells': [
      behind(withField(ingressWith({}), ['spec', 'ingressClassName'], 'alb')),
      SSL_POLICY_FIELD,
    ],
    'a load balancer with a policy of another name': [
      behind(ingressWith({ [SSL_POLICY]: 'old-ELBSecurityPolicy-TLS13-1-2-2021-06' })),
      SSL_POLICY_FIELD,
    ],
    'a load balancer with 1.1': [
      behind(ingressWith({ [SSL_POLICY]: 'ELBSecurityPolicy-TLS13-1-1-2021-06' })),
      SSL_POLICY_FIELD,
    ],
  },
});

it.each([
  [{ [SSL_POLICY]: 'ELBSecurityPolicy-2016-08' }, 'ELBSecurityPolicy-2016-08'],
  [{ 'alb.ingress.kubernetes.io/scheme': 'internal' }, "the controller's default, ELBSecurityPolicy-2016-08,"],
])('the message about the load balancer of %j names %s', (annotations, policy) => {
  const { findings } = check(behind(ingressWith(annotations)), {}, [tlsMinimumVersion]);
  expect(findings.map(({ message }) => message)).toEqual([`${policy} takes clients below TLS 1.2`]);
});
