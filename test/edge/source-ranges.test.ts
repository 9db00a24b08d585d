import { ClientAddress } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { checkSourceRanges } from './checks/source-ranges';
import { DATA_PLANES, HA_PROXY } from './support/data-planes';
import { useEdge } from './support/edge';

describe.each(DATA_PLANES)('$name and source ranges', checkSourceRanges);

describe('HAProxy and the address that a proxy in front names', () => {
  const edge = useEdge(HA_PROXY, {
    ingress: () => ({ clientAddress: ClientAddress.forwardedFor(), sourceRanges: ['203.0.113.0/24'] }),
  });

  it.each([
    ['203.0.113.5', 200],
    ['198.51.100.7, 203.0.113.5', 200],
    ['203.0.113.5, 198.51.100.7', 403],
    ['', 403],
  ])('reads the last one of "%s", and answers %i', async (addresses, status) => {
    const headers: Record<string, string> = addresses === '' ? {} : { 'X-Forwarded-For': addresses };
    expect((await edge().https({ headers })).status).toBe(status);
  });
});
