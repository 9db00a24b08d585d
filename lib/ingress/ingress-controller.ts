import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { construct } from '../common/cdk8s-kinds';
import { requireKind } from '../common/kinds';
import { capabilitiesOf } from './capabilities';
import type { ControllerProfile, IngressControllerOptions } from './controller-profile';
import { AwsAlb } from './controllers/aws-alb/profile';
import type { AwsAlbOptions } from './controllers/aws-alb/options';
import { EnvoyGateway } from './controllers/envoy-gateway/profile';
import type { EnvoyGatewayOptions } from './controllers/envoy-gateway/options';
import { F5Nginx } from './controllers/f5-nginx/profile';
import { GatewayApi } from './controllers/gateway-api/profile';
import type { GatewayApiOptions } from './controllers/gateway-api/options';
import { HaProxy } from './controllers/ha-proxy/profile';
import type { HaProxyOptions } from './controllers/ha-proxy/options';
import { IngressNginx } from './controllers/ingress-nginx/profile';
import { OpenShiftRoute } from './controllers/openshift-route/profile';
import type { OpenShiftRouteOptions } from './controllers/openshift-route/options';
import { Traefik } from './controllers/traefik/profile';
import type { TraefikOptions } from './controllers/traefik/options';
import type { FeatureCapability } from './features';
import type { IIngressControllerProfile } from './own-controller';
import { OwnProfile } from './own-profile';

/**
 * The ingress controller of the cluster.
 *
 * @example
 * nim.IngressController.traefik({
 *   redis: { endpoints: ['redis.redis.svc.cluster.local:6379'], secret: kplus.Secret.fromSecretName(chart, 'redis', 'redis') },
 * });
 * nim.IngressController.envoyGateway({ gateway: { name: 'public', namespace: 'gateways' } });
 * nim.IngressController.haProxy({ rateWindowOffset: Duration.seconds(0) });
 * nim.IngressController.openShiftRoute({ ingressController: 'default' });
 * nim.IngressController.f5Nginx({ ingressClassName: 'nginx-internal' });
 */
export class IngressController {
  /** F5 NGINX Ingress Controller (`nginx.org`), 5.4 or newer; external authentication needs 5.5.2. */
  public static f5Nginx(options: IngressControllerOptions = {}): IngressController {
    return new IngressController(new F5Nginx(options));
  }

  /**
   * The community controller `kubernetes/ingress-nginx`, 1.12 or newer. It was retired in March 2026 and gets no security
   * fixes: for clusters that still have it, not for new ones.
   */
  public static ingressNginx(options: IngressControllerOptions = {}): IngressController {
    return new IngressController(new IngressNginx(options));
  }

  /**
   * HAProxy Technologies' `haproxytech/kubernetes-ingress` (annotations `haproxy.org/…`), 3.2 or newer. Not
   * `jcmoraisjr/haproxy-ingress`, whose annotations differ.
   */
  public static haProxy(options: HaProxyOptions = {}): IngressController {
    return new IngressController(new HaProxy(options));
  }

  /**
   * Traefik (open source), 3.7 or newer, with the entry points `web` and `websecure` and the provider `kubernetesCRD`, as its
   * Helm chart has them.
   */
  public static traefik(options: TraefikOptions = {}): IngressController {
    return new IngressController(new Traefik(options));
  }

  /**
   * AWS Load Balancer Controller, 2.15 or newer: an Application Load Balancer of its own for the host. It limits neither the rate, which a web
   * ACL of AWS WAF has to do, nor the size of a body, which has to be accepted with `acceptUnenforced`.
   */
  public static awsAlb(options: AwsAlbOptions): IngressController {
    return new IngressController(new AwsAlb(options));
  }

  /**
   * Envoy Gateway, 1.8 or newer: an HTTPRoute on a listener of a Gateway that exists. Take the certificate from
   * `IngressTls.fromGatewayListener()`.
   */
  public static envoyGateway(options: EnvoyGatewayOptions): IngressController {
    return new IngressController(new EnvoyGateway(options));
  }

  /**
   * Gateway API as Istio, NGINX Gateway Fabric, Cilium, GKE or Kong implement it: an HTTPRoute on a listener of a Gateway that exists, with exact
   * paths, and with methods and timeouts where the implementation has them. Limits and logins are no part of Gateway API: an ingress has to say
   * why it goes without (`acceptUnenforced`, `IngressAuthentication.none`). Take the certificate from `IngressTls.fromGatewayListener()`.
   */
  public static gatewayApi(options: GatewayApiOptions): IngressController {
    return new IngressController(new GatewayApi(options));
  }

  /** Routes of OpenShift, 4.19 or newer. */
  public static openShiftRoute(options: OpenShiftRouteOptions = {}): IngressController {
    return new IngressController(new OpenShiftRoute(options));
  }

  /**
   * A controller that this library does not know, by a profile of your own: `docs/own-controllers.md`. The guardrails read its front doors
   * where they are given `profile.language` (`GuardrailsOptions.controllers`).
   *
   * @param profile what the controller can do, and how a front door looks in its language.
   */
  public static custom(profile: IIngressControllerProfile): IngressController {
    return new IngressController(new OwnProfile(profile));
  }

  /** The name of the controller. */
  public readonly name: string;
  /** The version that the rendering is for. */
  public readonly version: string;

  private constructor(private readonly profile: ControllerProfile) {
    this.name = profile.name;
    this.version = profile.version;
  }

  /** Every feature that a front door may ask for, and how far this controller does it, to look at before a controller is chosen. */
  public get capabilities(): FeatureCapability[] {
    return capabilitiesOf(this.profile);
  }

  /**
   * Where the connections of the controller come from, as peers of a network policy. `SecureIngress` opens its service to them by itself:
   * this is for a service whose front door is written by hand, with `addIngressControllers` of `RestrictedService`.
   *
   * @param scope where the peers are made.
   */
  public bind(scope: Construct): INetworkPolicyPeer[] {
    return this.profile.peers(requireKind('IngressController.bind scope', scope, construct));
  }

  /** @internal */
  public get _profile(): ControllerProfile {
    return this.profile;
  }
}
