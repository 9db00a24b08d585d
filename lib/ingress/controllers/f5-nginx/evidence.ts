import { type Evidence, SEEN_BY_HAND_ON_ALL } from '../../evidence';

export const F5_NGINX_EVIDENCE: Evidence = {
  byHand: {
    version: '5.5.4',
    date: '2026-11-29',
    features: [...SEEN_BY_HAND_ON_ALL, 'status-429', 'body-size', 'auth-basic', 'auth-client-certificates'],
  },
  dataPlaneTest: [
    'tls-1.2',
    'https-redirect',
    'hsts',
    'exact-paths',
    'client-address-direct',
    'rate-per-second',
    'rate-per-minute',
    'rate-burst',
    'rate-by-header',
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
