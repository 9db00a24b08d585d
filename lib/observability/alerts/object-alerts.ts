import { METRICS } from '../metrics';
import type { ObservedObjects } from '../observed-objects';
import { oneOfNames, seriesOfObject } from '../promql';
import { type Alert, MINUTE, Severity } from './alert';

/** What can be wrong with the objects around the pods. */
export function objectAlerts(namespace: string, { externalSecrets, certificates }: ObservedObjects): Alert[] {
  return [
    ...(externalSecrets.length === 0 ? [] : secretAlerts(namespace, externalSecrets)),
    ...(certificates.length === 0 ? [] : certificateAlerts(namespace, certificates)),
  ];
}

function secretAlerts(namespace: string, names: readonly string[]): Alert[] {
  const notReady = { namespace, name: oneOfNames(names), condition: 'Ready', status: 'False' };
  return [
    {
      name: 'ApiSecretNotReady',
      severity: Severity.WARNING,
      expr: `${seriesOfObject(METRICS.externalSecretCondition, notReady)} == 1`,
      forSeconds: 15 * MINUTE,
      summary: 'A Secret is not renewed from its store.',
      description: `The ExternalSecret ${namespace}/{{ $labels.name }} is not ready: pods that start need its Secret.`,
    },
  ];
}

function certificateAlerts(namespace: string, names: readonly string[]): Alert[] {
  const of = { namespace, name: oneOfNames(names) };
  const expiration = seriesOfObject(METRICS.certificateExpiration, of);
  return [
    {
      name: 'ApiCertificateNotRenewed',
      severity: Severity.CRITICAL,
      // Half of the time is over that renewBefore, or the issuer, has left for a renewal. Of one that was never issued cert-manager reports 0.
      expr: `(${expiration} > 0) - time() < (${expiration} - ${seriesOfObject(METRICS.certificateRenewal, of)}) / 2`,
      forSeconds: 15 * MINUTE,
      summary: 'A certificate ends soon, and is not renewed.',
      description: `The Certificate ${namespace}/{{ $labels.name }} ends in {{ $value | humanizeDuration }}.`,
    },
    {
      name: 'ApiCertificateNotReady',
      severity: Severity.WARNING,
      expr: `${seriesOfObject(METRICS.certificateReady, { ...of, condition: 'False' })} == 1`,
      forSeconds: 30 * MINUTE,
      summary: 'A certificate is not ready.',
      description: `The Certificate ${namespace}/{{ $labels.name }} is not issued, or not as it is asked for.`,
    },
  ];
}
