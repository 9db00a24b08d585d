import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { PrometheusRule, type PrometheusRuleSpecGroupsRules } from '../../imports/monitoring.coreos.com-prometheusrule';
import { addObject } from '../common/api-object';
import { durationInOneUnit } from '../common/quantities';
import type { RestrictedService } from '../network/restricted-service';
import type { Alert } from './alerts/alert';

/** The alerts as a PrometheusRule. */
export function addPrometheusRule(
  scope: Construct,
  metadata: ApiObjectMetadata,
  service: RestrictedService,
  alerts: readonly Alert[],
  runbookUrl: string | undefined,
): ApiObject {
  const rule = (alert: Alert): PrometheusRuleSpecGroupsRules => ({
    alert: alert.name,
    expr: alert.expr,
    for: durationInOneUnit(alert.forSeconds),
    // Beside the namespace, because some expressions sum its label away.
    labels: { severity: alert.severity, namespace: service.namespace, service: service.name },
    annotations: { summary: alert.summary, description: alert.description, ...runbook(alert, runbookUrl) },
  });
  return addObject(scope, 'PrometheusRule', PrometheusRule, {
    metadata,
    spec: { groups: [{ name: `${service.namespace}/${service.name}`, rules: alerts.map(rule) }] },
  });
}

/** The section of docs/alerts.md, as a link or as words. */
function runbook({ name }: Alert, url: string | undefined): Record<string, string> {
  return url === undefined
    ? { runbook: `docs/alerts.md of cdk8s-nim, ${name}` }
    : { runbook_url: `${url}#${name.toLowerCase()}` };
}
