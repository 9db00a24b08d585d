import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { sourceRangesOf } from '../../lib/manifests/source-ranges';
import { alone, behind, envoyPolicy, httpRoute, ingressWith, openShiftRoute, traefik } from '../support/rules';

const F5_POLICY = alone('k8s.nginx.org/v1', 'Policy', {
  spec: { accessControl: { allow: ['10.0.0.0/8', '192.0.2.1'] } },
});

function ranges(door: Manifest, ...others: (readonly Manifest[])[]): string[] {
  return sourceRangesOf(door, new Manifests(behind(door, ...others)));
}

describe('the addresses that a front door lets in are read', () => {
  it.each<[string, Manifest, (readonly Manifest[])[]]>([
    [
      'from an annotation with commas and spaces',
      ingressWith({ 'nginx.ingress.kubernetes.io/whitelist-source-range': '10.0.0.0/8, 192.0.2.1' }),
      [],
    ],
    [
      'from an annotation with spaces',
      openShiftRoute({}, { 'haproxy.router.openshift.io/ip_allowlist': '10.0.0.0/8 192.0.2.1' }),
      [],
    ],
    ['from a Policy that it names', ingressWith({ 'nginx.org/policies': 'alone' }), [F5_POLICY]],
    [
      'from a Middleware that it names',
      ingressWith({ 'traefik.ingress.kubernetes.io/router.middlewares': 'embeddings-office@kubernetescrd' }),
      [traefik('Middleware', 'office', { ipAllowList: { sourceRange: ['10.0.0.0/8', '192.0.2.1'] } })],
    ],
    [
      'from every rule of a policy that points at it',
      httpRoute(),
      [
        envoyPolicy('SecurityPolicy', {
          authorization: {
            rules: [
              { principal: { clientCIDRs: ['10.0.0.0/8'] } },
              { principal: { jwt: {} } },
              { principal: { clientCIDRs: ['192.0.2.1'] } },
            ],
          },
        }),
      ],
    ],
  ])('%s', (_, door, others) => {
    expect(ranges(door, ...others)).toEqual(['10.0.0.0/8', '192.0.2.1']);
  });

  it('and are none where it asks for none, or names what is not there', () => {
    expect(ranges(ingressWith({}))).toEqual([]);
    expect(ranges(ingressWith({ 'nginx.org/policies': 'elsewhere' }), F5_POLICY)).toEqual([]);
  });

  it('and no word of a controller that does not read its class', () => {
    const door = ingressWith({ 'nginx.ingress.kubernetes.io/whitelist-source-range': '10.0.0.0/8' });
    const ofTraefik = { ...door, spec: { ...(door['spec'] as object), ingressClassName: 'traefik' } };
    expect(ranges(ofTraefik)).toEqual([]);
  });

  it('and nothing that is no text', () => {
    const policy = alone('k8s.nginx.org/v1', 'Policy', { spec: { accessControl: { allow: ['192.0.2.1', 7, ''] } } });
    expect(ranges(ingressWith({ 'nginx.org/policies': 'alone' }), policy)).toEqual(['192.0.2.1']);
  });
});
