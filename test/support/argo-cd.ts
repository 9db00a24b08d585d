import { Chart } from 'cdk8s';
import { ArgoCdApplication, type ArgoCdApplicationProps, ArgoCdProject, type ArgoCdProjectProps } from 'cdk8s-nim';
import { type Manifest, render, testChart } from './manifests';
import { type Given, given, textEmbeddingNim } from './nims';

export const REPOSITORY = 'https://git.example.com/platform/manifests.git';

/** A chart `production` with a NIM, beside the chart of its Applications. */
export function deployedChart(argoCd: Chart, namespace = 'embeddings'): Chart {
  const chart = new Chart(argoCd.node.root, 'production', { namespace });
  textEmbeddingNim({}, chart);
  return chart;
}

/** A project and the Application of a chart with a NIM, in the chart `test`. */
export function argoCdApplication(
  props: Given<ArgoCdApplicationProps> = {},
  projectProps: Partial<ArgoCdProjectProps> = {},
  argoCd = testChart({ namespace: 'argocd' }),
): ArgoCdApplication {
  const own = given(props, argoCd);
  return new ArgoCdApplication(argoCd, 'embeddings-production', {
    project: own.project ?? new ArgoCdProject(argoCd, 'embeddings', { repository: REPOSITORY, ...projectProps }),
    chart: own.chart ?? deployedChart(argoCd),
    ...own,
  });
}

/** The rendered project and Application. */
export function renderArgoCd(
  props: Given<ArgoCdApplicationProps> = {},
  projectProps: Partial<ArgoCdProjectProps> = {},
): Manifest[] {
  const chart = testChart({ namespace: 'argocd' });
  argoCdApplication(props, projectProps, chart);
  return render(chart);
}
