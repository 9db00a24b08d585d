import { requireKind, wholeNumber } from '../common/kinds';

/**
 * Where the address of a client is read. Behind a load balancer that hides it, all clients share one allowance.
 *
 * @example
 * new nim.SecureIngress(chart, 'ingress', {
 *   service,
 *   host: 'embeddings.example.com',
 *   controller: nim.IngressController.f5Nginx(),
 *   clientAddress: nim.ClientAddress.proxyProtocol(),
 *   tls: nim.IngressTls.fromIssuer('company-ca'),
 *   rateLimit: nim.RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
 *   authentication: nim.IngressAuthentication.none('the load balancer logs people in'),
 * });
 */
export class ClientAddress {
  /** The address from which the connection to the controller comes. */
  public static direct(): ClientAddress {
    return new ClientAddress('direct', 0);
  }

  /**
   * The header X-Forwarded-For, behind proxies that you trust to set it.
   *
   * @param trustedHops how many proxies stand between the client and the controller.
   */
  public static forwardedFor(trustedHops = 1): ClientAddress {
    return new ClientAddress(
      'forwarded',
      requireKind('ClientAddress.forwardedFor trustedHops', trustedHops, wholeNumber()),
    );
  }

  /** The PROXY protocol of a load balancer. */
  public static proxyProtocol(): ClientAddress {
    return new ClientAddress('proxy-protocol', 0);
  }

  private constructor(
    private readonly source: ClientAddressSource,
    /** How many proxies are trusted. */
    public readonly trustedHops: number,
  ) {}

  /** @internal */
  public get _source(): ClientAddressSource {
    return this.source;
  }
}

/** The ways to a client address, as the controllers read them. */
export type ClientAddressSource = 'direct' | 'forwarded' | 'proxy-protocol';
