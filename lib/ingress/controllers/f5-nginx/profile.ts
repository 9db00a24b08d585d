import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { Policy } from '../../../../imports/k8s.nginx.org-policy';
import { addObject } from '../../../common/api-object';
import { requireProps } from '../../../common/props';
import {
  CERTIFICATES_IN_SECRETS,
  INGRESS_CONTROLLER_OPTIONS,
  type ControllerProfile,
  type IngressControllerOptions,
  ingressClass,
  podPeers,
  requireVersion,
} from '../../controller-profile';
import type { IngressSpec } from '../../spec';
import { addStandardIngress } from '../standard-ingress';
import { trafficAnnotations } from './annotations';
import { F5_NGINX_CAPABILITIES } from './capabilities';
import { policySpecs } from './policies';
import { prefixed } from '../prefixed';
import { F5_NGINX_METRICS } from './metrics';
import { INGRESS_CLASS, NAME, PREFIX } from './product';

/** `nginx.org/ssl-redirect`, `http-redirect-code` and `policies` exist from 5.4.0. */
const MINIMUM_VERSION = '5.4.0';
const WRITTEN_FOR = '5.5.4';

/** F5 NGINX Ingress Controller (`nginx.org`, open source edition), by annotations and Policy objects. */
export class F5Nginx implements ControllerProfile {
  public readonly name = NAME;
  public readonly version: string;
  public readonly capabilities = F5_NGINX_CAPABILITIES;
  public readonly certificates = CERTIFICATES_IN_SECRETS;
  public readonly metrics = F5_NGINX_METRICS;
  private readonly ingressClassName: string;

  public constructor(private readonly options: IngressControllerOptions) {
    requireProps('IngressController.f5Nginx', options, INGRESS_CONTROLLER_OPTIONS);
    this.version = requireVersion(NAME, options.version ?? WRITTEN_FOR, MINIMUM_VERSION);
    this.ingressClassName = ingressClass(options, INGRESS_CLASS);
  }

  public peers(scope: Construct): INetworkPolicyPeer[] {
    return podPeers(scope, this.options, {
      namespace: 'nginx-ingress',
      // Common to the Helm chart and to the plain manifests.
      labels: { 'app.kubernetes.io/name': 'nginx-ingress' },
    });
  }

  public render(scope: Construct, spec: IngressSpec): void {
    const policies = policySpecs(spec);
    const names = Object.entries(policies).map(([suffix, policy]) => {
      const name = `${spec.name}-${suffix}`;
      addObject(scope, suffix, Policy, { metadata: { name, labels: spec.labels }, spec: policy });
      return name;
    });
    addStandardIngress(
      scope,
      spec,
      this.ingressClassName,
      prefixed(PREFIX, {
        ...trafficAnnotations(spec),
        ...(spec.authentication.kind === 'basic'
          ? { 'basic-auth-secret': spec.authentication.secretName, 'basic-auth-realm': spec.host }
          : {}),
        ...(names.length === 0 ? {} : { policies: names.join(',') }),
      }),
    );
  }
}
