import type { Duration } from 'cdk8s';
import type { ISecret } from 'cdk8s-plus-28';
import { invalid } from '../common/invalid';
import { requireObjectName } from '../common/names';
import { duration, secret as secretKind } from '../common/cdk8s-kinds';
import { enumOf, text } from '../common/kinds';
import { optional, type PropTable, required, requireProps } from '../common/props';

/**
 * A version of TLS that a front door may accept. Nothing below 1.2 can be expressed.
 *
 * @example
 * nim.IngressTls.fromIssuer('company-ca', { minimumVersion: nim.TlsVersion.TLS_1_3, duration: Duration.days(30) });
 */
export enum TlsVersion {
  /** TLS 1.2 and 1.3. */
  TLS_1_2 = '1.2',
  /** TLS 1.3 only. */
  TLS_1_3 = '1.3',
}

/** Options that every source of a certificate has. */
export interface IngressTlsOptions {
  /**
   * The lowest version that clients may use.
   * @default TlsVersion.TLS_1_2
   */
  readonly minimumVersion?: TlsVersion;
}

export const INGRESS_TLS_OPTIONS: PropTable<IngressTlsOptions> = {
  minimumVersion: optional(enumOf({ TlsVersion })),
};

/** Options of TLS with a certificate from cert-manager. */
export interface IssuedTlsOptions extends IngressTlsOptions {
  /**
   * Name of the Secret that cert-manager writes the certificate to.
   * @default - the name of the ingress and `-tls`
   */
  readonly secretName?: string;
  /**
   * Lifetime of the certificate.
   * @default - cert-manager's own (90 days)
   */
  readonly duration?: Duration;
  /**
   * How long before it expires the certificate is renewed.
   * @default - cert-manager's own (a third of the lifetime)
   */
  readonly renewBefore?: Duration;
}

export const ISSUED_TLS_OPTIONS: PropTable<IssuedTlsOptions> = {
  ...INGRESS_TLS_OPTIONS,
  secretName: optional(text),
  duration: optional(duration),
  renewBefore: optional(duration),
};

/**
 * Where the certificate of a front door comes from.
 *
 * @example
 * nim.IngressTls.fromClusterIssuer('letsencrypt', { minimumVersion: nim.TlsVersion.TLS_1_3 });
 * nim.IngressTls.fromSecret(kplus.Secret.fromSecretName(chart, 'certificate', 'embeddings-tls'));
 */
export class IngressTls {
  /**
   * Refers to a Secret of type `kubernetes.io/tls` that exists already.
   *
   * @param secret the Secret, in the namespace of the chart.
   */
  public static fromSecret(secret: ISecret, options: IngressTlsOptions = {}): IngressTls {
    requireProps('IngressTls.fromSecret', { secret }, { secret: required(secretKind) });
    requireProps('IngressTls.fromSecret', options, INGRESS_TLS_OPTIONS);
    return new IngressTls(options, {
      kind: 'secret',
      secretName: requireObjectName('IngressTls secret', secret.name),
    });
  }

  /**
   * Refers to a ClusterIssuer of cert-manager, of which `SecureIngress` renders a Certificate: the same for every controller, and open to review.
   *
   * @param name the name of the ClusterIssuer.
   */
  public static fromClusterIssuer(name: string, options: IssuedTlsOptions = {}): IngressTls {
    return IngressTls._issued('ClusterIssuer', name, options);
  }

  /**
   * Refers to an Issuer of cert-manager in the namespace of the chart, of which `SecureIngress` renders a Certificate.
   *
   * @param name the name of the Issuer.
   */
  public static fromIssuer(name: string, options: IssuedTlsOptions = {}): IngressTls {
    return IngressTls._issued('Issuer', name, options);
  }

  /** @internal */
  private static _issued(kind: string, name: string, options: IssuedTlsOptions): IngressTls {
    requireProps(`IngressTls.from${kind}`, { name }, { name: required(text) });
    requireProps(`IngressTls.from${kind}`, options, ISSUED_TLS_OPTIONS);
    if (options.secretName !== undefined) {
      requireObjectName('IngressTls secretName', options.secretName);
    }
    const issuer = { kind, name: requireObjectName(`IngressTls ${kind}`, name) };
    return new IngressTls(options, { kind: 'issuer', issuer, options });
  }

  /** Refers to the certificate of a Gateway's listener, which the platform team owns. For Gateway API controllers. */
  public static fromGatewayListener(options: IngressTlsOptions = {}): IngressTls {
    requireProps('IngressTls.fromGatewayListener', options, INGRESS_TLS_OPTIONS);
    return new IngressTls(options, { kind: 'gateway-listener' });
  }

  /**
   * Refers to a certificate of AWS Certificate Manager. For the AWS Load Balancer Controller.
   *
   * @param arn the ARN of the certificate: `arn:aws:acm:REGION:ACCOUNT:certificate/ID`.
   */
  public static fromAcmCertificate(arn: string, options: IngressTlsOptions = {}): IngressTls {
    requireProps('IngressTls.fromAcmCertificate', { arn }, { arn: required(text) });
    requireProps('IngressTls.fromAcmCertificate', options, INGRESS_TLS_OPTIONS);
    if (!/^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate\/[A-Za-z0-9-]+$/.test(arn)) {
      throw invalid({
        what: 'IngressTls.fromAcmCertificate arn',
        value: arn,
        because: 'it is no ARN of a certificate in AWS Certificate Manager',
        instead: 'write "arn:aws:acm:REGION:ACCOUNT:certificate/ID"',
      });
    }
    return new IngressTls(options, { kind: 'acm', arn });
  }

  /** The lowest version that clients may use. */
  public readonly minimumVersion: TlsVersion;

  private constructor(
    options: IngressTlsOptions,
    private readonly certificate: CertificateSource,
  ) {
    this.minimumVersion = options.minimumVersion ?? TlsVersion.TLS_1_2;
  }

  /** @internal */
  public get _certificate(): CertificateSource {
    return this.certificate;
  }
}

/** Where a certificate comes from, as the ingress room reads it. */
export type CertificateSource =
  | { readonly kind: 'secret'; readonly secretName: string }
  | {
      readonly kind: 'issuer';
      readonly issuer: { readonly kind: string; readonly name: string };
      readonly options: IssuedTlsOptions;
    }
  | { readonly kind: 'gateway-listener' }
  | { readonly kind: 'acm'; readonly arn: string };
