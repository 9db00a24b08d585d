import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { Middleware } from '../../../../imports/traefik.io-middleware';
import { addObject } from '../../../common/api-object';
import { requireProps } from '../../../common/props';
import {
  CERTIFICATES_IN_SECRETS,
  type ControllerProfile,
  ingressClass,
  podPeers,
  requireVersion,
} from '../../controller-profile';
import type { CapabilityTable } from '../../features';
import type { IngressSpec } from '../../spec';
import { addStandardIngress } from '../standard-ingress';
import { TRAEFIK_CAPABILITIES, TRAEFIK_CAPABILITIES_WITH_REDIS } from './capabilities';
import { middlewareSpecs } from './middlewares';
import { requireRedis, TRAEFIK_OPTIONS, type TraefikOptions, type TraefikRedisOptions } from './options';
import { addRedirect, addServersTransport, addTlsOption, HTTPS_ENTRY_POINT, objectReference } from './objects';
import { TRAEFIK_METRICS } from './metrics';
import { INGRESS_CLASS, NAME, PREFIX } from './product';

const MINIMUM_VERSION = '3.7.0';
const WRITTEN_FOR = '3.7.9';

/** Traefik (open source), by an Ingress with router annotations and by Middleware, TLSOption and ServersTransport objects. */
export class Traefik implements ControllerProfile {
  public readonly name = NAME;
  public readonly version: string;
  public readonly capabilities: CapabilityTable;
  public readonly certificates = CERTIFICATES_IN_SECRETS;
  public readonly metrics = TRAEFIK_METRICS;
  private readonly ingressClassName: string;
  private readonly redis: TraefikRedisOptions | undefined;

  public constructor(private readonly options: TraefikOptions) {
    requireProps('IngressController.traefik', options, TRAEFIK_OPTIONS);
    this.version = requireVersion(NAME, options.version ?? WRITTEN_FOR, MINIMUM_VERSION);
    this.ingressClassName = ingressClass(options, INGRESS_CLASS);
    this.redis = options.redis === undefined ? undefined : requireRedis(options.redis);
    this.capabilities = this.redis === undefined ? TRAEFIK_CAPABILITIES : TRAEFIK_CAPABILITIES_WITH_REDIS;
  }

  public peers(scope: Construct): INetworkPolicyPeer[] {
    return podPeers(scope, this.options, {
      namespace: 'traefik',
      // Of the Helm chart, and so of k3s and RKE2, which install it in kube-system.
      labels: { 'app.kubernetes.io/name': 'traefik' },
    });
  }

  public render(scope: Construct, spec: IngressSpec): void {
    const middlewares = middlewareSpecs(spec, this.redis).map(([suffix, middleware]) => {
      const name = `${spec.name}-${suffix}`;
      addObject(scope, suffix, Middleware, { metadata: { name, labels: spec.labels }, spec: middleware });
      return objectReference(spec, name);
    });
    addServersTransport(scope, spec);
    addStandardIngress(scope, spec, this.ingressClassName, {
      [`${PREFIX}/router.entrypoints`]: HTTPS_ENTRY_POINT,
      [`${PREFIX}/router.middlewares`]: middlewares.join(','),
      [`${PREFIX}/router.tls.options`]: addTlsOption(scope, spec),
    });
    addRedirect(scope, spec, this.ingressClassName);
  }
}
