/**
 * The hosts that a NIM downloads its model from, each on TCP 443: for the rules of a proxy, and of network policies
 * that know names. The nodes need others for the images.
 *
 * @example
 * const allowed = nim.NgcHosts.download;
 */
export class NgcHosts {
  /**
   * Token, manifest and weights, as NVIDIA's "Deploy Behind a TLS Proxy" lists them. Models from Hugging Face need its hosts
   * as well.
   */
  public static get download(): string[] {
    return ['authn.nvidia.com', 'api.ngc.nvidia.com', 'xfiles.ngc.nvidia.com'];
  }

  private constructor() {
    // Nobody needs an object of it.
  }
}
