import { describe, expect, it } from 'vitest';
import { checkPaths } from './checks/paths';
import { DATA_PLANES, HA_PROXY, NGINX_PLANES } from './support/data-planes';
import { useEdge } from './support/edge';

/** Ways to a public path that nginx resolves before it compares. */
const RESOLVED_BY_NGINX = ['//v1/embeddings', '/v1/embedding%73', '/v1/metrics/../embeddings', '/v1/./embeddings'];

describe.each(DATA_PLANES)('$name and the paths', checkPaths);

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
