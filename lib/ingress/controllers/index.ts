import type { CapabilityTable } from '../features';
import { AwsAlb } from './aws-alb/profile';
import { EnvoyGateway } from './envoy-gateway/profile';
import { F5Nginx } from './f5-nginx/profile';
import { HaProxy } from './ha-proxy/profile';
import { IngressNginx } from './ingress-nginx/profile';
import { OpenShiftRoute } from './openshift-route/profile';
import { Traefik } from './traefik/profile';

/** Every controller that the library knows, for comparisons. */
export const CONTROLLERS: readonly { readonly name: string; readonly capabilities: CapabilityTable }[] = [
  { name: 'IngressController.f5Nginx()', capabilities: F5Nginx.CAPABILITIES },
  { name: 'IngressController.ingressNginx()', capabilities: IngressNginx.CAPABILITIES },
  { name: 'IngressController.haProxy()', capabilities: HaProxy.CAPABILITIES },
  { name: 'IngressController.traefik()', capabilities: Traefik.CAPABILITIES },
  { name: 'IngressController.awsAlb()', capabilities: AwsAlb.CAPABILITIES },
  { name: 'IngressController.envoyGateway()', capabilities: EnvoyGateway.CAPABILITIES },
  { name: 'IngressController.openShiftRoute()', capabilities: OpenShiftRoute.CAPABILITIES },
];
