import { describe, expect, it } from 'vitest';
import { unknownFrontDoor } from '../../../lib/guardrails/rules/unknown-front-door';
import { nimObjects, violations } from '../../support/rules';

const SERVICE = 'text-embedding';

function against(spec: object, kind = 'traefik.io/v1alpha1 IngressRoute', namespace = 'embeddings'): string[] {
  const [apiVersion = '', name = ''] = kind.split(' ');
  const object = { apiVersion, kind: name, metadata: { name: 'side-door', namespace }, spec };
  return violations(unknownFrontDoor, [...nimObjects(), object]);
}

describe('unknown-front-door', () => {
  it('is silent about a NIM', () => {
    expect(violations(unknownFrontDoor, nimObjects())).toEqual([]);
  });

  it.each([
    [
      'traefik.io/v1alpha1 IngressRoute',
      { routes: [{ match: 'PathPrefix(`/`)', services: [{ name: SERVICE, port: 8000 }] }] },
      'spec.routes[0].services[0].name',
    ],
    [
      'k8s.nginx.org/v1 VirtualServer',
      { upstreams: [{ name: 'nim', service: SERVICE, port: 8000 }] },
      'spec.upstreams[0].service',
    ],
    [
      'gateway.networking.k8s.io/v1alpha2 TCPRoute',
      { rules: [{ backendRefs: [{ name: SERVICE, port: 8000 }] }] },
      'spec.rules[0].backendRefs[0].name',
    ],
    [
      'elbv2.k8s.aws/v1beta1 TargetGroupBinding',
      { serviceRef: { name: SERVICE, port: 'http-api' } },
      'spec.serviceRef.name',
    ],
    [
      'extensions/v1beta1 Ingress',
      { backend: { serviceName: SERVICE, servicePort: 8000 } },
      'spec.backend.serviceName',
    ],
    [
      'networking.istio.io/v1 VirtualService',
      { http: [{ route: [{ destination: { host: `${SERVICE}.embeddings.svc.cluster.local` } }] }] },
      'spec.http[0].route[0].destination.host',
    ],
  ])('finds the door that a %s opens', (kind, spec, field) => {
    expect(against(spec, kind)).toEqual([`${kind.split(' ')[1]}: ${field}`]);
  });

  it('finds a door in another namespace', () => {
    const service = { name: SERVICE, namespace: 'embeddings', port: 8000 };
    expect(against({ services: [service] }, undefined, 'gateways')).toEqual(['IngressRoute: spec.services[0].name']);
  });

  it.each([
    ['the Service of the same name in its own namespace', { services: [{ name: SERVICE, port: 8000 }] }, 'other'],
    ['another Service', { services: [{ name: 'other', port: 8000 }] }, 'embeddings'],
    ['another object of that name', { scaleTargetRef: { name: SERVICE } }, 'embeddings'],
    ['a label of an alert', { rules: [{ labels: { service: SERVICE } }] }, 'embeddings'],
    [
      'what only tunes connections',
      { host: `${SERVICE}.embeddings.svc.cluster.local`, trafficPolicy: {} },
      'embeddings',
    ],
    ['a policy that limits them', { toServices: [{ k8sService: { serviceName: SERVICE } }] }, 'embeddings'],
    ['a label of that text', { selector: { matchLabels: { instance: SERVICE } } }, 'embeddings'],
  ])('is silent about %s', (_, spec, namespace) => {
    expect(against(spec, undefined, namespace)).toEqual([]);
  });

  it('is silent about a Service without a selector, which has none of the pods beside it', () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'database', namespace: 'embeddings' },
      spec: {},
    };
    const door = {
      apiVersion: 'traefik.io/v1alpha1',
      kind: 'IngressRoute',
      metadata: { name: 'door', namespace: 'embeddings' },
    };
    const objects = [...nimObjects(), service, { ...door, services: [{ name: 'database', port: 5432 }] }];
    expect(violations(unknownFrontDoor, objects)).toEqual([]);
  });

  it('is silent about the Service of what is no NIM', () => {
    const objects = nimObjects().filter(({ kind }) => kind === 'Service');
    const door = {
      apiVersion: 'traefik.io/v1alpha1',
      kind: 'IngressRoute',
      metadata: { name: 'door', namespace: 'embeddings' },
    };
    expect(violations(unknownFrontDoor, [...objects, { ...door, services: [{ name: SERVICE, port: 8000 }] }])).toEqual(
      [],
    );
  });
});
