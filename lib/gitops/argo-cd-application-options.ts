import type { Chart } from 'cdk8s';
import { flag, text } from '../common/kinds';
import { optional, type PropTable, required } from '../common/props';
import { argoCdProject, type IArgoCdProject } from './argo-cd-project';
import { chartKind } from './chart-contents';

/** What an Application and an ApplicationSet are told. */
export interface ArgoCdApplicationOptions {
  /** The project, which names the repository and allows what the chart renders. */
  readonly project: IArgoCdProject;
  /**
   * The chart that is deployed: its namespace, and whether it renders that namespace itself. Refused: the chart that the Application
   * itself is in, and at the end of the program a chart with a Secret.
   */
  readonly chart: Chart;
  /**
   * The folder of the repository that the chart is published into. Every file in it whose name ends with `.k8s.yaml` is applied.
   * @default `envs/<id of the chart>`
   */
  readonly path?: string;
  /**
   * The branch or tag that is synced. Refused: the hash of a commit.
   * @default 'HEAD' - the default branch of the repository
   */
  readonly revision?: string;
  /**
   * Whether Argo CD makes the namespace of the chart when there is none. Refused: true in a chart that renders it.
   * @default - true, unless the chart renders the namespace, for example by a `RestrictedNamespace`
   */
  readonly createNamespace?: boolean;
  /**
   * Whether Argo CD applies and compares on the side of the API server. Without it, Argo CD takes back a rule that somebody adds to a network
   * policy in a direction without rules, and leaves a label that somebody adds to a selector (docs/argo-cd.md).
   * @default true
   */
  readonly serverSideApply?: boolean;
  /**
   * Whether a new commit is synced and drift is healed by itself. Otherwise a person syncs.
   * @default true
   */
  readonly automatedSync?: boolean;
}

export const ARGO_CD_APPLICATION_OPTIONS: PropTable<ArgoCdApplicationOptions> = {
  project: required(argoCdProject),
  chart: required(chartKind),
  path: optional(text),
  revision: optional(text),
  createNamespace: optional(flag),
  serverSideApply: optional(flag),
  automatedSync: optional(flag),
};
