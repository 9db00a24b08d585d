import { AWS_ALB_EVIDENCE } from '../../lib/ingress/controllers/aws-alb/evidence';
import { ENVOY_GATEWAY_EVIDENCE } from '../../lib/ingress/controllers/envoy-gateway/evidence';
import { F5_NGINX_EVIDENCE } from '../../lib/ingress/controllers/f5-nginx/evidence';
import { HA_PROXY_EVIDENCE } from '../../lib/ingress/controllers/ha-proxy/evidence';
import { INGRESS_NGINX_EVIDENCE } from '../../lib/ingress/controllers/ingress-nginx/evidence';
import { OPENSHIFT_ROUTE_EVIDENCE } from '../../lib/ingress/controllers/openshift-route/evidence';
import { TRAEFIK_EVIDENCE } from '../../lib/ingress/controllers/traefik/evidence';
import type { Evidence } from '../../lib/ingress/evidence';
import { type Capability, CapabilityLevel, type IngressFeature } from '../../lib/ingress/features';

/** The evidence on every controller, by the name that messages give it. */
export const EVIDENCE: Readonly<Record<string, Evidence>> = {
  'IngressController.f5Nginx()': F5_NGINX_EVIDENCE,
  'IngressController.ingressNginx()': INGRESS_NGINX_EVIDENCE,
  'IngressController.haProxy()': HA_PROXY_EVIDENCE,
  'IngressController.traefik()': TRAEFIK_EVIDENCE,
  'IngressController.awsAlb()': AWS_ALB_EVIDENCE,
  'IngressController.envoyGateway()': ENVOY_GATEWAY_EVIDENCE,
  'IngressController.openShiftRoute()': OPENSHIFT_ROUTE_EVIDENCE,
};

/** How it is known, in words; nothing for what the controller does not do. */
export function evidenceText(name: string, feature: IngressFeature, { level }: Capability): string {
  const { controllerTest = [], byHand, dataPlaneTest = [] } = EVIDENCE[name] ?? {};
  const ways = [
    ...(controllerTest.includes(feature) ? ['controller, by a test'] : []),
    ...(byHand?.features.includes(feature) === true ? [`controller, by hand (${byHand.version}, ${byHand.date})`] : []),
    ...(dataPlaneTest.includes(feature) ? ['data plane, by a test'] : []),
  ];
  if (level === CapabilityLevel.UNSUPPORTED) {
    return '–';
  }
  return ways.length === 0 ? 'source' : ways.join('; ');
}
