import type { Duration } from 'cdk8s';
import type { ISecret } from 'cdk8s-plus-28';
import { duration, secret } from '../common/cdk8s-kinds';
import { invalid } from '../common/invalid';
import { text } from '../common/kinds';
import { requireObjectName } from '../common/names';
import { optional, type PropTable, required, requireProps } from '../common/props';
import type { CertificateIssuer, CertificateLifetime } from './certificate';

/** How callers check the certificate of the pods. */
export interface InternalTlsOptions {
  /**
   * The Secret, in the namespace of the NIM, with the authority that signed the certificate. Traefik, Envoy Gateway and ingress-nginx
   * read its key `ca.crt`; F5 NGINX too, in a Secret of the type `nginx.org/ca`; HAProxy reads the key `tls.crt`. The last two need it.
   * @default - the Secret of the certificate, where cert-manager writes `ca.crt` for issuers that know their authority
   */
  readonly caSecret?: ISecret;
  /**
   * The same authority in PEM, for OpenShift Routes, which hold it themselves. It is no secret. Refused: keys.
   * @default - none: an OpenShift Route is refused
   */
  readonly caCertificate?: string;
}

export const INTERNAL_TLS_OPTIONS: PropTable<InternalTlsOptions> = {
  caSecret: optional(secret),
  caCertificate: optional(text),
};

/** Options of `InternalTls.fromCertManager`: exactly one of `issuer` and `clusterIssuer`. */
export interface CertManagerTlsOptions extends InternalTlsOptions {
  /**
   * An Issuer in the namespace of the NIM. It has to sign names inside the cluster: an authority of your own, not one on the internet.
   * @default - none
   */
  readonly issuer?: string;
  /**
   * A ClusterIssuer.
   * @default - none
   */
  readonly clusterIssuer?: string;
  /**
   * Name of the Secret that cert-manager writes the certificate to.
   * @default - the name of the NIM, or of the Service of other pods, and `-internal-tls`
   */
  readonly secretName?: string;
  /**
   * Lifetime of the certificate.
   * @default - cert-manager's own (90 days)
   */
  readonly duration?: Duration;
  /**
   * How long before it expires the certificate is renewed. The NIM reads the new one when it starts again.
   * @default - cert-manager's own (a third of the lifetime)
   */
  readonly renewBefore?: Duration;
}

export const CERT_MANAGER_TLS_OPTIONS: PropTable<CertManagerTlsOptions> = {
  ...INTERNAL_TLS_OPTIONS,
  issuer: optional(text),
  clusterIssuer: optional(text),
  secretName: optional(text),
  duration: optional(duration),
  renewBefore: optional(duration),
};

/** What cert-manager is asked for. */
interface Issued {
  readonly issuer: CertificateIssuer;
  readonly lifetime: CertificateLifetime;
}

/**
 * TLS between the callers and the pods, by a certificate for the DNS names of their Service. The callers do not show a certificate of
 * their own: who may call is for the network policy and the front door to say.
 *
 * @example
 * new nim.TextEmbeddingNim(chart, 'text-embedding', {
 *   model,
 *   credentials,
 *   internalTls: nim.InternalTls.fromCertManager({ clusterIssuer: 'internal-ca' }),
 * });
 * nim.InternalTls.fromSecretName('api-certificate');
 */
export class InternalTls {
  /** Refers to an issuer of cert-manager, of which `RestrictedService` renders a Certificate for the DNS names of its Service. */
  public static fromCertManager(options: CertManagerTlsOptions): InternalTls {
    const from = 'InternalTls.fromCertManager';
    requireProps(from, options, CERT_MANAGER_TLS_OPTIONS);
    const { secretName, duration: life, renewBefore } = options;
    return new InternalTls(
      secretName === undefined ? undefined : requireObjectName(`${from} secretName`, secretName),
      {
        issuer: requireIssuer(from, options),
        lifetime: {
          ...(life === undefined ? {} : { duration: life }),
          ...(renewBefore === undefined ? {} : { renewBefore }),
        },
      },
      requireAuthority(from, options),
    );
  }

  /**
   * Refers to a Secret of the type `kubernetes.io/tls` that exists already in the namespace of the NIM. Its certificate has to hold the DNS name
   * of the Service, `NAME.NAMESPACE.svc`.
   *
   * @param secretName the name of the Secret.
   */
  public static fromSecretName(secretName: string, options: InternalTlsOptions = {}): InternalTls {
    const from = 'InternalTls.fromSecretName';
    requireProps(from, { secretName }, { secretName: required(text) });
    requireProps(from, options, INTERNAL_TLS_OPTIONS);
    return new InternalTls(
      requireObjectName(`${from} secretName`, secretName),
      undefined,
      requireAuthority(from, options),
    );
  }

  /** @internal The same, with a name for the Secret of the certificate where none was given. */
  public static _named(tls: InternalTls, owner: string): InternalTls {
    return new InternalTls(tls.secretName ?? `${owner}-internal-tls`, tls.issued, tls.authority);
  }

  private constructor(
    private readonly secretName: string | undefined,
    private readonly issued: Issued | undefined,
    private readonly authority: InternalTlsOptions,
  ) {}

  /** @internal */
  public get _secretName(): string {
    return this.secretName ?? '';
  }

  /** @internal */
  public get _issued(): Issued | undefined {
    return this.issued;
  }

  /** @internal */
  public get _authority(): InternalTlsOptions {
    return this.authority;
  }
}

/**
 * How callers check the certificate of a Service: for front doors, and for monitoring.
 *
 * @example
 * service.tls?.serverName;
 */
export interface ServiceTls {
  /** The name in the certificate that callers check: the DNS name of the Service. */
  readonly serverName: string;
  /** The Secret with the certificate of the pods, in the namespace of the Service. */
  readonly certificateSecretName: string;
  /**
   * The Secret with the authority, where it is not that of the certificate.
   * @default - the Secret of the certificate has it
   */
  readonly caSecretName?: string;
  /**
   * The authority in PEM.
   * @default - not given
   */
  readonly caCertificate?: string;
}

function requireIssuer(from: string, { issuer, clusterIssuer }: CertManagerTlsOptions): CertificateIssuer {
  const named = [
    ...(issuer === undefined ? [] : [{ kind: 'Issuer', name: requireObjectName(`${from} issuer`, issuer) }]),
    ...(clusterIssuer === undefined
      ? []
      : [{ kind: 'ClusterIssuer', name: requireObjectName(`${from} clusterIssuer`, clusterIssuer) }]),
  ];
  const [one, ...more] = named;
  if (one === undefined || more.length > 0) {
    throw invalid({
      what: `${from} issuer`,
      value: issuer,
      because: `one of issuer and clusterIssuer signs the certificate, and ${one === undefined ? 'none is' : 'both are'} given`,
      instead: 'write for example clusterIssuer: "internal-ca"',
    });
  }
  return one;
}

const CERTIFICATE_IN_PEM = /^\s*(-----BEGIN CERTIFICATE-----\s+[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/;

function requireAuthority(from: string, { caSecret, caCertificate }: InternalTlsOptions): InternalTlsOptions {
  if (caSecret !== undefined) {
    requireObjectName(`${from} caSecret`, caSecret.name);
  }
  if (caCertificate !== undefined && !CERTIFICATE_IN_PEM.test(caCertificate)) {
    throw invalid({
      what: `${from} caCertificate`,
      value: '(hidden)',
      because: 'it is not certificates in PEM and nothing else, and manifests are stored in Git',
      instead: 'write what stands from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----"',
    });
  }
  return {
    ...(caSecret === undefined ? {} : { caSecret }),
    ...(caCertificate === undefined ? {} : { caCertificate }),
  };
}
