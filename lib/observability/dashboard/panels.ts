import type { CountedAnswers } from '../../ingress/controller-metrics';
import type { ApiMetric, ApiWorkload, MetricsPort } from '../../network/api-pods';
import type { ObservedObjects } from '../observed-objects';
import { METRICS } from '../metrics';
import { oneOfNames, podsOfDeployment, series, seriesOfObject } from '../promql';
import type { Panel } from './panel';

/** The time that a rate is taken over, which Grafana knows. */
const INTERVAL = '[$__rate_interval]';

interface PodMatchers {
  readonly namespace: string;
  readonly pod: { readonly regex: string };
}

/** The pods of a Deployment, as the cluster sees them. */
export function workloadPanels(namespace: string, workload: ApiWorkload): Panel[] {
  const ofDeployment = { namespace, deployment: workload.deployment };
  const ofPods = { namespace, pod: podsOfDeployment(workload.deployment) };
  const ofContainers = { ...ofPods, container: workload.container };
  const { specReplicas, readyReplicas, containerRestarts, containerMemory, containerLimits } = METRICS;
  return [
    {
      title: 'Pods',
      description: specReplicas.exporter,
      unit: 'short',
      queries: [
        { expr: series(specReplicas, ofDeployment), legend: 'wanted' },
        { expr: series(readyReplicas, ofDeployment), legend: 'ready' },
      ],
    },
    {
      title: 'Restarts in an hour',
      description: containerRestarts.exporter,
      unit: 'short',
      queries: [{ expr: `sum by (pod) (increase(${series(containerRestarts, ofContainers)}[1h]))`, legend: '{{pod}}' }],
    },
    {
      title: 'Memory',
      description: `${containerMemory.exporter}, and ${containerLimits.exporter} for the limit`,
      unit: 'bytes',
      queries: [
        { expr: `sum by (pod) (${series(containerMemory, ofContainers)})`, legend: '{{pod}}' },
        { expr: `max(${series(containerLimits, { ...ofContainers, resource: 'memory' })})`, legend: 'limit' },
      ],
    },
    ...(workload.gpuMetrics ?? []).map((metric) => gpuPanel(metric, ofPods)),
  ];
}

/** The usual scrape of the DCGM exporter renames the labels of the pod that has the GPU; both forms are one line here. */
function gpuPanel(metric: ApiMetric, { namespace, pod }: PodMatchers): Panel {
  const renamed = series(metric, { exported_namespace: namespace, exported_pod: pod });
  const restored = `label_replace(${renamed}, "pod", "$1", "exported_pod", "(.+)")`;
  return {
    title: metric.title,
    description: 'DCGM exporter',
    unit: metric.unit,
    queries: [
      {
        expr: `max by (pod, gpu) (${restored} or ${series(metric, { namespace, pod })})`,
        legend: '{{pod}} GPU {{gpu}}',
      },
    ],
  };
}

/** What the pods count themselves, on a port for metrics. */
export function servedPanels(job: string, { metrics = [] }: Pick<MetricsPort, 'metrics'>): Panel[] {
  const sum = (name: string, counter = false): string => {
    const selected = series({ name }, { job });
    return `sum by (pod) (${counter ? `rate(${selected}${INTERVAL})` : selected})`;
  };
  return metrics.map(({ name, title, unit, counter, per }: ApiMetric) => ({
    title,
    description: name,
    unit,
    queries: [
      { expr: [sum(name, counter), ...(per === undefined ? [] : [sum(per, true)])].join(' / '), legend: '{{pod}}' },
    ],
  }));
}

/** What the ingress controller answers. */
export function doorPanels(answers: CountedAnswers | undefined): Panel[] {
  if (answers === undefined) {
    return [];
  }
  const { metric, matcher, statusLabel, serverErrors } = answers;
  const rate = (matchers: string): string => `rate(${metric}{${matchers}}${INTERVAL})`;
  return [
    {
      title: 'Answers at the ingress controller',
      description: metric,
      unit: 'reqps',
      queries: [{ expr: `sum by (${statusLabel}) (${rate(matcher)})`, legend: `{{${statusLabel}}}` }],
    },
    {
      title: 'Share of errors at the ingress controller',
      description: metric,
      unit: 'percentunit',
      queries: [
        { expr: `sum(${rate(`${matcher},${serverErrors}`)}) / sum(${rate(matcher)})`, legend: 'errors of the server' },
      ],
    },
  ];
}

/** How long certificates last. */
export function objectPanels(namespace: string, { certificates }: ObservedObjects): Panel[] {
  const { certificateExpiration } = METRICS;
  const of = { namespace, name: oneOfNames(certificates) };
  return certificates.length === 0
    ? []
    : [
        {
          title: 'Time until the certificate ends',
          description: certificateExpiration.exporter,
          unit: 's',
          queries: [{ expr: `${seriesOfObject(certificateExpiration, of)} - time()`, legend: '{{name}}' }],
        },
      ];
}
