import type { KnownController } from '../../known-controller';
import { OPENSHIFT_ROUTE_CAPABILITIES } from './capabilities';
import { OPENSHIFT_ROUTE_EVIDENCE } from './evidence';
import { OPENSHIFT_ROUTE_LANGUAGE } from './language';
import { OPENSHIFT_ROUTE_METRICS } from './metrics';

/** The controller without what renders for it, so that whoever reads manifests loads no more than that. */
export const OPENSHIFT_ROUTE: KnownController = {
  name: 'IngressController.openShiftRoute()',
  capabilities: OPENSHIFT_ROUTE_CAPABILITIES,
  language: OPENSHIFT_ROUTE_LANGUAGE,
  evidence: OPENSHIFT_ROUTE_EVIDENCE,
  metrics: OPENSHIFT_ROUTE_METRICS,
};
