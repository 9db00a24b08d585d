import { Duration } from 'cdk8s';
import { expect, it } from 'vitest';
import type { DataPlane } from '../support/data-planes';
import { type EdgeOptions, NIM_TIMEOUT_SECONDS, useEdge } from '../support/edge';
import { DELAY_HEADER } from '../support/nim-stub';
import type { RawRequest } from '../support/raw-http';

/** Scaled down: 2 s stand for the NIM's own limit of minutes, three more for the margin of the ingress, in which a busy machine has its delays. */
const INGRESS_TIMEOUT_SECONDS = NIM_TIMEOUT_SECONDS + 3;
export const SHORT_TIMEOUT: EdgeOptions = { ingress: () => ({ timeout: Duration.seconds(INGRESS_TIMEOUT_SECONDS) }) };

export function answeredAfter(seconds: number): RawRequest {
  return { method: 'POST', path: '/v1/embeddings', headers: { [DELAY_HEADER]: `${seconds * 1000}` }, body: '{}' };
}

/** Waits as long as the NIM may take, and not for ever. */
export function checkTimeouts(plane: DataPlane): void {
  const edge = useEdge(plane, SHORT_TIMEOUT);

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
}
