import type { IngressFeature } from './features';

/** How it is known that a controller does what its table of capabilities says. What is in no list was read in its source. */
export interface Evidence {
  /** Seen on the controller with traffic, by a test of this repository. */
  readonly controllerTest?: readonly `${IngressFeature}`[];
  /** The same, for what the controller does only with an option that its table names. */
  readonly controllerTestWithOption?: readonly `${IngressFeature}`[];
  /** Seen once on the controller with traffic. */
  readonly byHand?: {
    readonly version: string;
    readonly date: string;
    readonly features: readonly `${IngressFeature}`[];
  };
  /** Seen on the controller's data plane, configured by a translation of ours, by a test of this repository. */
  readonly dataPlaneTest?: readonly `${IngressFeature}`[];
}

/** What was seen on every one of the six controllers that ran with traffic, all on one day, in front of a stub of the NIM. */
export const SEEN_BY_HAND_ON_ALL = [
  'tls-1.2',
  'https-redirect',
  'hsts',
  'exact-paths',
  'client-address-direct',
  'rate-per-second',
  'rate-burst',
  'timeouts',
  'source-ranges',
] as const satisfies readonly `${IngressFeature}`[];
