import { IngressAuthentication, IngressFeature, RateLimit, RateLimitScope } from 'cdk8s-nim';
import { Secret } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import { type Edge, useEdge } from '../../edge/support/edge';
import { burst, type Outcome } from '../../edge/support/load';
import type { RawRequest } from '../../edge/support/raw-http';
import { envoyGateway } from '../support/envoy-gateway';
import type { EnvoyGatewaySystem } from '../support/envoy-gateway-system';
import { eventually } from '../support/eventually';
import { sees } from '../support/sees';

/** What is counted in Redis by the rate limit service, in windows that begin with the second or the minute. */
export function checkEnvoyRates(system: () => EnvoyGatewaySystem): void {
  const ENVOY = envoyGateway(system);

  sees(
    [IngressFeature.RATE_PER_SECOND, IngressFeature.RATE_BURST, IngressFeature.STATUS_429],
    'and the rate limit',
    () => {
      const RATE = 2;
      const edge = useEdge(ENVOY, {
        ingress: () => ({ rateLimit: RateLimit.perClient({ requestsPerSecond: RATE, burst: RATE }) }),
      });

      it('admits the rate in every second, and refuses the rest with 429', async () => {
        const { admitted, refused, windows } = await burstIn(1, edge(), 30, { from: '127.0.0.2' });
        expect(admitted).toBeGreaterThanOrEqual(RATE);
        expect(admitted).toBeLessThanOrEqual(RATE * windows);
        expect(refused).toBeGreaterThan(0);
      });

      it('does not punish another client for the first one', async () => {
        expect((await burst(edge(), 30, { from: '127.0.0.3' })).refused).toBeGreaterThan(0);
        expect((await edge().https({ from: '127.0.0.4' })).status).toBe(200);
      });

      it('is not evaded by addresses that the client claims', async () => {
        const requests = Array.from({ length: 30 }, (_, index) =>
          edge().https({
            from: '127.0.0.5',
            headers: { 'X-Forwarded-For': `203.0.113.${index}`, 'X-Real-Ip': `203.0.113.${index}` },
          }),
        );
        const statuses = (await Promise.all(requests)).map(({ status }) => status);
        expect(statuses).toContain(429);
      });
    },
  );

  sees(
    [IngressFeature.RATE_PER_MINUTE, IngressFeature.RATE_SCOPE_CLUSTER],
    'and a rate a minute, over all proxies',
    () => {
      const RATE = 6;
      const edge = useEdge(ENVOY, {
        ingress: () => ({
          rateLimit: RateLimit.perClient({ requestsPerMinute: RATE, burst: RATE, scope: RateLimitScope.CLUSTER }),
        }),
      });

      it('has one allowance for all paths', async () => {
        const from = '127.0.0.2';
        const [one, other] = await inOneWindow(60, async () => [
          await burst(edge(), 10, { from, path: '/v1/models' }),
          await burst(edge(), 10, { from, path: '/v1/embeddings' }),
        ]);
        expect(one).toMatchObject({ admitted: RATE, refused: 10 - RATE });
        expect(other).toMatchObject({ admitted: 0, refused: 10 });
      });

      it('which another Envoy knows too', async () => {
        const [one, other] = await inOneWindow(60, async () => {
          const first = await burst(edge(), 10, { from: '127.0.0.3' });
          await ENVOY.serving().restart();
          return [first, await burst(edge(), 10, { from: '127.0.0.3' })];
        });
        expect(one).toMatchObject({ admitted: RATE });
        expect(other).toMatchObject({ admitted: 0 });
        expect((await edge().https({ from: '127.0.0.4' })).status).toBe(200);
      });
    },
  );

  sees([IngressFeature.RATE_BY_HEADER], 'and a limit for each key', () => {
    const RATE = 4;
    const edge = useEdge(ENVOY, {
      ingress: (chart) => ({
        rateLimit: RateLimit.perClient({ requestsPerMinute: RATE, burst: RATE, header: 'X-Api-Key' }),
        authentication: IngressAuthentication.apiKey(Secret.fromSecretName(chart, 'keys', 'keys')),
      }),
      secrets: { keys: { alice: 'key-of-alice', bob: 'key-of-bob' } },
    });
    const by = (key: string): RawRequest => ({ headers: { 'X-Api-Key': key, 'X-Client-Id': 'of-nobody' } });

    it('tells the clients of one address apart', async () => {
      const alice = await inOneWindow(60, () => burst(edge(), 10, by('key-of-alice')));
      expect(alice).toMatchObject({ admitted: RATE, refused: 10 - RATE });
      expect((await edge().https(by('key-of-bob'))).status).toBe(200);
    });
  });

  describe('while nobody counts', () => {
    const edge = useEdge(ENVOY);

    it('lets nobody in: first Redis is away, then the service too', async () => {
      expect((await edge().https()).status).toBe(200);
      const before = edge().nim.seen.length;
      await system().redis.stop();
      expect((await edge().https()).status).toBe(500);
      await system().rateLimit.kill();
      expect((await edge().https()).status).toBe(500);
      expect(edge().nim.seen.length).toBe(before);
    });
  });
}

/** Sends requests at once, and says in how many windows of that many seconds. */
async function burstIn(
  seconds: number,
  edge: Edge,
  count: number,
  request: RawRequest,
): Promise<Outcome & { readonly windows: number }> {
  const first = windowNow(seconds);
  const outcome = await burst(edge, count, request);
  return { ...outcome, windows: windowNow(seconds) - first + 1 };
}

/** Tries something until it has begun and ended in one window, so that nothing was counted anew within it. */
function inOneWindow<Result>(seconds: number, attempt: () => Promise<Result>): Promise<Result> {
  let spoilt = 0;
  const attempts = async (): Promise<Result | undefined> => {
    const begin = windowNow(seconds);
    if (begin === spoilt) {
      return undefined;
    }
    const result = await attempt();
    // What an attempt has used of the next window is gone for another one.
    spoilt = windowNow(seconds);
    return spoilt === begin ? result : undefined;
  };
  return eventually('an attempt within one window', attempts, 10 * seconds);
}

function windowNow(seconds: number): number {
  return Math.floor(Date.now() / 1000 / seconds);
}
