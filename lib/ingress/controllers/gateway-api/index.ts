import type { KnownController } from '../../known-controller';
import { gatewayApiCapabilities } from './capabilities';
import { GATEWAY_API_EVIDENCE } from './evidence';
import { GatewayImplementation } from './implementations';
import { GATEWAY_API_LANGUAGE } from './language';
import { GATEWAY_API_METRICS } from './metrics';

/** The controller without what renders for it, so that whoever reads manifests loads no more than that. The table is that of Istio. */
export const GATEWAY_API: KnownController = {
  name: 'IngressController.gatewayApi()',
  capabilities: gatewayApiCapabilities(GatewayImplementation.ISTIO),
  language: GATEWAY_API_LANGUAGE,
  evidence: GATEWAY_API_EVIDENCE,
  metrics: GATEWAY_API_METRICS,
};
