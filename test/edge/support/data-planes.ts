import { IngressController, type UnenforcedFeature } from 'cdk8s-nim';
import type { Manifest } from '../../support/manifests';
import { WITHOUT_BODY_LIMIT } from '../../support/ha-proxy';
import { f5NginxTemplate } from '../translate-f5-nginx';
import { haProxyConfiguration } from '../translate-haproxy';
import { ingressNginxTemplate } from '../translate-ingress-nginx';
import { nginxConfiguration, type NginxTemplate } from '../translate-nginx';
import type { Cluster } from './cluster';
import type { HaProxyTimeouts } from './haproxy-skeleton';

/** A controller's rendering, and the program that carries it out. */
export interface DataPlane {
  readonly name: string;
  readonly controller: () => IngressController;
  /** What the controller does not have, and every ingress for it has to accept. */
  readonly acceptUnenforced: UnenforcedFeature[];
  readonly command: string;
  /** Writes the configuration, and gives the arguments to start with it in the foreground. */
  readonly argumentsFor: (objects: readonly Manifest[], cluster: Cluster) => string[];
}

export const F5_NGINX = nginx('F5 NGINX', () => IngressController.f5Nginx(), f5NginxTemplate);

export const INGRESS_NGINX = nginx('ingress-nginx', () => IngressController.ingressNginx(), ingressNginxTemplate);

export const HA_PROXY = haProxy();

export const NGINX_PLANES: readonly DataPlane[] = [F5_NGINX, INGRESS_NGINX];
export const DATA_PLANES: readonly DataPlane[] = [...NGINX_PLANES, HA_PROXY];

/** HAProxy, with the timeouts of the controller's administrator where they differ from the default. */
export function haProxy(timeouts: HaProxyTimeouts = {}): DataPlane {
  return {
    name: 'HAProxy',
    controller: () => IngressController.haProxy(),
    acceptUnenforced: [WITHOUT_BODY_LIMIT],
    command: 'haproxy',
    argumentsFor: (objects, cluster) => [
      '-db',
      '-f',
      cluster.write('haproxy.cfg', haProxyConfiguration(objects, cluster, timeouts)),
    ],
  };
}

function nginx(name: string, controller: () => IngressController, template: NginxTemplate): DataPlane {
  return {
    name,
    controller,
    acceptUnenforced: [],
    command: 'nginx',
    argumentsFor: (objects, cluster) => [
      ...['-p', cluster.props.directory, '-e', 'stderr'],
      ...['-c', cluster.write('nginx.conf', nginxConfiguration(template, objects, cluster))],
    ],
  };
}
