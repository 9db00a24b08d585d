import type { KnownController } from '../../known-controller';
import { INGRESS_NGINX_CAPABILITIES } from './capabilities';
import { INGRESS_NGINX_EVIDENCE } from './evidence';
import { INGRESS_NGINX_LANGUAGE } from './language';
import { INGRESS_NGINX_METRICS } from './metrics';

/** The controller without what renders for it, so that whoever reads manifests loads no more than that. */
export const INGRESS_NGINX: KnownController = {
  name: 'IngressController.ingressNginx()',
  capabilities: INGRESS_NGINX_CAPABILITIES,
  language: INGRESS_NGINX_LANGUAGE,
  evidence: INGRESS_NGINX_EVIDENCE,
  metrics: INGRESS_NGINX_METRICS,
};
