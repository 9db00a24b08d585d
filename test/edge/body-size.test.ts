import { Size } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { HA_PROXY, NGINX_PLANES } from './support/data-planes';
import { type Edge, useEdge } from './support/edge';
import type { RawAnswer } from './support/raw-http';

const LIMIT = 8 * 1024 * 1024;

describe.each(NGINX_PLANES)('$name and the size of bodies', (plane) => {
  const edge = useEdge(plane, { ingress: () => ({ maxBodySize: Size.mebibytes(8) }) });

  it('passes a body of exactly the limit, whole', async () => {
    const { status, headers } = await post(edge, Buffer.alloc(LIMIT));
    expect(status).toBe(200);
    expect(headers['x-test-body-bytes']).toBe(`${LIMIT}`);
  });

  it('refuses one byte more with 413, before the NIM is asked', async () => {
    const before = edge().nim.seen.length;
    expect((await post(edge, Buffer.alloc(LIMIT + 1))).status).toBe(413);
    expect(edge().nim.seen.length).toBe(before);
  });

  it('refuses one byte more with 413 also when the length is not announced', async () => {
    const before = edge().nim.seen.length;
    expect((await post(edge, Buffer.alloc(LIMIT + 1), true)).status).toBe(413);
    expect(edge().nim.seen.length).toBe(before);
  });
});

describe('HAProxy does not limit the size of bodies', () => {
  const edge = useEdge(HA_PROXY, { ingress: () => ({ maxBodySize: Size.mebibytes(8) }) });

  it('so a body above the limit reaches the NIM, and the rendered object says why that was accepted', async () => {
    const { status, headers } = await post(edge, Buffer.alloc(LIMIT + 1));
    expect(status).toBe(200);
    expect(headers['x-test-body-bytes']).toBe(`${LIMIT + 1}`);
    const annotations = edge().objects.find(({ kind }) => kind === 'Ingress')?.metadata.annotations;
    expect(annotations).toHaveProperty('cdk8s-nim/exception-body-size');
  });
});

function post(edge: () => Edge, body: Buffer, chunked = false): Promise<RawAnswer> {
  return edge().https({ method: 'POST', path: '/v1/embeddings', body, chunked });
}
