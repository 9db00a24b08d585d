import type { KnownController } from '../../known-controller';
import { TRAEFIK_CAPABILITIES } from './capabilities';
import { TRAEFIK_EVIDENCE } from './evidence';
import { TRAEFIK_LANGUAGE } from './language';
import { TRAEFIK_METRICS } from './metrics';

/** The controller without what renders for it, so that whoever reads manifests loads no more than that. */
export const TRAEFIK: KnownController = {
  name: 'IngressController.traefik()',
  capabilities: TRAEFIK_CAPABILITIES,
  language: TRAEFIK_LANGUAGE,
  evidence: TRAEFIK_EVIDENCE,
  metrics: TRAEFIK_METRICS,
};
