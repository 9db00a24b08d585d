import { expect, it } from 'vitest';
import type { DataPlane } from '../support/data-planes';
import { useEdge } from '../support/edge';

/** Admits listed addresses only. */
export function checkSourceRanges(plane: DataPlane): void {
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
}
