import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { FeatureCapability, IngressFeature } from './features';
import type { IngressControllerLanguage } from './own-language';
import type { IngressPath } from './paths';
import type { RateLimit } from './rate-limit';
import type { TlsVersion } from './tls';

/**
 * An ingress controller of your own, for `IngressController.custom`: what it can do, where its pods run, and how a front door looks in
 * its language. `docs/own-controllers.md` explains it, `examples/custom-controller` is a whole one.
 *
 * What the table of features does not have is refused before `render` is called, so that nothing that was asked for is dropped.
 *
 * @example
 * class PlainEdge implements nim.IIngressControllerProfile {
 *   public readonly name = 'Plain Edge';
 *   public readonly version = '4.2.0';
 *   public readonly features = [
 *     { feature: nim.IngressFeature.TLS_1_2, level: nim.CapabilityLevel.ENFORCED, note: 'the field certificate' },
 *     { feature: nim.IngressFeature.RATE_PER_SECOND, level: nim.CapabilityLevel.ENFORCED, note: 'requestsPerSecond' },
 *     { feature: nim.IngressFeature.AUTH_EXTERNAL, level: nim.CapabilityLevel.ENFORCED, note: 'the field login' },
 *     // ... and the rest: what is not listed is refused.
 *   ];
 *   public readonly language = { name: 'Plain Edge', door: nim.IngressDoor.INGRESS };
 *
 *   public peers(): nim.Peer[] {
 *     return [nim.Peer.pods({ labels: { app: 'plain-edge' }, namespace: 'edge' })];
 *   }
 *
 *   public render(scope: Construct, asked: nim.IngressRequirements): void {
 *     new ApiObject(scope, 'Door', {
 *       apiVersion: 'edge.example.com/v1',
 *       kind: 'Door',
 *       metadata: { name: asked.name, labels: asked.labels, annotations: asked.annotations },
 *       spec: {
 *         host: asked.host,
 *         certificate: asked.certificateSecret,
 *         backend: `${asked.service.name}:${asked.service.port}`,
 *         requestsPerSecond: asked.rateLimit.requests,
 *         login: asked.authentication.url,
 *         // ... and what else the features promise: paths, sizes, times.
 *       },
 *     });
 *   }
 * }
 *
 * nim.IngressController.custom(new PlainEdge());
 */
export interface IIngressControllerProfile {
  /** The name as the project writes it. */
  readonly name: string;
  /** The version that runs in the cluster, as "major.minor.patch": a feature with a newer `since` is refused. */
  readonly version: string;
  /** What it can do. A feature that is not listed is unsupported. */
  readonly features: FeatureCapability[];
  /** What its objects say, for the guardrails. */
  readonly language: IngressControllerLanguage;
  /**
   * Whether the certificate is that of a listener of a Gateway (`IngressTls.fromGatewayListener()`).
   * @default false - it is read from a Secret
   */
  readonly usesListenerCertificate?: boolean;
  /**
   * Where the connections of the controller come from; the network policy of the service opens for them. `Peer.pods` and `Peer.cidr` are
   * such peers.
   *
   * @param scope where constructs that a peer needs may be made.
   */
  peers(scope: Construct): INetworkPolicyPeer[];
  /**
   * Adds the objects of one front door to the tree. The main one carries `requirements.name`, `labels` and `annotations`. An error that it throws
   * refuses the front door: for a value that the controller would not take.
   *
   * @param scope where the objects belong.
   * @param requirements what the front door has to do.
   */
  render(scope: Construct, requirements: IngressRequirements): void;
}

/** What a front door has to do, in words that no controller owns. */
export interface IngressRequirements {
  /** Name of the main object, and beginning of the names of the others. */
  readonly name: string;
  /** The namespace; empty where the chart has none. */
  readonly namespace: string;
  /** Labels of every object. */
  readonly labels: Record<string, string>;
  /** What a reader of the main object has to know: exceptions and their reasons, approximations, prerequisites. It has to carry them. */
  readonly annotations: Record<string, string>;
  /**
   * What is asked for, all of which the controller has or may go without. One of `CLIENT_ADDRESS_…` says where the address of a client is read,
   * one of `AUTH_…` how clients prove who they are; without one, nobody is asked.
   */
  readonly features: IngressFeature[];
  /** The DNS name that clients use. */
  readonly host: string;
  /** Paths, compared letter by letter, with their methods. */
  readonly paths: IngressPath[];
  /** Paths of the service, in lower case, that have to stay inside the cluster: for controllers that serve more than exact paths. */
  readonly internalPaths: string[];
  /** The Service behind the door. */
  readonly service: IngressBackend;
  /**
   * The Secret with the certificate.
   * @default - the listener has it
   */
  readonly certificateSecret?: string;
  /** The lowest version of TLS. */
  readonly minimumTlsVersion: TlsVersion;
  /** How many proxies in front of the controller are trusted to tell the address of a client; 0 for none. */
  readonly trustedHops: number;
  /** How often a client may call. */
  readonly rateLimit: RateLimit;
  /** What the feature `AUTH_…` needs. */
  readonly authentication: IngressAuthenticationDetails;
  /** The largest body in bytes. */
  readonly maxBodyBytes: number;
  /** How long a connection to the service may take. */
  readonly connectTimeoutSeconds: number;
  /** How long a request may take, above the service's own limit. */
  readonly timeoutSeconds: number;
  /** Addresses that may call; empty for all. */
  readonly sourceRanges: string[];
  /** `max-age` of Strict-Transport-Security. */
  readonly hstsMaxAgeSeconds: number;
  /** Headers of every answer. */
  readonly responseHeaders: Record<string, string>;
}

/** The Service behind a front door. */
export interface IngressBackend {
  /** Name of the Service. */
  readonly name: string;
  /** Its one port. */
  readonly port: number;
  /** The name of that port. */
  readonly portName: string;
  /** The path that answers 200 when the pods are ready. */
  readonly readinessPath: string;
  /**
   * `BACKEND_TLS`: the name in the certificate of the pods, which the controller has to check.
   * @default - the pods speak plain HTTP
   */
  readonly tlsServerName?: string;
  /**
   * `BACKEND_TLS`: the Secret with the authority of that certificate, in its key `ca.crt`.
   * @default - the pods speak plain HTTP
   */
  readonly tlsAuthoritySecret?: string;
}

/** What an authentication needs, by its feature. */
export interface IngressAuthenticationDetails {
  /**
   * `AUTH_EXTERNAL`: the URL that is asked for every request.
   * @default - another authentication
   */
  readonly url?: string;
  /**
   * `AUTH_EXTERNAL`: headers of its answer that go on to the NIM.
   * @default - none, or another authentication
   */
  readonly responseHeaders?: string[];
  /**
   * `AUTH_BASIC`, `AUTH_API_KEY`: the Secret with the passwords or keys; `AUTH_CLIENT_CERTIFICATES`: the one with the authority.
   * @default - another authentication
   */
  readonly secretName?: string;
  /**
   * `AUTH_CLIENT_CERTIFICATES`: how many certificates may stand between a client's and the authority's.
   * @default - another authentication
   */
  readonly verifyDepth?: number;
  /**
   * `AUTH_JWT`: the issuer that a token must name.
   * @default - another authentication
   */
  readonly issuer?: string;
  /**
   * `AUTH_JWT`: where the keys are.
   * @default - another authentication
   */
  readonly jwksUri?: string;
  /**
   * `AUTH_JWT`: the audiences, one of which a token must name.
   * @default - another authentication
   */
  readonly audiences?: string[];
  /**
   * `AUTH_API_KEY`: the header with the key.
   * @default - another authentication
   */
  readonly header?: string;
}
