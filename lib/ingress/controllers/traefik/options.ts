import type { ISecret } from 'cdk8s-plus-28';
import { secret } from '../../../common/cdk8s-kinds';
import { invalid } from '../../../common/invalid';
import { listOf, text } from '../../../common/kinds';
import { requireObjectName } from '../../../common/names';
import { optional, type PropTable, required, struct } from '../../../common/props';
import { INGRESS_CONTROLLER_OPTIONS, type IngressControllerOptions } from '../../controller-profile';

/** A Redis server in which the replicas of Traefik count together. */
export interface TraefikRedisOptions {
  /** Its addresses, as host and port: `redis.ingress.svc.cluster.local:6379`. */
  readonly endpoints: string[];
  /**
   * A Secret with the keys `username` and `password`, in the namespace of the ingress.
   * @default - Redis asks for no password
   */
  readonly secret?: ISecret;
  /**
   * A Secret with the key `ca.crt`, in the namespace of the ingress: Traefik then connects by TLS and checks the server.
   * @default - no TLS
   */
  readonly caSecret?: ISecret;
}

export const TRAEFIK_REDIS_OPTIONS: PropTable<TraefikRedisOptions> = {
  endpoints: required(listOf(text)),
  secret: optional(secret),
  caSecret: optional(secret),
};

/** Options of `IngressController.traefik`. */
export interface TraefikOptions extends IngressControllerOptions {
  /**
   * Where the replicas of Traefik count requests together. A server that cannot be reached ends requests with status 500.
   * @default - every replica counts for itself, and `RateLimitScope.CLUSTER` is refused
   */
  readonly redis?: TraefikRedisOptions;
}

export const TRAEFIK_OPTIONS: PropTable<TraefikOptions> = {
  ...INGRESS_CONTROLLER_OPTIONS,
  redis: optional(struct<TraefikRedisOptions>(TRAEFIK_REDIS_OPTIONS)),
};

/** Refuses addresses and names that are none. */
export function requireRedis(redis: TraefikRedisOptions): TraefikRedisOptions {
  const isEndpoint = (endpoint: string): boolean => /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?:[0-9]{1,5}$/.test(endpoint);
  if (redis.endpoints.length === 0 || !redis.endpoints.every(isEndpoint)) {
    throw invalid({
      what: 'IngressController.traefik redis endpoints',
      value: redis.endpoints,
      because: 'every endpoint is a host and a port',
      instead: 'write for example ["redis.ingress.svc.cluster.local:6379"]',
    });
  }
  for (const secret of [redis.secret, redis.caSecret]) {
    if (secret !== undefined) {
      requireObjectName('IngressController.traefik redis secret', secret.name);
    }
  }
  return redis;
}
