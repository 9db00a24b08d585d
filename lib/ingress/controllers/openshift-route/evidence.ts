import { type Evidence, SEEN_BY_HAND_ON_ALL } from '../../evidence';

export const OPENSHIFT_ROUTE_EVIDENCE: Evidence = {
  byHand: {
    version: 'router of autumn 2026',
    date: '2026-11-29',
    features: [...SEEN_BY_HAND_ON_ALL, 'concurrent-connections'],
  },
};
