import type { KnownController } from '../../known-controller';
import { F5_NGINX_CAPABILITIES } from './capabilities';
import { F5_NGINX_EVIDENCE } from './evidence';
import { F5_NGINX_LANGUAGE } from './language';
import { F5_NGINX_METRICS } from './metrics';

/** The controller without what renders for it, so that whoever reads manifests loads no more than that. */
export const F5_NGINX: KnownController = {
  name: 'IngressController.f5Nginx()',
  capabilities: F5_NGINX_CAPABILITIES,
  language: F5_NGINX_LANGUAGE,
  evidence: F5_NGINX_EVIDENCE,
  metrics: F5_NGINX_METRICS,
};
