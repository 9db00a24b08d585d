import type { CountedAnswers } from '../../ingress/controller-metrics';
import { type Alert, MINUTE, Severity } from './alert';

/** Of 100 answers, so many errors are more than a restart makes. */
const ERROR_PERCENT = 5;
/** Of 100 requests, so many refusals are more than one client that is too fast. */
const REFUSED_PERCENT = 20;

/** The shares of errors and of refusals among the answers of a front door. */
export function doorAlerts(host: string, answers: CountedAnswers | undefined): Alert[] {
  if (answers === undefined) {
    return [];
  }
  const { serverErrors, rateLimited } = answers;
  return [
    {
      name: 'ApiServerErrors',
      severity: Severity.CRITICAL,
      expr: `${share(answers, serverErrors)} > ${ERROR_PERCENT}`,
      forSeconds: 10 * MINUTE,
      summary: `${host} answers with errors.`,
      description: `{{ $value | printf "%.0f" }} % of the answers of ${host} are errors of the server (5xx).`,
    },
    ...(rateLimited === undefined
      ? []
      : [
          {
            name: 'ApiRateLimited',
            severity: Severity.WARNING,
            expr: `${share(answers, rateLimited)} > ${REFUSED_PERCENT}`,
            forSeconds: 15 * MINUTE,
            summary: `${host} refuses many requests.`,
            description: `{{ $value | printf "%.0f" }} % of the requests to ${host} are over the rate limit (429).`,
          },
        ]),
  ];
}

/** Percent of the answers in the last minutes; nothing while nobody calls. */
function share({ metric, matcher }: CountedAnswers, counted: string): string {
  return `100 * sum(rate(${metric}{${matcher},${counted}}[5m])) / sum(rate(${metric}{${matcher}}[5m]))`;
}
