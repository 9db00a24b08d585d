import type { CapabilityTable } from '../features';
import { AwsAlb } from './aws-alb';
import { EnvoyGateway } from './envoy-gateway';
import { F5Nginx } from './f5-nginx';
import { HaProxy } from './ha-proxy';
import { IngressNginx } from './ingress-nginx';
import { OpenShiftRoute } from './openshift-route';
import { Traefik } from './traefik';

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
