import { type Evidence, SEEN_BY_HAND_ON_ALL } from '../../evidence';

/** Client certificates were seen too, on a listener of its own (`ownsListener`). */
export const ENVOY_GATEWAY_EVIDENCE: Evidence = {
  byHand: {
    version: '1.9.0',
    date: '2026-11-29',
    features: [...SEEN_BY_HAND_ON_ALL, 'tls-1.3', 'status-429', 'body-size', 'auth-basic', 'auth-api-key'],
  },
};
