import { describe, expect, it } from 'vitest';
import type { ControllerLanguage } from '../../lib/ingress/controller-language';
import { AWS_ALB } from '../../lib/ingress/controllers/aws-alb';
import { ENVOY_GATEWAY } from '../../lib/ingress/controllers/envoy-gateway';
import { F5_NGINX } from '../../lib/ingress/controllers/f5-nginx';
import { GATEWAY_API } from '../../lib/ingress/controllers/gateway-api';
import { INGRESS_NGINX } from '../../lib/ingress/controllers/ingress-nginx';
import { TRAEFIK } from '../../lib/ingress/controllers/traefik';
import { INGRESS } from '../../lib/ingress/door-kinds';
import { callsOf } from '../../lib/manifests/backend-schemes';
import type { Backend } from '../../lib/manifests/front-doors';
import type { Manifest } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { object } from '../support/objects';
import { httpRoute, ingressWith, withField } from '../support/rules';

const BACKEND: Backend = { name: 'api', namespace: 'embeddings', port: 80, path: [], portPath: [] };
const F5_SERVICES = { 'nginx.org/ssl-services': 'other, api' };
const NGINX_PROTOCOL = { 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS' };

function door(className: string, annotations: Record<string, string> = {}): Manifest {
  return withField(ingressWith(annotations), ['spec', 'ingressClassName'], className);
}

function service(port: object, annotations: Record<string, string> = {}): Manifest {
  return withField(object('/Service', 'api', { ports: [port] }), ['metadata', 'annotations'], annotations);
}

function policy(target: object): Manifest {
  return object('gateway.networking.k8s.io/BackendTLSPolicy', 'a', {
    targetRefs: [{ group: '', kind: 'Service', name: 'api', ...target }],
    validation: { hostname: 'api' },
  });
}

/** Which controllers call the Service, and whether by TLS. */
function calls(from: Manifest, ...others: Manifest[]): [string, boolean][] {
  return callsOf(from, BACKEND, new Manifests([from, ...others])).map(({ controller, tls }) => [controller, tls]);
}

describe('how a controller calls a Service', () => {
  const traefikScheme = (scheme: string): Record<string, string> => ({
    'traefik.ingress.kubernetes.io/service.serversscheme': scheme,
  });

  it.each<[string, [string, boolean][], Manifest, ...Manifest[]]>([
    ['is HTTP where nothing says TLS', [[AWS_ALB.language.name, false]], door('alb')],
    ['is said by the front door', [[INGRESS_NGINX.language.name, true]], door('nginx', NGINX_PROTOCOL)],
    ['is said by a list of Services', [[F5_NGINX.language.name, true]], door('nginx', F5_SERVICES)],
    [
      'is said by the Service',
      [[TRAEFIK.language.name, true]],
      door('traefik'),
      service({ port: 80 }, traefikScheme('https')),
    ],
    [
      'is said by the port of the Service',
      [[TRAEFIK.language.name, true]],
      door('traefik'),
      service({ port: 80, name: 'https-api' }),
    ],
    [
      'is said by the first field that says anything',
      [[TRAEFIK.language.name, false]],
      door('traefik'),
      service({ port: 80, name: 'https-api' }, traefikScheme('http')),
    ],
    [
      'is told of each of two controllers for a class, where no annotation tells which is meant',
      [
        [F5_NGINX.language.name, false],
        [INGRESS_NGINX.language.name, false],
      ],
      door('nginx'),
    ],
    [
      'is said by a policy for the Service',
      [
        [ENVOY_GATEWAY.language.name, true],
        [GATEWAY_API.language.name, true],
      ],
      httpRoute(),
      service({ port: 80, name: 'api' }),
      policy({}),
    ],
    [
      'is said by a policy for the port of the Service',
      [
        [ENVOY_GATEWAY.language.name, true],
        [GATEWAY_API.language.name, true],
      ],
      httpRoute(),
      service({ port: 80, name: 'api' }),
      policy({ sectionName: 'api' }),
    ],
    [
      'is not said by a policy for another port',
      [
        [ENVOY_GATEWAY.language.name, false],
        [GATEWAY_API.language.name, false],
      ],
      httpRoute(),
      service({ port: 80, name: 'api' }),
      policy({ sectionName: 'other' }),
    ],
    ['is not known of a kind that no controller reads', [], object('/Service', 'a')],
  ])('%s', (_, expected, from, ...others) => {
    expect(calls(from, ...others)).toEqual(expected);
  });

  it('is not known where that of one of several controllers is not', () => {
    const prefix = 'nginx.ingress.kubernetes.io/';
    const unknown = { name: 'another', door: INGRESS, prefix, rateLimits: [], authentications: [] };
    const from = door('public', { ...F5_SERVICES, ...NGINX_PROTOCOL });
    const known = [F5_NGINX.language, INGRESS_NGINX.language];
    const callers = (languages: ControllerLanguage[]): string[] =>
      callsOf(from, BACKEND, new Manifests([from], undefined, languages)).map(({ controller }) => controller);
    expect(callers(known)).toEqual(known.map(({ name }) => name));
    expect(callers([F5_NGINX.language, unknown])).toEqual([]);
  });

  it('names the field that says it, or those that could', () => {
    const fields = (from: Manifest, ...others: Manifest[]): (readonly string[])[] =>
      callsOf(from, BACKEND, new Manifests([from, ...others])).map((call) => call.fields);
    expect(fields(door('nginx', F5_SERVICES))).toEqual([
      ['metadata.annotations["nginx.org/ssl-services"] with its name'],
    ]);
    expect(fields(door('traefik'), service({ port: 80 }))).toEqual([
      [
        'metadata.annotations["traefik.ingress.kubernetes.io/service.serversscheme"] of the Service',
        "name of the Service's port",
        "port of the Service's port",
      ],
    ]);
  });
});
