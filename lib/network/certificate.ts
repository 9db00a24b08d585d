import type { ApiObject, Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { Certificate } from '../../imports/cert-manager.io-certificate';
import { addObject } from '../common/api-object';
import { defined } from '../common/defined';
import { invalid } from '../common/invalid';
import { goDuration } from '../common/quantities';

/** An issuer of cert-manager. */
export interface CertificateIssuer {
  readonly kind: string;
  readonly name: string;
}

/** How long a certificate lives. */
export interface CertificateLifetime {
  readonly duration?: Duration;
  readonly renewBefore?: Duration;
}

/** A certificate that cert-manager keeps in a Secret. */
export interface IssuedCertificate {
  /** The class of the API that asks for it, for errors. */
  readonly from: string;
  readonly secretName: string;
  readonly dnsNames: readonly string[];
  readonly labels: Record<string, string>;
  readonly annotations?: Record<string, string> | undefined;
  readonly issuer: CertificateIssuer;
  readonly lifetime: CertificateLifetime;
}

/** Renders the Certificate that cert-manager keeps in a Secret: an explicit object, the same for whoever reads the Secret. */
export function addCertificate(scope: Construct, certificate: IssuedCertificate): ApiObject {
  const { from, secretName, labels, annotations, lifetime } = certificate;
  return addObject(scope, 'Certificate', Certificate, {
    metadata: defined({ name: secretName, labels, annotations }),
    spec: defined({
      secretName,
      dnsNames: [...certificate.dnsNames],
      issuerRef: { group: 'cert-manager.io', ...certificate.issuer },
      duration: optionalDuration(`${from} duration`, lifetime.duration),
      renewBefore: optionalDuration(`${from} renewBefore`, requireEarlier(from, lifetime)),
      // A renewal that keeps the key would also keep a leaked one.
      privateKey: { rotationPolicy: 'Always' as const },
    }),
  });
}

/** Refuses a renewal that would begin before the certificate does; cert-manager would not take it. */
function requireEarlier(from: string, { duration, renewBefore }: CertificateLifetime): Duration | undefined {
  if (duration !== undefined && renewBefore !== undefined && renewBefore.toSeconds() >= duration.toSeconds()) {
    throw invalid({
      what: `${from} renewBefore`,
      value: renewBefore.toHumanString(),
      because: `the certificate lives ${duration.toHumanString()} only`,
      instead: 'write less than the duration, for example a third of it',
    });
  }
  return renewBefore;
}

function optionalDuration(what: string, duration: Duration | undefined): string | undefined {
  return duration === undefined ? undefined : goDuration(what, duration);
}
