import { Secret } from 'cdk8s-plus-28';
import { IngressAuthentication, RateLimit } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { cryptHash } from './support/certificates';
import { F5_NGINX, INGRESS_NGINX, NGINX_PLANES } from './support/data-planes';
import { useEdge } from './support/edge';
import { burst } from './support/load';
import { sleep } from '../support/loopback';
import { DELAY_HEADER } from './support/nim-stub';

const RATE = 2;
const BURST = 6;
const PAUSE_SECONDS = 2;

describe.each(NGINX_PLANES)('$name and the rate limit', (plane) => {
  const edge = useEdge(plane, {
    ingress: () => ({ rateLimit: RateLimit.perClient({ requestsPerSecond: RATE, burst: BURST }) }),
  });

  it('admits the burst and one more at once, and refuses the rest with 429', async () => {
    const { admitted, refused, seconds } = await burst(edge(), 30, { from: '127.0.0.2' });
    const refilled = Math.ceil(RATE * seconds);
    expect(admitted).toBeGreaterThanOrEqual(BURST + 1);
    expect(admitted).toBeLessThanOrEqual(BURST + 1 + refilled);
    expect(refused).toBe(30 - admitted);
  });

  it('does not punish another client for the first one', async () => {
    await burst(edge(), 30, { from: '127.0.0.3' });
    // Not one request: on a busy machine the limit admits one more by now.
    expect((await burst(edge(), 30, { from: '127.0.0.3' })).refused).toBeGreaterThan(0);
    expect((await edge().https({ from: '127.0.0.4' })).status).toBe(200);
  });

  it('counts all paths of the ingress together', async () => {
    await burst(edge(), 30, { from: '127.0.0.5', path: '/v1/models' });
    expect((await edge().https({ from: '127.0.0.5', path: '/v1/embeddings' })).status).toBe(429);
  });

  it('admits a client again after a pause, at its rate, whatever it was refused before', async () => {
    const request = { from: '127.0.0.6' };
    await burst(edge(), 30, request);
    const begin = performance.now();
    expect((await burst(edge(), 30, request)).refused).toBeGreaterThan(0);
    await sleep(PAUSE_SECONDS * 1000);
    const { admitted } = await burst(edge(), 30, request);
    const refilled = (RATE * (performance.now() - begin)) / 1000;
    expect(admitted).toBeGreaterThanOrEqual(RATE * PAUSE_SECONDS - 1);
    expect(admitted).toBeLessThanOrEqual(Math.ceil(refilled) + 1);
  });
});

describe('ingress-nginx and the number of requests under way', () => {
  const edge = useEdge(INGRESS_NGINX, {
    ingress: () => ({
      rateLimit: RateLimit.perClient({ requestsPerSecond: 1000, burst: 1000, concurrentConnections: 3 }),
    }),
  });

  it('admits as many as asked for, and counts another client apart', async () => {
    const slowly = { headers: { [DELAY_HEADER]: '1000' } };
    const [one, other] = await Promise.all([
      burst(edge(), 8, { ...slowly, from: '127.0.0.2' }),
      burst(edge(), 3, { ...slowly, from: '127.0.0.3' }),
    ]);
    expect(one).toMatchObject({ admitted: 3, refused: 5 });
    expect(other).toMatchObject({ admitted: 3, refused: 0 });
  });
});

describe('F5 NGINX and a limit by header', () => {
  const password = (user: string): { headers: Record<string, string> } => ({
    headers: { Authorization: `Basic ${Buffer.from(`${user}:secret`).toString('base64')}` },
  });
  const hash = cryptHash('secret');
  const edge = useEdge(F5_NGINX, {
    ingress: (chart) => ({
      rateLimit: RateLimit.perClient({ requestsPerMinute: 30, burst: 3, header: 'Authorization' }),
      authentication: IngressAuthentication.basic(Secret.fromSecretName(chart, 'users', 'users')),
    }),
    secrets: { users: { htpasswd: `alice:${hash}\nbob:${hash}\n` } },
  });

  it('tells the users of one address apart', async () => {
    await burst(edge(), 20, password('alice'));
    expect((await edge().https(password('alice'))).status).toBe(429);
    expect((await edge().https(password('bob'))).status).toBe(200);
  });
});
