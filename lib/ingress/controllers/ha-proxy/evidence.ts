import { type Evidence, SEEN_BY_HAND_ON_ALL } from '../../evidence';

export const HA_PROXY_EVIDENCE: Evidence = {
  byHand: {
    version: '3.2.11',
    date: '2026-11-29',
    features: [...SEEN_BY_HAND_ON_ALL, 'status-429', 'auth-basic'],
  },
  dataPlaneTest: [
    'tls-1.2',
    'https-redirect',
    'hsts',
    'exact-paths',
    'client-address-direct',
    'client-address-forwarded',
    'rate-per-second',
    'rate-burst',
    'status-429',
    'timeouts',
    'source-ranges',
    'response-headers',
    'auth-basic',
  ],
};
