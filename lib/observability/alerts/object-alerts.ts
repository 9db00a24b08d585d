import type { ApiObject } from 'cdk8s';
import { METRICS } from '../metrics';
import { oneOfNames, seriesOfObject } from '../promql';
import { type Alert, MINUTE, Severity } from './alert';

/** What can be wrong with the objects around the pods, by their kind. */
const ALERTS: Readonly<Record<string, (namespace: string, names: readonly string[]) => Alert[]>> = {
  ExternalSecret: (namespace, names) => [
    {
      name: 'ApiSecretNotReady',
      severity: Severity.WARNING,
      expr: `${seriesOfObject(METRICS.externalSecretCondition, {
        namespace,
        name: oneOfNames(names),
        condition: 'Ready',
        status: 'False',
      })} == 1`,
      forSeconds: 15 * MINUTE,
      summary: 'A Secret is not renewed from its store.',
      description: `The ExternalSecret ${namespace}/{{ $labels.name }} is not ready: pods that start need its Secret.`,
    },
  ],
  Certificate: (namespace, names) => {
    const of = { namespace, name: oneOfNames(names) };
    const expiration = seriesOfObject(METRICS.certificateExpiration, of);
    return [
      {
        name: 'ApiCertificateNotRenewed',
        severity: Severity.CRITICAL,
        // Half of the time is over that renewBefore, or the issuer, has left for a renewal.
        expr: `${expiration} - time() < (${expiration} - ${seriesOfObject(METRICS.certificateRenewal, of)}) / 2`,
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
  },
};

/** The alerts for objects whose operators report on them; none for other kinds. */
export function objectAlerts(namespace: string, objects: readonly ApiObject[]): Alert[] {
  return Object.entries(ALERTS).flatMap(([kind, alertsOf]) => {
    const names = objects.filter((object) => object.kind === kind).map(({ name }) => name);
    return names.length === 0 ? [] : alertsOf(namespace, names);
  });
}
