import type { ApiObject } from 'cdk8s';
import type { AuthenticationSpec } from './authentication';
import type { ClientAddress } from './client-address';
import type { ServiceTls } from '../network/internal-tls';
import type { IngressFeature } from './features';
import type { IngressPath } from './paths';
import type { RateLimit } from './rate-limit';
import type { CertificateSource, TlsVersion } from './tls';

/** What a front door shall do, in words that no controller owns. Every controller translates this. */
export interface IngressSpec {
  /** Name of the main object, and beginning of the names of the others. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  /** What a reader of the main object has to know: exceptions and their reasons, approximations, prerequisites. */
  readonly annotations: Record<string, string>;
  /** The part of it that every further object with paths carries: without the reason a check would report it. */
  readonly exceptions: Record<string, string>;
  /** What is asked for. */
  readonly features: readonly IngressFeature[];
  readonly host: string;
  /** Paths, compared letter by letter. */
  readonly paths: readonly IngressPath[];
  /**
   * Paths of the service, in lower case, that have to stay inside the cluster: for controllers that serve more than the
   * exact paths.
   */
  readonly internalPaths: readonly string[];
  readonly service: {
    readonly name: string;
    readonly port: number;
    readonly portName: string;
    readonly readinessPath: string;
    /** How its certificate is checked, where it speaks TLS. */
    readonly tls: ServiceTls | undefined;
    /** The Service itself, for controllers that read annotations from it. */
    readonly object: ApiObject;
  };
  readonly tls: {
    /** The Secret with the certificate; with an issuer, the one that cert-manager fills. */
    readonly certificate: Exclude<CertificateSource, { kind: 'issuer' }>;
    readonly minimumVersion: TlsVersion;
  };
  readonly clientAddress: ClientAddress;
  readonly rateLimit: RateLimit;
  readonly authentication: AuthenticationSpec;
  readonly maxBodyBytes: number;
  readonly connectTimeoutSeconds: number;
  /** For one request, above the backend's own. */
  readonly timeoutSeconds: number;
  /** Addresses that may call; empty for all. */
  readonly sourceRanges: readonly string[];
  readonly hstsMaxAgeSeconds: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
}
