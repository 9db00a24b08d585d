import type { KnownController } from '../known-controller';
import { AWS_ALB } from './aws-alb';
import { ENVOY_GATEWAY } from './envoy-gateway';
import { F5_NGINX } from './f5-nginx';
import { GATEWAY_API } from './gateway-api';
import { HA_PROXY } from './ha-proxy';
import { INGRESS_NGINX } from './ingress-nginx';
import { OPENSHIFT_ROUTE } from './openshift-route';
import { TRAEFIK } from './traefik';

/** Every controller that the library knows, in the order of the documentation. */
export const CONTROLLERS: readonly KnownController[] = [
  F5_NGINX,
  INGRESS_NGINX,
  HA_PROXY,
  TRAEFIK,
  AWS_ALB,
  ENVOY_GATEWAY,
  GATEWAY_API,
  OPENSHIFT_ROUTE,
];
