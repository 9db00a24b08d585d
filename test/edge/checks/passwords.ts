import type { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { IngressAuthentication, type SecureIngressOptions } from 'cdk8s-nim';
import { expect, it } from 'vitest';
import type { DataPlane } from '../support/data-planes';
import { HOST, useEdge } from '../support/edge';

export const SECRET = 'embeddings-users';
export const PASSWORD = 'correct horse';

export function protect(chart: Chart): Partial<SecureIngressOptions> {
  return { authentication: IngressAuthentication.basic(Secret.fromSecretName(chart, 'users', SECRET)) };
}

export function credentials(user: string, password: string): { headers: Record<string, string> } {
  return { headers: { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` } };
}

/** Asks for a user name and a password. `hash` is the password's, `users` the Secret in the form that the controller reads. */
export function checkPasswords(plane: DataPlane, users: Record<string, string>, hash: string): void {
  const edge = useEdge(plane, { ingress: protect, secrets: { [SECRET]: users } });

  it('serves the right one', async () => {
    expect((await edge().https(credentials('alice', PASSWORD))).status).toBe(200);
  });

  it.each([
    ['none', {}],
    ['a wrong one', credentials('alice', 'wrong')],
    ['an empty one', credentials('alice', '')],
    ['the hash itself', credentials('alice', hash)],
    ['that of nobody', credentials('mallory', PASSWORD)],
  ])('refuses %s with 401', async (_, request) => {
    const before = edge().nim.seen.length;
    const { status, headers } = await edge().https(request);
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toContain(HOST);
    expect(edge().nim.seen.length).toBe(before);
  });
}
