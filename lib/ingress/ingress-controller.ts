import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ControllerProfile, IngressControllerOptions } from './controller-profile';
import { F5Nginx } from './controllers/f5-nginx';
import { IngressNginx } from './controllers/ingress-nginx';

/** The ingress controller of the cluster. */
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

  /** The name of the controller. */
  public readonly name: string;
  /** The version that the rendering is for. */
  public readonly version: string;

  private constructor(
    /** @internal */
    public readonly _profile: ControllerProfile,
  ) {
    this.name = _profile.name;
    this.version = _profile.version;
  }

  /** What connects for the controller, as peers of a network policy. */
  public bind(scope: Construct): INetworkPolicyPeer[] {
    return this._profile.peers(scope);
  }
}
