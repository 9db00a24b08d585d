import type { AuthenticationSpec } from './authentication';

/**
 * The headers by which oauth2-proxy, and authentication services like it, say who a caller is. Coming from a client,
 * they are a claim that nobody has checked.
 */
const IDENTITY_HEADERS = ['X-Auth-Request', 'X-Forwarded'].flatMap((prefix) =>
  ['User', 'Email', 'Groups', 'Preferred-Username', 'Access-Token'].map((name) => `${prefix}-${name}`),
);

/** The identity headers that must not come from a client: all of them where an authentication service decides. */
export function claimedIdentityHeaders({ kind }: AuthenticationSpec): readonly string[] {
  return kind === 'external' ? IDENTITY_HEADERS : [];
}
