import {
  ClientAddress,
  IngressAuthentication,
  IngressController,
  IngressFeature,
  RateLimit,
  RateLimitScope,
} from 'cdk8s-nim';
import { Secret } from 'cdk8s-plus-28';
import { beforeAll, describe, expect, it } from 'vitest';
import { credentials } from '../edge/checks/passwords';
import { useEdge } from '../edge/support/edge';
import { burst } from '../edge/support/load';
import { freePorts, LOOPBACK } from '../support/loopback';
import { useBalancer } from './support/balancer';
import { useControlPlane } from './support/control-plane';
import { apr1 } from './support/passwords';
import { sees } from './support/sees';
import { describeWith } from './support/tools';
import { installTraefikDefinitions, traefik } from './support/traefik';

/** How Traefik tells clients apart, and what it counts for each of them. */
describeWith(['etcd', 'kube-apiserver', 'traefik'], 'Traefik', () => {
  const plane = useControlPlane();
  beforeAll(() => installTraefikDefinitions(plane().api));
  const TRAEFIK = traefik(plane);

  sees([IngressFeature.RATE_PER_MINUTE], 'and a rate a minute', () => {
    const RATE = 6;
    const BURST = 4;
    const edge = useEdge(TRAEFIK, {
      ingress: () => ({ rateLimit: RateLimit.perClient({ requestsPerMinute: RATE, burst: BURST }) }),
    });

    it('admits the burst, and not what a rate a second would add to it', async () => {
      const { admitted, seconds } = await burst(edge(), 20, { from: '127.0.0.2' });
      expect(admitted).toBeGreaterThanOrEqual(BURST);
      expect(admitted).toBeLessThanOrEqual(BURST + 1 + Math.ceil((RATE * seconds) / 60));
      expect((await edge().https({ from: '127.0.0.3' })).status).toBe(200);
    });
  });

  sees([IngressFeature.RATE_BY_HEADER], 'and a limit for each user', () => {
    const USERS = ['alice', 'bob'];
    const edge = useEdge(TRAEFIK, {
      ingress: (chart) => ({
        rateLimit: RateLimit.perClient({ requestsPerSecond: 1, burst: 4, header: 'Authorization' }),
        authentication: IngressAuthentication.basic(Secret.fromSecretName(chart, 'users', 'users')),
      }),
      secrets: { users: { users: USERS.map((user) => `${user}:${apr1(user)}\n`).join('') } },
    });

    it('tells the users of one address apart', async () => {
      expect((await burst(edge(), 30, credentials('alice', 'alice'))).refused).toBeGreaterThan(0);
      expect((await edge().https(credentials('bob', 'bob'))).status).toBe(200);
    });
  });

  sees([IngressFeature.CLIENT_ADDRESS_PROXY_PROTOCOL], 'behind a load balancer with the PROXY protocol', () => {
    const BALANCER = '127.0.0.9';
    const edge = useEdge(traefik(plane, [`--entryPoints.websecure.proxyProtocol.trustedIPs=${BALANCER}/32`]), {
      ingress: () => ({ clientAddress: ClientAddress.proxyProtocol(), sourceRanges: ['127.0.0.2/32'] }),
    });
    const balancer = useBalancer(edge, BALANCER, (client) => client);
    const liar = useBalancer(edge, '127.0.0.8', () => '127.0.0.2');

    it.each([
      ['127.0.0.2', 200],
      ['127.0.0.3', 403],
    ])('reads the client %s from it, and answers %i', async (from, status) => {
      expect((await edge().https({ from }, { port: balancer() })).status).toBe(status);
    });

    it('does not believe anybody else', async () => {
      const before = edge().nim.seen.length;
      expect((await edge().https({}, { port: liar() })).status).toBe(403);
      expect(edge().nim.seen.length).toBe(before);
    });
  });

  describe('and clients of IPv6', () => {
    const ours = { address: '::1' };
    const edge = useEdge(TRAEFIK, {
      ingress: () => ({
        sourceRanges: ['2001:db8:10::/48', '127.0.0.1/32'],
        rateLimit: RateLimit.perClient({ requestsPerSecond: 1, burst: 6 }),
      }),
    });

    it('admits listed ranges only', async () => {
      expect((await edge().https({ from: '2001:db8:10::5' }, ours)).status).toBe(200);
      expect((await edge().https({ from: '2001:db8:20::5' }, ours)).status).toBe(403);
    });

    it('counts the addresses of one /64 together', async () => {
      const statuses = await Promise.all(
        Array.from({ length: 30 }, async () => (await edge().https({ from: '2001:db8:10::5' }, ours)).status),
      );
      expect(statuses).toContain(429);
      const sibling = await Promise.all(
        Array.from({ length: 10 }, async () => (await edge().https({ from: '2001:db8:10::6' }, ours)).status),
      );
      expect(sibling.filter((status) => status === 429).length).toBeGreaterThan(0);
    });
  });

  describeWith(['redis-server'], `and Redis (${IngressFeature.RATE_SCOPE_CLUSTER})`, () => {
    const BURST = 6;
    let redis = 0;
    let stop: () => Promise<void> = () => Promise.resolve();
    beforeAll(async () => {
      const [port = 0] = await freePorts(1);
      const server = await plane().run(
        'redis-server',
        ['--bind', LOOPBACK, '--port', `${port}`, '--save', '', '--appendonly', 'no', '--dir', plane().path('')],
        [port],
      );
      redis = port;
      stop = () => server.stop();
    });
    const edge = useEdge(
      {
        ...TRAEFIK,
        controller: () => IngressController.traefik({ redis: { endpoints: ['redis.redis.svc.cluster.local:6379'] } }),
      },
      () => ({
        ingress: () => ({
          rateLimit: RateLimit.perClient({ requestsPerSecond: 1, burst: BURST, scope: RateLimitScope.CLUSTER }),
        }),
        services: { 'redis/redis:6379': `${LOOPBACK}:${redis}` },
      }),
    );

    it('has one allowance for all paths', async () => {
      const begin = performance.now();
      const one = await burst(edge(), 30, { from: '127.0.0.2', path: '/v1/models' });
      const other = await burst(edge(), 30, { from: '127.0.0.2', path: '/v1/embeddings' });
      const seconds = (performance.now() - begin) / 1000;
      expect(one.admitted).toBeGreaterThanOrEqual(BURST);
      expect(one.admitted + other.admitted).toBeLessThanOrEqual(BURST + 1 + Math.ceil(seconds));
      expect((await edge().https({ from: '127.0.0.4' })).status).toBe(200);
    });

    it('and lets nobody in while Redis is away', async () => {
      const before = edge().nim.seen.length;
      await stop();
      expect((await edge().https({ from: '127.0.0.5' })).status).toBe(500);
      expect(edge().nim.seen.length).toBe(before);
    });
  });
});
