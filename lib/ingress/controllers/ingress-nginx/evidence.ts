import { type Evidence, SEEN_BY_HAND_ON_ALL } from '../../evidence';

export const INGRESS_NGINX_EVIDENCE: Evidence = {
  byHand: {
    version: '1.15.1',
    date: '2026-11-29',
    features: [...SEEN_BY_HAND_ON_ALL, 'concurrent-connections', 'status-429', 'body-size', 'auth-external'],
  },
  dataPlaneTest: [
    'tls-1.2',
    'https-redirect',
    'hsts',
    'exact-paths',
    'client-address-direct',
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
};
