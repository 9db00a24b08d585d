import { Duration } from 'cdk8s';
import {
  IngressController,
  IngressPath,
  IngressTls,
  type OpenShiftRouteOptions,
  RateLimit,
  type SecureIngressOptions,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, find, inventory, render, testChart } from '../../../support/manifests';
import { textEmbeddingNim } from '../../../support/nims';
import { embeddingsRoute, routeObjects, routeOptions } from '../../../support/openshift-route';

const ROUTER = 'haproxy.router.openshift.io';

/** The annotations that the router reads, without their prefix. */
function routerAnnotations(options: Partial<SecureIngressOptions> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(embeddingsRoute(options).metadata.annotations ?? {})
      .filter(([name]) => name.startsWith(ROUTER))
      .map(([name, value]) => [name.slice(ROUTER.length + 1), value]),
  );
}

function sources(options: OpenShiftRouteOptions): unknown {
  const chart = testChart();
  textEmbeddingNim({ ingress: routeOptions({ controller: IngressController.openShiftRoute(options) }) }, chart);
  return at(find(render(chart), 'NetworkPolicy'), 'spec.ingress');
}

describe('OpenShiftRoute', () => {
  describe('with minimal required props', () => {
    it('renders a Route for each path, and access to the certificate', () => {
      expect(inventory(routeObjects())).toEqual([
        'Role text-embedding-router-certificate',
        'RoleBinding text-embedding-router-certificate',
        'Route text-embedding-v1-embeddings',
        'Route text-embedding-v1-models',
      ]);
    });

    it('ends TLS at the router', () => {
      expect(embeddingsRoute()['spec']).toEqual({
        host: 'embeddings.example.com',
        path: '/v1/embeddings',
        to: { kind: 'Service', name: 'text-embedding', weight: 100 },
        wildcardPolicy: 'None',
        port: { targetPort: 'http-api' },
        tls: {
          termination: 'edge',
          insecureEdgeTerminationPolicy: 'Redirect',
          externalCertificate: { name: 'embeddings-tls' },
        },
      });
    });

    it('sets timeout, HSTS and the limit over ten seconds', () => {
      expect(routerAnnotations()).toEqual({
        timeout: '130s',
        hsts_header: 'max-age=31536000',
        'rate-limit-connections': 'true',
        'rate-limit-connections.rate-http': '200',
      });
    });

    it('says on each Route what is missing on it, and once for the door what differs and what the platform team sets', () => {
      const notes = (name: string): Record<string, string> =>
        Object.fromEntries(
          Object.entries(find(routeObjects(), 'Route', name).metadata.annotations ?? {}).filter(([key]) =>
            key.startsWith('cdk8s-nim/'),
          ),
        );
      const onEach = {
        'cdk8s-nim/approximate-exact-paths': expect.stringContaining('everything below it') as string,
        'cdk8s-nim/exception-status-429': 'the test',
      };
      expect(notes('text-embedding-v1-embeddings')).toMatchObject({
        ...onEach,
        'cdk8s-nim/approximate-rate-per-second': expect.stringContaining('Refused requests count too') as string,
        'cdk8s-nim/approximate-timeouts': expect.stringContaining('connectTimeout') as string,
        'cdk8s-nim/prerequisite-tls-1.2': expect.stringContaining('tlsSecurityProfile') as string,
      });
      const second = notes('text-embedding-v1-models');
      expect(second).toMatchObject(onEach);
      expect(Object.keys(second).filter((key) => !/exception-|exact-paths/.test(key))).toEqual([]);
    });

    it('lets the router read the one Secret', () => {
      const role = find(routeObjects(), 'Role');
      expect(role['rules']).toEqual([
        { apiGroups: [''], resources: ['secrets'], resourceNames: ['embeddings-tls'], verbs: ['get', 'list', 'watch'] },
      ]);
      expect(find(routeObjects(), 'RoleBinding')).toMatchObject({
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role.metadata.name },
        subjects: [{ kind: 'ServiceAccount', name: 'router', namespace: 'openshift-ingress' }],
      });
    });
  });

  describe('each feature', () => {
    it('takes the certificate of an issuer', () => {
      const tls = IngressTls.fromClusterIssuer('letsencrypt');
      expect(inventory(routeObjects({ tls }))).toContain('Certificate text-embedding-tls');
      expect(at(embeddingsRoute({ tls }), 'spec.tls.externalCertificate.name')).toBe('text-embedding-tls');
      expect(at(find(routeObjects({ tls }), 'Role'), 'rules.0.resourceNames')).toEqual(['text-embedding-tls']);
    });

    it.each([
      [
        'a certificate that is issued',
        IngressTls.fromClusterIssuer('letsencrypt'),
        ['Certificate', 'Role', 'RoleBinding'],
      ],
      ['a certificate that exists', undefined, ['Role', 'RoleBinding']],
    ])('has what the Route waits for in an earlier sync wave, with %s', (_, tls, kinds) => {
      const wave = 'argocd.argoproj.io/sync-wave';
      const earlier = routeObjects(tls === undefined ? {} : { tls }).filter(
        ({ metadata }) => metadata.annotations?.[wave] !== undefined,
      );
      expect(earlier.map(({ kind }) => kind)).toEqual(kinds);
      expect(new Set(earlier.map(({ metadata }) => metadata.annotations?.[wave]))).toEqual(new Set(['-1']));
    });

    it('takes other paths', () => {
      const routes = routeObjects({ paths: [IngressPath.exact('/v1/Ranking_2~')] }).filter(
        ({ kind }) => kind === 'Route',
      );
      expect(routes.map(({ metadata, spec }) => [metadata.name, at(spec, 'path')])).toEqual([
        ['text-embedding-v1-ranking-2', '/v1/Ranking_2~'],
      ]);
    });

    it('takes timeout and HSTS', () => {
      expect(routerAnnotations({ timeout: Duration.seconds(300), hstsMaxAge: Duration.days(1) })).toMatchObject({
        timeout: '300s',
        hsts_header: 'max-age=86400',
      });
    });

    it('takes a rate a minute and a number of connections, of which the router refuses the one that reaches it', () => {
      const rateLimit = RateLimit.perClient({ requestsPerMinute: 600, burst: 100, concurrentConnections: 4 });
      expect(routerAnnotations({ rateLimit })).toMatchObject({
        'rate-limit-connections.rate-http': '100',
        'rate-limit-connections.concurrent-tcp': '5',
      });
    });

    it('admits listed addresses only', () => {
      expect(routerAnnotations({ sourceRanges: ['10.0.0.0/8', '2001:db8::/32'] })['ip_allowlist']).toBe(
        '10.0.0.0/8 2001:db8::/32',
      );
    });

    it('sets headers of the answer', () => {
      const responseHeaders = { 'X-Content-Type-Options': 'nosniff', 'X-Share': '100%' };
      expect(at(embeddingsRoute({ responseHeaders }), 'spec.httpHeaders')).toEqual({
        actions: {
          response: [
            { name: 'X-Content-Type-Options', action: { type: 'Set', set: { value: 'nosniff' } } },
            { name: 'X-Share', action: { type: 'Set', set: { value: '100%%' } } },
          ],
        },
      });
    });
  });

  describe('in the network policy', () => {
    it.each([
      [{}, 'default'],
      [{ ingressController: 'internal' }, 'internal'],
    ])('admits the router pods with %j', (options, name) => {
      expect(sources(options)).toMatchObject([
        {
          from: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openshift-ingress' } },
              podSelector: {
                matchLabels: { 'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': name },
              },
            },
          ],
        },
      ]);
    });

    it('admits the host network by the labels of OpenShift', () => {
      const from = (group: string): unknown => ({
        from: [
          {
            namespaceSelector: {
              matchExpressions: [{ key: `policy-group.network.openshift.io/${group}`, operator: 'Exists' }],
            },
            podSelector: {},
          },
        ],
      });
      expect(sources({ hostNetwork: true })).toMatchObject([from('host-network'), from('ingress')]);
    });
  });
});
