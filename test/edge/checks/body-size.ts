import { Size } from 'cdk8s';
import { expect, it } from 'vitest';
import type { DataPlane } from '../support/data-planes';
import { type Edge, useEdge } from '../support/edge';
import type { RawAnswer } from '../support/raw-http';

export const LIMIT = 8 * 1024 * 1024;

/** Refuses bodies above the limit. */
export function checkBodySize(plane: DataPlane): void {
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
}

export function post(edge: () => Edge, body: Buffer, chunked = false): Promise<RawAnswer> {
  return edge().https({ method: 'POST', path: '/v1/embeddings', body, chunked });
}
