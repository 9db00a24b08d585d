import { type ApiObject, Chart } from 'cdk8s';
import { like } from '../common/cdk8s-kinds';
import type { Kind } from '../common/kinds';
import { objectsBelow } from '../common/objects-below';
import { type GroupKind, isClusterKind } from './cluster-kinds';

/** A kind that is in no namespace, and the one object of it. */
export interface NamedGroupKind extends GroupKind {
  readonly name: string;
}

/** A chart, which is rendered into a folder of its own. */
export const chartKind: Kind<Chart> = like(
  {
    wanted: 'a chart',
    example: "the chart that is deployed, as in new Chart(app, 'production', { namespace: 'embeddings' })",
  },
  (value) => Chart.isChart(value),
);

/** The objects that a chart renders, without those of the charts in it. */
function objectsOf(chart: Chart): ApiObject[] {
  return objectsBelow(chart).filter((object) => Chart.of(object) === chart);
}

function groupKindOf({ apiGroup, kind }: ApiObject): GroupKind {
  return { group: apiGroup === 'core' ? '' : apiGroup, kind };
}

const isOfCluster = (object: ApiObject): boolean => isClusterKind(groupKindOf(object));

/** The kinds of a chart that are in namespaces. */
export function namespacedKindsIn(chart: Chart): GroupKind[] {
  return objectsOf(chart)
    .filter((object) => !isOfCluster(object))
    .map(groupKindOf);
}

/** The objects of a chart that are in no namespace. */
export function clusterObjectsIn(chart: Chart): NamedGroupKind[] {
  return objectsOf(chart)
    .filter(isOfCluster)
    .map((object) => ({ ...groupKindOf(object), name: object.name }));
}

/** The namespaces that a chart renders objects into. */
export function namespacesIn(chart: Chart): string[] {
  return objectsOf(chart)
    .filter((object) => !isOfCluster(object))
    .flatMap((object) => object.metadata.namespace ?? chart.namespace ?? []);
}

/** Whether a chart renders its namespace itself. */
export function rendersNamespace(chart: Chart): boolean {
  return clusterObjectsIn(chart).some(
    ({ group, kind, name }) => group === '' && kind === 'Namespace' && name === chart.namespace,
  );
}

/** Whether Argo CD makes the namespace of a chart, as it is asked to or because nothing in the chart does. */
export function makesNamespace(chart: Chart, createNamespace: boolean | undefined): boolean {
  return createNamespace ?? !rendersNamespace(chart);
}

/** The names of the Secrets that a chart renders. */
export function secretsIn(chart: Chart): string[] {
  return objectsOf(chart)
    .filter((object) => object.kind === 'Secret' && groupKindOf(object).group === '')
    .map(({ name }) => name);
}
