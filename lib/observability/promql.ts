import { podNamePattern } from '../common/pod-names';
import type { ExportedMetric } from './metrics';

/** Labels and what they have to be: equal to a text, or one of several. */
export type Matchers = Readonly<Record<string, string | { readonly regex: string }>>;

/** A selector: `metric{label="value"}`. */
export function series({ name }: Pick<ExportedMetric, 'name'>, matchers: Matchers): string {
  return `${name}{${textOf(matchers)}}`;
}

/** The labels of an object that a scrape may rename. */
const RENAMED = ['namespace', 'pod', 'container', 'service', 'job', 'instance'];

/** The series about an object of the cluster, also where the scrape has renamed the labels of the exporter. */
export function seriesOfObject(metric: ExportedMetric, matchers: Matchers): string {
  if (metric.mayBeRenamed !== true) {
    return series(metric, matchers);
  }
  const renamed = Object.entries(matchers).map(([label, wanted]) => [
    RENAMED.includes(label) ? `exported_${label}` : label,
    wanted,
  ]);
  // The renamed ones first: beside them, the labels of the same name are those of the exporter's own pod.
  return `(${series(metric, Object.fromEntries(renamed) as Matchers)} or ${series(metric, matchers)})`;
}

/** One of several names, none of which has a character that means something in an expression. */
export function oneOfNames(names: readonly string[]): string | { readonly regex: string } {
  const [only = ''] = names;
  return names.length === 1 ? only : { regex: names.join('|') };
}

/** The pods of a Deployment. */
export function podsOfDeployment(deployment: string): { readonly regex: string } {
  return { regex: podNamePattern(deployment) };
}

function textOf(matchers: Matchers): string {
  return Object.entries(matchers)
    .map(([label, wanted]) => (typeof wanted === 'string' ? `${label}="${wanted}"` : `${label}=~"${wanted.regex}"`))
    .join(',');
}
