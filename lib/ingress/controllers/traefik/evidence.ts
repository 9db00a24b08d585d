import { type Evidence, SEEN_BY_HAND_ON_ALL } from '../../evidence';

export const TRAEFIK_EVIDENCE: Evidence = {
  controllerTest: [
    'tls-1.2',
    'tls-1.3',
    'https-redirect',
    'hsts',
    'exact-paths',
    'client-address-direct',
    'client-address-forwarded',
    'rate-per-second',
    'rate-burst',
    'concurrent-connections',
    'status-429',
    'body-size',
    'timeouts',
    'source-ranges',
    'response-headers',
    'auth-external',
    'auth-basic',
    'auth-client-certificates',
  ],
  byHand: {
    version: '3.7.9',
    date: '2026-11-29',
    features: [
      ...SEEN_BY_HAND_ON_ALL,
      'tls-1.3',
      'concurrent-connections',
      'status-429',
      'body-size',
      'auth-external',
      'auth-client-certificates',
    ],
  },
};
