import { describe, expect, it } from 'vitest';
import { answeredAfter, checkTimeouts, SHORT_TIMEOUT } from './checks/timeouts';
import { DATA_PLANES, haProxy } from './support/data-planes';
import { NIM_TIMEOUT_SECONDS, useEdge } from './support/edge';

describe.each(DATA_PLANES)('$name and slow answers', checkTimeouts);

describe('HAProxy and its timeout for silent clients, 50 s by default, which no ingress can set', () => {
  const edge = useEdge(haProxy({ client: '1s' }), SHORT_TIMEOUT);

  it('does not end a request that waits for a longer answer', async () => {
    expect((await edge().https(answeredAfter(NIM_TIMEOUT_SECONDS))).status).toBe(200);
  });
});
