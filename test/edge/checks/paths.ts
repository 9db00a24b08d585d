import { expect, it } from 'vitest';
import type { DataPlane } from '../support/data-planes';
import { HOST, useEdge } from '../support/edge';

/** Ways to what has to stay inside the cluster, as an attacker would write them. */
const INTERNAL = [
  '/v1/metrics',
  '/v1/metadata',
  '/v1/health/ready',
  '/metrics',
  '/',
  '/v1',
  '/v1/',
  '/v1/embeddings/',
  '/v1/embeddings/metrics',
  '/v1/embeddings/../metrics',
  '/v1/embeddings/..%2fmetrics',
  '/v1/embeddings/%2e%2e/metrics',
  '/v1/embeddings%2f..%2fmetrics',
  '/v1/embeddings/..;/metrics',
  '/v1/embeddings;/../metrics',
  '/v1/embeddings%00/../metrics',
  '/v1/models/..//metrics',
  '/v1/./metrics',
  '//v1/metrics',
  '/v1//metrics',
  '///v1///metadata',
  '/v1/%6detrics',
  '/v1/%6Detadata',
  '/v1%2fmetrics',
  '/%76%31/%6d%65%74%72%69%63%73',
  '/v1/%256detrics',
  '/V1/METRICS',
  '/V1/embeddings',
  '/v1/Embeddings',
  '/v1\\metrics',
  '/v1/metrics?/../embeddings',
  '/v1/metrics#/../embeddings',
  `http://${HOST}/v1/metrics`,
  `http://${HOST}/v1/embeddings/../metadata`,
];

/** Serves the public paths, and no way to another one. */
export function checkPaths(plane: DataPlane): void {
  const edge = useEdge(plane);

  it.each(['/v1/embeddings', '/v1/models', '/v1/models?limit=1'])('serves %s', async (path) => {
    expect((await edge().https({ path })).status).toBe(200);
  });

  it.each(INTERNAL)('does not serve %s, and does not ask the NIM', async (path) => {
    const before = edge().nim.seen.length;
    const { status, headers } = await edge().https({ path });
    if (status === 307) {
      // Envoy Gateway sends whoever writes an escaped slash to the path without it.
      const { pathname } = new URL(headers['location'] ?? '', `https://${HOST}`);
      expect((await edge().https({ path: pathname })).status).toBe(404);
      expect(edge().nim.seen.slice(before)).toEqual([]);
      return;
    }
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(edge().nim.seen.slice(before)).toEqual([]);
  });
}
