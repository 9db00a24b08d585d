import type { ApiObject, Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { Certificate } from '../../imports/cert-manager.io-certificate';
import { addObject } from '../common/api-object';
import { defined } from '../common/defined';
import { invalid } from '../common/invalid';
import { goDuration } from '../common/quantities';
import type { CertificateSource, IssuedTlsOptions } from './tls';

/** Renders the Certificate that cert-manager keeps in a Secret: an explicit object, the same for every controller. */
export function addCertificate(
  scope: Construct,
  target: {
    readonly secretName: string;
    readonly host: string;
    readonly labels: Record<string, string>;
    readonly annotations: Record<string, string> | undefined;
  },
  { issuer, options }: Extract<CertificateSource, { kind: 'issuer' }>,
): ApiObject {
  return addObject(scope, 'Certificate', Certificate, {
    metadata: defined({ name: target.secretName, labels: target.labels, annotations: target.annotations }),
    spec: defined({
      secretName: target.secretName,
      dnsNames: [target.host],
      issuerRef: { group: 'cert-manager.io', ...issuer },
      duration: optionalDuration('IngressTls duration', options.duration),
      renewBefore: optionalDuration('IngressTls renewBefore', requireEarlier(options)),
      // A renewal that keeps the key would also keep a leaked one.
      privateKey: { rotationPolicy: 'Always' as const },
    }),
  });
}

/** Refuses a renewal that would begin before the certificate does; cert-manager would not take it. */
function requireEarlier({ duration, renewBefore }: IssuedTlsOptions): Duration | undefined {
  if (duration !== undefined && renewBefore !== undefined && renewBefore.toSeconds() >= duration.toSeconds()) {
    throw invalid({
      what: 'IngressTls renewBefore',
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
