import { type INetworkPolicyPeer, k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
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
import { annotations } from './annotations';
import { INGRESS_NGINX_CAPABILITIES } from './capabilities';
import { INGRESS_NGINX_METRICS } from './metrics';
import { INGRESS_CLASS, NAME } from './product';

/** The oldest release that takes every annotation used here. */
const MINIMUM_VERSION = '1.12.0';
const WRITTEN_FOR = '1.15.1';

/** The community controller `kubernetes/ingress-nginx`, retired in March 2026 and without any fixes since. */
export class IngressNginx implements ControllerProfile {
  public readonly name = NAME;
  public readonly version: string;
  public readonly capabilities = INGRESS_NGINX_CAPABILITIES;
  public readonly certificates = CERTIFICATES_IN_SECRETS;
  public readonly metrics = INGRESS_NGINX_METRICS;
  private readonly ingressClassName: string;

  public constructor(private readonly options: IngressControllerOptions) {
    requireProps('IngressController.ingressNginx', options, INGRESS_CONTROLLER_OPTIONS);
    this.version = requireVersion(NAME, options.version ?? WRITTEN_FOR, MINIMUM_VERSION);
    this.ingressClassName = ingressClass(options, INGRESS_CLASS);
  }

  public peers(scope: Construct): INetworkPolicyPeer[] {
    return podPeers(scope, this.options, {
      namespace: 'ingress-nginx',
      labels: { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' },
    });
  }

  public render(scope: Construct, spec: IngressSpec): void {
    const headers = responseHeaders(scope, spec);
    addStandardIngress(scope, spec, this.ingressClassName, annotations(spec, headers));
  }
}

/** The controller takes response headers from a ConfigMap only. */
function responseHeaders(scope: Construct, spec: IngressSpec): string | undefined {
  if (Object.keys(spec.responseHeaders).length === 0) {
    return undefined;
  }
  const name = `${spec.name}-response-headers`;
  addObject(scope, 'ResponseHeaders', k8s.KubeConfigMap, {
    metadata: { name, labels: spec.labels },
    data: { ...spec.responseHeaders },
  });
  return `${spec.namespace}/${name}`;
}
