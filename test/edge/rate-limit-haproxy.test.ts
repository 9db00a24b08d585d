import { Duration } from 'cdk8s';
import { IngressController, IngressPath, RateLimit, type SecureIngressOptions } from 'cdk8s-nim';
import { connect } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Manifest, render, testChart } from '../support/manifests';
import { HA_PROXY } from './support/data-planes';
import { addIngress, useEdge } from './support/edge';
import { burst, steadily } from './support/load';
import { sleep } from '../support/loopback';

describe('HAProxy and the rate limit', () => {
  // 6 requests in a window of 3 s, or up to a tenth more.
  const edge = useEdge(HA_PROXY, {
    ingress: () => ({ rateLimit: RateLimit.perClient({ requestsPerSecond: 2, burst: 6 }) }),
    ipv6: true,
  });

  it('admits exactly the burst at once, and refuses the rest with 429', async () => {
    expect(await burst(edge(), 30, { from: '127.0.0.2' })).toMatchObject({ admitted: 6, refused: 24 });
  });

  it('does not punish another client for the first one', async () => {
    await burst(edge(), 30, { from: '127.0.0.3' });
    expect((await edge().https({ from: '127.0.0.3' })).status).toBe(429);
    expect((await edge().https({ from: '127.0.0.4' })).status).toBe(200);
  });

  it('counts all paths of the ingress together', async () => {
    await burst(edge(), 30, { from: '127.0.0.5', path: '/v1/models' });
    expect((await edge().https({ from: '127.0.0.5', path: '/v1/embeddings' })).status).toBe(429);
  });

  it('does not count the requests of an IPv6 client: its tables hold IPv4 addresses', async ({ skip }) => {
    skip(!(await hasIpv6Loopback(edge().ports.https)), 'this machine has no ::1');
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => edge().https({ from: '::1' }, { address: '::1' })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });
});

describe('HAProxy counts refused requests too', () => {
  // 5 requests in a window of 1 s, or up to a tenth more.
  const edge = useEdge(HA_PROXY, {
    ingress: () => ({ rateLimit: RateLimit.perClient({ requestsPerSecond: 5, burst: 5 }) }),
  });

  it('so a client that keeps calling too often gets nothing, and gets its burst again after a pause', async () => {
    expect((await burst(edge(), 20)).admitted).toBe(5);
    const insisting = await steadily(edge(), 120, 25, {});
    expect(insisting).toMatchObject({ admitted: 0, refused: 120 });
    await sleep(2500);
    expect((await burst(edge(), 20)).admitted).toBe(5);
  });
});

describe('two ingresses behind one HAProxy', () => {
  const FIRST = { path: '/v1/embeddings' };
  const SECOND = { path: '/v1/models' };
  const limited = (request: { path: string }): Partial<SecureIngressOptions> => ({
    paths: [IngressPath.exact(request.path)],
    rateLimit: RateLimit.perClient({ requestsPerSecond: 2, burst: 6 }),
  });

  describe('with the windows that the library gives them', () => {
    const chart = testChart();
    addIngress(chart, HA_PROXY, 'first', limited(FIRST));
    addIngress(chart, HA_PROXY, 'second', limited(SECOND));
    const edge = useEdge(HA_PROXY, { objects: render(chart) });

    it('have an allowance each', async () => {
      expect((await burst(edge(), 30, FIRST)).admitted).toBe(6);
      expect((await burst(edge(), 30, SECOND)).admitted).toBe(6);
    });
  });

  describe('with equal windows, which the library refuses in one app', () => {
    const inAppOfItsOwn = (name: string, request: { path: string }): Manifest[] => {
      const chart = testChart();
      const controller = IngressController.haProxy({ rateWindowOffset: Duration.millis(0) });
      addIngress(chart, HA_PROXY, name, { ...limited(request), controller });
      return render(chart);
    };
    const edge = useEdge(HA_PROXY, {
      objects: [...inAppOfItsOwn('first', FIRST), ...inAppOfItsOwn('second', SECOND)],
    });
    beforeAll(() => burst(edge(), 30, FIRST));

    it('share one allowance', async () => {
      expect((await edge().https(SECOND)).status).toBe(429);
    });
  });
});

function hasIpv6Loopback(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '::1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
