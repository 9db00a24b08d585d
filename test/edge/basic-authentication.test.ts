import { RateLimit } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { checkPasswords, credentials, PASSWORD, protect, SECRET } from './checks/passwords';
import { cryptHash } from './support/certificates';
import { DATA_PLANES, type DataPlane, F5_NGINX, HA_PROXY, INGRESS_NGINX, NGINX_PLANES } from './support/data-planes';
import { useEdge } from './support/edge';

const HASH = cryptHash(PASSWORD);

/** The Secret in the form that each controller reads. */
const USERS = new Map<DataPlane, Record<string, string>>([
  [F5_NGINX, { htpasswd: `alice:${HASH}\n` }],
  [INGRESS_NGINX, { auth: `alice:${HASH}\n` }],
  [HA_PROXY, { alice: HASH }],
]);

function secretsOf(plane: DataPlane): Record<string, Record<string, string>> {
  return { [SECRET]: USERS.get(plane) ?? {} };
}

describe.each(DATA_PLANES)('$name and passwords', (plane) => {
  checkPasswords(plane, USERS.get(plane) ?? {}, HASH);
});

describe.each(NGINX_PLANES)('$name and passwords on plain HTTP', (plane) => {
  const edge = useEdge(plane, { ingress: protect, secrets: secretsOf(plane) });

  it('redirects without asking for one', async () => {
    expect((await edge().http()).status).toBe(308);
  });
});

describe('HAProxy and passwords, where the report says "approximate"', () => {
  const edge = useEdge(HA_PROXY, {
    ingress: (chart) => ({ ...protect(chart), rateLimit: RateLimit.perClient({ requestsPerSecond: 1, burst: 5 }) }),
    secrets: secretsOf(HA_PROXY),
  });

  it('asks for one on plain HTTP too, before it redirects', async () => {
    expect((await edge().http({ from: '127.0.0.3' })).status).toBe(401);
    expect((await edge().http({ from: '127.0.0.3', ...credentials('alice', PASSWORD) })).status).toBe(308);
  });

  it('answers every wrong one with 401, but none with success once the client is over its limit', async () => {
    const guesses = await Promise.all(Array.from({ length: 12 }, () => edge().https(credentials('alice', 'wrong'))));
    expect(guesses.map(({ status }) => status)).toEqual(guesses.map(() => 401));
    expect((await edge().https(credentials('alice', PASSWORD))).status).toBe(429);
  });
});
