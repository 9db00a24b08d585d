import { expect, it } from 'vitest';
import type { DataPlane } from '../support/data-planes';
import { HOST, useEdge } from '../support/edge';

/** Sends plain HTTP to HTTPS. */
export function checkRedirect(plane: DataPlane): void {
  const edge = useEdge(plane);

  it('with a status that keeps method and body, to the same host and path, without asking the NIM', async () => {
    const path = '/v1/embeddings?input_type=query';
    const { status, headers } = await edge().http({ method: 'POST', path, body: '{"input":["a"]}' });
    expect(status).toBe(308);
    const location = new URL(headers['location'] ?? '');
    // F5 NGINX and HAProxy write the port 443, which is the default of https.
    expect([location.protocol, location.host]).toEqual(['https:', HOST]);
    expect(location.pathname + location.search).toBe(path);
    expect(edge().nim.seen).toEqual([]);
  });

  it('and serves the same request by HTTPS', async () => {
    const { status, body } = await edge().https({ method: 'POST', path: '/v1/embeddings', body: '{"input":["a"]}' });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ object: 'list' });
  });
}
