import type { Duration, Size } from 'cdk8s';
import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import { duration, peer, size } from '../common/cdk8s-kinds';
import { instanceOf } from '../common/class-kinds';
import { enumOf, listOf, recordOf, text } from '../common/kinds';
import { optional, type PropTable, required, struct } from '../common/props';
import { RestrictedService } from '../network/restricted-service';
import { IngressAuthentication } from './authentication';
import { ClientAddress } from './client-address';
import { IngressFeature } from './features';
import { IngressController } from './ingress-controller';
import { IngressPath } from './paths';
import { RateLimit } from './rate-limit';
import { IngressTls } from './tls';

/** A feature that the controller does not have, and why the ingress may go without it. */
export interface UnenforcedFeature {
  /** The feature. */
  readonly feature: IngressFeature;
  /** Why; it is written into an annotation of the rendered object. */
  readonly reason: string;
}

export const UNENFORCED_FEATURE: PropTable<UnenforcedFeature> = {
  feature: required(enumOf({ IngressFeature })),
  reason: required(text),
};

/** What can be chosen about the way in. */
export interface SecureIngressOptions {
  /** The DNS name that clients use. No wildcard: one ingress serves one host. */
  readonly host: string;
  /** The ingress controller of the cluster. */
  readonly controller: IngressController;
  /** Where the certificate comes from. */
  readonly tls: IngressTls;
  /** How often a client may call. */
  readonly rateLimit: RateLimit;
  /** Who may call. Required, because the NIM has no authentication of its own. */
  readonly authentication: IngressAuthentication;
  /**
   * Paths that are served, compared letter by letter. Paths that the service keeps internal are refused.
   * @default - the public paths of the service: `/v1/embeddings` and `/v1/models` for an embedding NIM
   */
  readonly paths?: IngressPath[];
  /**
   * Where the address of a client is read, for limits and source ranges.
   * @default ClientAddress.direct()
   */
  readonly clientAddress?: ClientAddress;
  /**
   * The largest request body; a larger one gets status 413.
   * @default - what the service asks for: 8Mi for a text model, 32Mi where images are allowed
   */
  readonly maxBodySize?: Size;
  /**
   * How long a request may take. Has to be above the service's own limit, so that the service answers first.
   * @default - 10 s above the service's own limit, or 130 s where it has none
   */
  readonly timeout?: Duration;
  /**
   * How long a connection to the service may take.
   * @default Duration.seconds(10)
   */
  readonly connectTimeout?: Duration;
  /**
   * Addresses (CIDR) that may call.
   * @default - all
   */
  readonly sourceRanges?: string[];
  /**
   * `max-age` of Strict-Transport-Security. Set explicitly, it is refused on a controller that cannot set it per ingress.
   * @default Duration.days(365) - where the controller can set it per ingress
   */
  readonly hstsMaxAge?: Duration;
  /**
   * Headers that are added to every answer.
   * @default - none
   */
  readonly responseHeaders?: Record<string, string>;
  /**
   * Features that the ingress asks for and may go without, because the controller does not have them.
   * @default - none: what the controller does not have is refused
   */
  readonly acceptUnenforced?: UnenforcedFeature[];
}

export const SECURE_INGRESS_OPTIONS: PropTable<SecureIngressOptions> = {
  host: required(text),
  controller: required(instanceOf(IngressController)),
  tls: required(instanceOf(IngressTls)),
  rateLimit: required(instanceOf(RateLimit)),
  authentication: required(instanceOf(IngressAuthentication)),
  paths: optional(listOf(instanceOf(IngressPath))),
  clientAddress: optional(instanceOf(ClientAddress)),
  maxBodySize: optional(size),
  timeout: optional(duration),
  connectTimeout: optional(duration),
  sourceRanges: optional(listOf(text)),
  hstsMaxAge: optional(duration),
  responseHeaders: optional(recordOf(text)),
  acceptUnenforced: optional(listOf(struct<UnenforcedFeature>(UNENFORCED_FEATURE))),
};

/** Props of `SecureIngress`. */
export interface SecureIngressProps extends SecureIngressOptions {
  /** The service behind the ingress. */
  readonly service: RestrictedService;
  /**
   * Name of the main object, and beginning of the names of the others.
   * @default - the name of the service
   */
  readonly name?: string;
  /**
   * Where the connections of the controller come from, when it is not the pods of its usual installation: for a
   * controller on the host network, the addresses of its nodes. The network policy of the service opens for them.
   * @default - the pods that the controller names
   */
  readonly ingressControllers?: INetworkPolicyPeer[];
}

export const SECURE_INGRESS_PROPS: PropTable<SecureIngressProps> = {
  ...SECURE_INGRESS_OPTIONS,
  service: required(instanceOf(RestrictedService)),
  name: optional(text),
  ingressControllers: optional(listOf(peer)),
};
