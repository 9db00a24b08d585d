import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { requireProps } from '../../../common/props';
import {
  CERTIFICATES_IN_SECRETS,
  type ControllerProfile,
  ingressClass,
  podPeers,
  requireVersion,
} from '../../controller-profile';
import type { IngressSpec } from '../../spec';
import { rateWindowMillis } from './rate-window';
import { addStandardIngress } from '../standard-ingress';
import { annotations } from './annotations';
import { HA_PROXY_CAPABILITIES } from './capabilities';
import { HA_PROXY_OPTIONS, type HaProxyOptions } from './options';
import { HA_PROXY_METRICS } from './metrics';
import { INGRESS_CLASS, NAME } from './product';

/** The generation that the rendering was compared with. */
const MINIMUM_VERSION = '3.2.0';
const WRITTEN_FOR = '3.2.11';

/** HAProxy Technologies' `haproxytech/kubernetes-ingress`, by annotations. */
export class HaProxy implements ControllerProfile {
  public readonly name = NAME;
  public readonly version: string;
  public readonly capabilities = HA_PROXY_CAPABILITIES;
  public readonly certificates = CERTIFICATES_IN_SECRETS;
  public readonly metrics = HA_PROXY_METRICS;
  private readonly ingressClassName: string;

  public constructor(private readonly options: HaProxyOptions) {
    requireProps('IngressController.haProxy', options, HA_PROXY_OPTIONS);
    this.version = requireVersion(NAME, options.version ?? WRITTEN_FOR, MINIMUM_VERSION);
    this.ingressClassName = ingressClass(options, INGRESS_CLASS);
  }

  public peers(scope: Construct): INetworkPolicyPeer[] {
    return podPeers(scope, this.options, {
      namespace: 'haproxy-controller',
      // The Helm chart's; the plain manifests have `run: haproxy-ingress` instead.
      labels: { 'app.kubernetes.io/name': 'kubernetes-ingress' },
    });
  }

  public render(scope: Construct, spec: IngressSpec): void {
    const window = (): number => rateWindowMillis(scope, spec, this.ingressClassName, this.options.rateWindowOffset);
    addStandardIngress(scope, spec, this.ingressClassName, annotations(spec, window));
  }
}
