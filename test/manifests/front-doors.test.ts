import { describe, expect, it } from 'vitest';
import {
  backendsOf,
  isAlb,
  isFrontDoor,
  listed,
  nginxPolicies,
  nginxPolicyNames,
  traefikMiddlewares,
  traefikObject,
  traefikTlsOption,
} from '../../lib/manifests/front-doors';
import { type Manifest, nameOf } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { alone, behind, httpRoute, ingressWith, openShiftRoute, REMOVED, traefik, withField } from '../support/rules';

const MIDDLEWARES = 'traefik.ingress.kubernetes.io/router.middlewares';
const ENTRY_POINTS = 'traefik.ingress.kubernetes.io/router.entrypoints';
const TLS_OPTIONS = 'traefik.ingress.kubernetes.io/router.tls.options';
const SERVICE = alone('v1', 'Service');

function ingress(backend: object): Manifest {
  return withField(ingressWith({}), ['spec', 'rules'], [{ http: { paths: [{ backend }] } }]);
}

function policy(name: string, namespace = 'embeddings'): Manifest {
  return { apiVersion: 'k8s.nginx.org/v1', kind: 'Policy', metadata: { name, namespace } };
}

describe('a front door', () => {
  it('is no Service, and has no backends then', () => {
    expect(SERVICE.map((object) => isFrontDoor(object, new Manifests(SERVICE)))).toEqual([false]);
    expect(SERVICE.flatMap(backendsOf)).toEqual([]);
  });

  it.each([
    ['https', false],
    ['http', true],
  ])('that sends clients on to %s is one: %s', (scheme, is) => {
    const annotations = { [MIDDLEWARES]: 'embeddings-redirect@kubernetescrd', [ENTRY_POINTS]: 'web' };
    const door = withField(ingressWith(annotations), ['spec', 'tls'], REMOVED);
    const manifests = new Manifests(behind(door, traefik('Middleware', 'redirect', { redirectScheme: { scheme } })));
    expect(isFrontDoor(door, manifests)).toBe(is);
  });
});

describe('the backends', () => {
  const path = ['spec', 'rules', 0, 'http', 'paths', 0, 'backend', 'service'];
  const portPath = [...path, 'port'];

  it.each([
    [{ name: 'api' }, 'api'],
    [{ number: 8000 }, 8000],
    [{}, undefined],
  ])('of an Ingress with the port %j', (fields, port) => {
    expect(backendsOf(ingress({ service: { name: 'a', port: fields } }))).toEqual([
      { name: 'a', namespace: 'embeddings', port, path, portPath },
    ]);
  });

  it('of an Ingress leave out what is no Service', () => {
    expect(backendsOf(ingress({ resource: { kind: 'StorageBucket', name: 'assets' } }))).toEqual([]);
  });

  it('of an HTTPRoute are in its namespace, or in the one that they name', () => {
    const backendRefs = [
      { name: 'a', port: 1 },
      { kind: 'Service', name: 'b', namespace: 'other', port: 2 },
    ];
    const at = ['spec', 'rules', 0, 'backendRefs'];
    expect(backendsOf(httpRoute({ rules: [{ backendRefs }] }))).toEqual([
      { name: 'a', namespace: 'embeddings', port: 1, path: [...at, 0], portPath: [...at, 0, 'port'] },
      { name: 'b', namespace: 'other', port: 2, path: [...at, 1], portPath: [...at, 1, 'port'] },
    ]);
  });

  it('of a Route are the first and the alternate ones, with one port for all', () => {
    const route = openShiftRoute({
      to: { name: 'a' },
      alternateBackends: [{ name: 'b' }],
      port: { targetPort: 'api' },
    });
    const common = { namespace: 'embeddings', port: 'api', portPath: ['spec', 'port', 'targetPort'] };
    expect(backendsOf(route)).toEqual([
      { name: 'a', ...common, path: ['spec', 'to'] },
      { name: 'b', ...common, path: ['spec', 'alternateBackends', 0] },
    ]);
  });

  it('of a Route have no port of a Service when it names a port of pods', () => {
    expect(backendsOf(openShiftRoute({ port: { targetPort: 8000 } })).map(({ port }) => port)).toEqual([undefined]);
  });

  it('without a name have an empty one', () => {
    expect(backendsOf(openShiftRoute({ to: {} })).map(({ name }) => name)).toEqual(['']);
  });
});

describe('the policies of F5 NGINX', () => {
  it('are named alone or with their namespace', () => {
    expect(nginxPolicyNames(ingressWith({ 'nginx.org/policies': 'auth, shared/limit' }))).toEqual([
      { namespace: 'embeddings', name: 'auth' },
      { namespace: 'shared', name: 'limit' },
    ]);
  });

  it('are those among the manifests', () => {
    const door = ingressWith({ 'nginx.org/policies': 'auth,shared/limit,other' });
    const policies = [policy('auth'), policy('limit', 'shared'), policy('unnamed')];
    expect(nginxPolicies(door, new Manifests(policies))).toEqual(policies.slice(0, 2));
  });
});

describe('an object of Traefik', () => {
  const middlewares = traefik('Middleware', 'a', {});
  const [middleware] = middlewares;
  const manifests = new Manifests(middlewares);

  it('is found by its namespace and name', () => {
    expect(traefikObject(manifests, 'Middleware', 'embeddings-a@kubernetescrd')).toBe(middleware);
  });

  it.each([
    'embeddings-b@kubernetescrd',
    'embeddings-a@file',
    'embeddings-a',
    // As long as the namespace of the Ingress.
    'elsewhere1-a@kubernetescrd',
    'elsewhere1-a@file',
  ])('is not found by %s', (reference) => {
    expect(traefikObject(manifests, 'Middleware', reference)).toBeUndefined();
  });

  it('is a Middleware of the list', () => {
    const door = ingressWith({ [MIDDLEWARES]: 'embeddings-b@kubernetescrd, embeddings-a@kubernetescrd' });
    expect(traefikMiddlewares(door, manifests)).toEqual(middlewares);
  });

  it.each([
    ['those that a chain names', [{ name: 'a' }, { name: 'missing' }], ['chain', 'a']],
    ['each once, also in a circle', [{ name: 'chain' }, { name: 'a' }, { name: 'a' }], ['chain', 'a']],
    ['those of another namespace', [{ name: 'a', namespace: 'shared' }], ['chain']],
  ])('are, with a chain, %s', (_, links, names) => {
    const door = ingressWith({ [MIDDLEWARES]: 'embeddings-chain@kubernetescrd' });
    const objects = [...middlewares, ...traefik('Middleware', 'chain', { chain: { middlewares: links } })];
    expect(traefikMiddlewares(door, new Manifests(objects)).map(nameOf)).toEqual(names);
  });

  it('is the TLSOption, when one is named', () => {
    const options = traefik('TLSOption', 'a', {});
    expect(
      [ingressWith({ [TLS_OPTIONS]: 'embeddings-a@kubernetescrd' }), ingressWith({})].map((door) =>
        traefikTlsOption(door, new Manifests(options)),
      ),
    ).toEqual([options[0], undefined]);
  });
});

describe('an annotation with a list', () => {
  it.each([
    ['a,b', ['a', 'b']],
    [' a , b ', ['a', 'b']],
    ['a,, ', ['a']],
    ['', []],
  ])('%j has the names %j', (text, names) => {
    expect(listed(ingressWith({ list: text }), 'list')).toEqual(names);
  });

  it('that is not there has no names', () => {
    expect(listed(ingressWith({}), 'list')).toEqual([]);
  });
});

describe('a load balancer of AWS', () => {
  const annotations = { 'alb.ingress.kubernetes.io/scheme': 'internal' };

  it.each([
    ['is an Ingress with its annotations', ingressWith(annotations), true],
    ['is an Ingress of its class', withField(ingressWith({}), ['spec', 'ingressClassName'], 'alb'), true],
    [
      'is no Ingress of another class',
      withField(ingressWith(annotations), ['spec', 'ingressClassName'], 'nginx'),
      false,
    ],
    ['is no Ingress without them', ingressWith({ 'nginx.org/policies': 'a' }), false],
    ['is no Service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', annotations } }, false],
  ])('%s', (_, object, is) => {
    expect(isAlb(object)).toBe(is);
  });
});
