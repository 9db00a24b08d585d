import { describe, expect, it } from 'vitest';
import { DATA_PLANES, HA_PROXY, NGINX_PLANES } from './support/data-planes';
import { HOST, useEdge } from './support/edge';

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

/** Ways to a public path that nginx resolves before it compares. */
const RESOLVED_BY_NGINX = ['//v1/embeddings', '/v1/embedding%73', '/v1/metrics/../embeddings', '/v1/./embeddings'];

describe.each(DATA_PLANES)('$name and the paths', (plane) => {
  const edge = useEdge(plane);

  it.each(['/v1/embeddings', '/v1/models', '/v1/models?limit=1'])('serves %s', async (path) => {
    expect((await edge().https({ path })).status).toBe(200);
  });

  it.each(INTERNAL)('does not serve %s, and does not ask the NIM', async (path) => {
    const before = edge().nim.seen.length;
    const { status } = await edge().https({ path });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(edge().nim.seen.slice(before)).toEqual([]);
  });
});

describe.each(NGINX_PLANES)('$name resolves a path before it compares', (plane) => {
  const edge = useEdge(plane);

  it.each(RESOLVED_BY_NGINX)('and hands %s to the NIM as it was sent, where it is that path or none', async (path) => {
    const { status } = await edge().https({ path });
    expect(edge().nim.seen.at(-1)?.url).toBe(path);
    // The stub decodes but does not resolve, so it has some of these and not others. A server that resolves has the one.
    expect([200, 404]).toContain(status);
    expect(resolvePath(decodeURIComponent(path))).toBe('/v1/embeddings');
    expect(decodeURIComponent(resolvePath(path))).toBe('/v1/embeddings');
  });
});

describe('HAProxy compares a path as it was sent', () => {
  const edge = useEdge(HA_PROXY);

  it.each(RESOLVED_BY_NGINX)('and does not serve %s', async (path) => {
    expect((await edge().https({ path })).status).toBe(404);
    expect(edge().nim.seen).toEqual([]);
  });
});

/** What a server makes of a path that resolves it as well. */
function resolvePath(path: string): string {
  return new URL(path.replace(/\/{2,}/g, '/'), 'http://nim').pathname;
}
