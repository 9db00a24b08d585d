import type { KnownController } from '../../known-controller';
import { envoyGatewayCapabilities } from './capabilities';
import { ENVOY_GATEWAY_EVIDENCE } from './evidence';
import { ENVOY_GATEWAY_LANGUAGE } from './language';
import { ENVOY_GATEWAY_METRICS } from './metrics';

/** The controller without what renders for it, so that whoever reads manifests loads no more than that. */
export const ENVOY_GATEWAY: KnownController = {
  name: 'IngressController.envoyGateway()',
  capabilities: envoyGatewayCapabilities({}),
  language: ENVOY_GATEWAY_LANGUAGE,
  evidence: ENVOY_GATEWAY_EVIDENCE,
  metrics: ENVOY_GATEWAY_METRICS,
};
