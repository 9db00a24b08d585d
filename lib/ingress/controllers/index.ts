import type { CapabilityTable } from '../features';
import { F5Nginx } from './f5-nginx';
import { IngressNginx } from './ingress-nginx';

/** Every controller that the library knows, for comparisons. */
export const CONTROLLERS: readonly { readonly name: string; readonly capabilities: CapabilityTable }[] = [
  { name: 'IngressController.f5Nginx()', capabilities: F5Nginx.CAPABILITIES },
  { name: 'IngressController.ingressNginx()', capabilities: IngressNginx.CAPABILITIES },
];
