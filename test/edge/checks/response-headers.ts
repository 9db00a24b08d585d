import { expect, it } from 'vitest';
import type { DataPlane } from '../support/data-planes';
import { useEdge } from '../support/edge';

/** Adds headers to answers. */
export function checkResponseHeaders(plane: DataPlane): void {
  const responseHeaders = { 'X-Content-Type-Options': 'nosniff', 'X-Share': '100% of one; whole' };
  const edge = useEdge(plane, { ingress: () => ({ responseHeaders }) });

  it('adds Strict-Transport-Security for a year, and the headers that were asked for, letter by letter', async () => {
    const { status, headers } = await edge().https();
    expect(status).toBe(200);
    expect(headers['strict-transport-security']).toMatch(/^max-age=31536000(;|$)/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-share']).toBe('100% of one; whole');
  });

  it('adds no Strict-Transport-Security to plain HTTP', async () => {
    expect((await edge().http()).headers).not.toHaveProperty('strict-transport-security');
  });
}
