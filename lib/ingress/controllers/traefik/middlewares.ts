import {
  type MiddlewareSpec,
  type MiddlewareSpecRateLimit,
  type MiddlewareSpecRateLimitSourceCriterion,
} from '../../../../imports/traefik.io-middleware';
import type { AuthenticationSpec } from '../../authentication';
import type { ClientAddress } from '../../client-address';
import { claimedIdentityHeaders } from '../../identity-headers';
import { RateLimitScope, type RateUnit, rateUnit } from '../../rate-limit';
import type { IngressSpec } from '../../spec';
import type { TraefikRedisOptions } from './options';

const PERIODS: Record<RateUnit, string> = { second: '1s', minute: '1m' };
/** One client of IPv6 has a whole /64: counted by the single address, it would have as many allowances as it likes. */
const IPV6_CLIENT_PREFIX = 64;
/** An answer of an authentication service is a status and a few headers. */
const MAX_AUTHENTICATION_RESPONSE_BYTES = 65_536;

/**
 * What a request passes, in this order; each key is the suffix of a Middleware's name. Headers stand first, because Traefik adds
 * them only to answers that come from behind them, and refusals need them too. The limits stand before whatever they
 * protect: the authentication service, and the buffer for bodies, which only callers that may call get to fill.
 */
export function middlewareSpecs(
  spec: IngressSpec,
  redis: TraefikRedisOptions | undefined,
): readonly (readonly [string, MiddlewareSpec])[] {
  const { rateLimit, sourceRanges, responseHeaders } = spec;
  const sourceCriterion = clientCriterion(spec);
  const middlewares: [string, MiddlewareSpec | undefined][] = [
    [
      'headers',
      {
        headers: {
          stsSeconds: spec.hstsMaxAgeSeconds,
          ...(Object.keys(responseHeaders).length === 0 ? {} : { customResponseHeaders: { ...responseHeaders } }),
          ...withoutRequestHeaders(claimedIdentityHeaders(spec.authentication)),
        },
      },
    ],
    [
      'source-ranges',
      sourceRanges.length === 0
        ? undefined
        : { ipAllowList: { sourceRange: [...sourceRanges], ...depthStrategy(spec.clientAddress) } },
    ],
    [
      'rate-limit',
      {
        rateLimit: {
          average: rateLimit.requests,
          period: PERIODS[rateUnit(rateLimit)],
          burst: rateLimit.burst,
          sourceCriterion,
          ...(rateLimit.scope === RateLimitScope.CLUSTER && redis !== undefined ? { redis: redisOf(redis) } : {}),
        },
      },
    ],
    [
      'concurrency',
      rateLimit.concurrentConnections === undefined
        ? undefined
        : { inFlightReq: { amount: rateLimit.concurrentConnections, sourceCriterion } },
    ],
    ['authentication', authentication(spec.authentication, spec.host)],
    ['body-size', { buffering: { maxRequestBodyBytes: spec.maxBodyBytes } }],
  ];
  return middlewares.filter((entry): entry is [string, MiddlewareSpec] => entry[1] !== undefined);
}

/** An empty value takes a header away; the service that is asked afterwards may set it again. */
function withoutRequestHeaders(names: readonly string[]): { customRequestHeaders?: Record<string, string> } {
  return names.length === 0 ? {} : { customRequestHeaders: Object.fromEntries(names.map((name) => [name, ''])) };
}

/** What tells clients apart. Always written: without it inFlightReq counts by host, and so all clients together. */
function clientCriterion({ rateLimit, clientAddress }: IngressSpec): MiddlewareSpecRateLimitSourceCriterion {
  return rateLimit.header === undefined
    ? { ipStrategy: { ...depthStrategy(clientAddress).ipStrategy, ipv6Subnet: IPV6_CLIENT_PREFIX } }
    : { requestHeaderName: rateLimit.header };
}

/** Traefik counts X-Forwarded-For from its end: the last proxy before Traefik wrote the last entry. */
function depthStrategy({ trustedHops }: ClientAddress): { ipStrategy?: { depth: number } } {
  return trustedHops === 0 ? {} : { ipStrategy: { depth: trustedHops } };
}

function redisOf({ endpoints, secret, caSecret }: TraefikRedisOptions): NonNullable<MiddlewareSpecRateLimit['redis']> {
  return {
    endpoints,
    ...(secret === undefined ? {} : { secret: secret.name }),
    ...(caSecret === undefined ? {} : { tls: { caSecret: caSecret.name } }),
  };
}

function authentication(authentication: AuthenticationSpec, host: string): MiddlewareSpec | undefined {
  switch (authentication.kind) {
    case 'external':
      return {
        forwardAuth: {
          address: authentication.endpoint.url,
          maxResponseBodySize: MAX_AUTHENTICATION_RESPONSE_BYTES,
          // Otherwise a client behind a trusted proxy can send X-Forwarded-Prefix, -Port and X-Real-Ip to the service.
          trustForwardHeader: false,
          ...(authentication.responseHeaders.length === 0
            ? {}
            : { authResponseHeaders: [...authentication.responseHeaders] }),
        },
      };
    case 'basic':
      return { basicAuth: { secret: authentication.secretName, realm: host, removeHeader: true } };
    case 'client-certificates':
    case 'jwt':
    case 'api-key':
    case 'none':
      return undefined;
  }
}
