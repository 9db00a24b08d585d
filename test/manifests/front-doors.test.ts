import { describe, expect, it } from 'vitest';
import { backendsOf, isFrontDoor } from '../../lib/manifests/front-doors';
import type { Manifest } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { alone, behind, httpRoute, ingressWith, openShiftRoute, REMOVED, traefik, withField } from '../support/rules';

const MIDDLEWARES = 'traefik.ingress.kubernetes.io/router.middlewares';
const ENTRY_POINTS = 'traefik.ingress.kubernetes.io/router.entrypoints';
const SERVICE = alone('v1', 'Service');

function ingress(backend: object): Manifest {
  return withField(ingressWith({}), ['spec', 'rules'], [{ http: { paths: [{ backend }] } }]);
}

describe('a front door', () => {
  it('is no Service, and has no backends then', () => {
    expect(SERVICE.map((object) => isFrontDoor(object, new Manifests(SERVICE)))).toEqual([false]);
    expect(SERVICE.flatMap((object) => backendsOf(object, new Manifests([])))).toEqual([]);
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
    expect(backendsOf(ingress({ service: { name: 'a', port: fields } }), new Manifests([]))).toEqual([
      { name: 'a', namespace: 'embeddings', port, path, portPath },
    ]);
  });

  it('of an Ingress leave out what is no Service', () => {
    expect(backendsOf(ingress({ resource: { kind: 'StorageBucket', name: 'assets' } }), new Manifests([]))).toEqual([]);
  });

  it('of an HTTPRoute are in its namespace, or in the one that they name', () => {
    const backendRefs = [
      { name: 'a', port: 1 },
      { kind: 'Service', name: 'b', namespace: 'other', port: 2 },
    ];
    const at = ['spec', 'rules', 0, 'backendRefs'];
    expect(backendsOf(httpRoute({ rules: [{ backendRefs }] }), new Manifests([]))).toEqual([
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
    expect(backendsOf(route, new Manifests([]))).toEqual([
      { name: 'a', ...common, path: ['spec', 'to'] },
      { name: 'b', ...common, path: ['spec', 'alternateBackends', 0] },
    ]);
  });

  it('of a Route have no port of a Service when it names a port of pods', () => {
    expect(
      backendsOf(openShiftRoute({ port: { targetPort: 8000 } }), new Manifests([])).map(({ port }) => port),
    ).toEqual([undefined]);
  });

  it('without a name have an empty one', () => {
    expect(backendsOf(openShiftRoute({ to: {} }), new Manifests([])).map(({ name }) => name)).toEqual(['']);
  });
});
