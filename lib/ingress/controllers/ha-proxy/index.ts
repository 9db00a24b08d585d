import type { KnownController } from '../../known-controller';
import { HA_PROXY_CAPABILITIES } from './capabilities';
import { HA_PROXY_EVIDENCE } from './evidence';
import { HA_PROXY_LANGUAGE } from './language';
import { HA_PROXY_METRICS } from './metrics';

/** The controller without what renders for it, so that whoever reads manifests loads no more than that. */
export const HA_PROXY: KnownController = {
  name: 'IngressController.haProxy()',
  capabilities: HA_PROXY_CAPABILITIES,
  language: HA_PROXY_LANGUAGE,
  evidence: HA_PROXY_EVIDENCE,
  metrics: HA_PROXY_METRICS,
};
