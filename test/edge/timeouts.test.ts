import { Duration } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { DATA_PLANES, haProxy } from './support/data-planes';
import { NIM_TIMEOUT_SECONDS, useEdge } from './support/edge';
import { DELAY_HEADER } from './support/nim-stub';
import type { RawRequest } from './support/raw-http';

/** Scaled down: 2 s stand for the NIM's own limit of minutes, one more for the margin of the ingress. */
const INGRESS_TIMEOUT_SECONDS = NIM_TIMEOUT_SECONDS + 1;
const options = { ingress: () => ({ timeout: Duration.seconds(INGRESS_TIMEOUT_SECONDS) }) };

function answeredAfter(seconds: number): RawRequest {
  return { method: 'POST', path: '/v1/embeddings', headers: { [DELAY_HEADER]: `${seconds * 1000}` }, body: '{}' };
}

describe.each(DATA_PLANES)('$name and slow answers', (plane) => {
  const edge = useEdge(plane, options);

  it('passes one that takes as long as the NIM allows itself, and gives up with 504 after its own limit', async () => {
    const [inTime, late] = await Promise.all([
      edge().https(answeredAfter(NIM_TIMEOUT_SECONDS)),
      edge().https(answeredAfter(INGRESS_TIMEOUT_SECONDS + 2)),
    ]);
    expect(inTime.status).toBe(200);
    expect(inTime.seconds).toBeGreaterThanOrEqual(NIM_TIMEOUT_SECONDS - 0.1);
    expect(late.status).toBe(504);
    expect(late.seconds).toBeGreaterThanOrEqual(INGRESS_TIMEOUT_SECONDS - 0.1);
  });
});

describe('HAProxy and its timeout for silent clients, 50 s by default, which no ingress can set', () => {
  const edge = useEdge(haProxy({ client: '1s' }), options);

  it('does not end a request that waits for a longer answer', async () => {
    expect((await edge().https(answeredAfter(NIM_TIMEOUT_SECONDS))).status).toBe(200);
  });
});
