import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { addObject } from '../../common/api-object';
import type { RestrictedService } from '../../network/restricted-service';
import { dashboardJson } from './dashboard';
import type { Panel } from './panel';

/** A dashboard in a ConfigMap, as the sidecar of Grafana's Helm chart finds it: by its labels, and in a file of its own name. */
export function addDashboard(
  scope: Construct,
  { name, namespace, labels }: RestrictedService,
  selected: Record<string, string>,
  panels: readonly Panel[],
): ApiObject {
  const title = `${name} (${namespace})`;
  return addObject(scope, 'Dashboard', k8s.KubeConfigMap, {
    metadata: { name: `${name}-dashboard`, labels: { ...labels, ...selected } },
    // The sidecar puts the files of all namespaces into one folder; neither name has a dot in it.
    data: { [`${namespace}.${name}.json`]: dashboardJson(title, panels) },
  });
}
