import { ClientAddress } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { DATA_PLANES, HA_PROXY } from './support/data-planes';
import { useEdge } from './support/edge';

describe.each(DATA_PLANES)('$name and source ranges', (plane) => {
  const edge = useEdge(plane, { ingress: () => ({ sourceRanges: ['127.0.1.0/24', '127.0.0.2/32', '2001:db8::/32'] }) });

  it.each(['127.0.0.2', '127.0.1.77'])('serves %s, which is in a range', async (from) => {
    expect((await edge().https({ from })).status).toBe(200);
  });

  it.each(['127.0.0.3', '127.0.2.1'])('refuses %s, which is in none, with 403', async (from) => {
    const before = edge().nim.seen.length;
    expect((await edge().https({ from })).status).toBe(403);
    expect(edge().nim.seen.length).toBe(before);
  });

  it('does not believe a header about the address', async () => {
    const headers = { 'X-Forwarded-For': '127.0.0.2', 'X-Real-IP': '127.0.0.2', Forwarded: 'for=127.0.0.2' };
    expect((await edge().https({ from: '127.0.0.3', headers })).status).toBe(403);
  });
});

describe('HAProxy and the address that a proxy in front names', () => {
  const edge = useEdge(HA_PROXY, {
    ingress: () => ({ clientAddress: ClientAddress.forwardedFor(), sourceRanges: ['203.0.113.0/24'] }),
  });

  it.each([
    ['203.0.113.5', 200],
    ['198.51.100.7, 203.0.113.5', 200],
    ['203.0.113.5, 198.51.100.7', 403],
    ['', 403],
  ])('reads the last one of "%s", and answers %i', async (addresses, status) => {
    const headers: Record<string, string> = addresses === '' ? {} : { 'X-Forwarded-For': addresses };
    expect((await edge().https({ headers })).status).toBe(status);
  });
});
