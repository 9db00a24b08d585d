import { IngressController, type IngressTls, type UnenforcedFeature } from 'cdk8s-nim';
import type { Manifest } from '../../support/manifests';
import { WITHOUT_BODY_LIMIT } from '../../support/ha-proxy';
import { ServingProcess } from '../../support/serving-process';
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
  /**
   * Where the certificate comes from.
   * @default - a Secret that the ingress names
   */
  readonly tls?: () => IngressTls;
  /** Starts the program with the objects as its configuration. */
  readonly serve: (objects: readonly Manifest[], cluster: Cluster) => Promise<Serving>;
}

/** A data plane that serves. */
export interface Serving {
  readonly stop: () => Promise<void>;
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
    serve: (objects, cluster) =>
      start('haproxy', cluster, [
        '-db',
        '-f',
        cluster.write('haproxy.cfg', haProxyConfiguration(objects, cluster, timeouts)),
      ]),
  };
}

function nginx(name: string, controller: () => IngressController, template: NginxTemplate): DataPlane {
  return {
    name,
    controller,
    acceptUnenforced: [],
    serve: (objects, cluster) =>
      start('nginx', cluster, [
        ...['-p', cluster.props.directory, '-e', 'stderr'],
        ...['-c', cluster.write('nginx.conf', nginxConfiguration(template, objects, cluster))],
      ]),
  };
}

function start(command: string, { props }: Cluster, args: string[]): Promise<Serving> {
  const { http, https, control } = props.ports;
  return ServingProcess.start(command, args, [http, https, control]);
}
