import { type Chart, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ApplicationSpec } from '../../imports/argoproj.io-application';
import { namespaceOf } from '../common/api-object';
import { addFinalCheck } from '../common/final-check';
import { invalid, type Problem } from '../common/invalid';
import type { ArgoCdApplicationOptions } from './argo-cd-application-options';
import type { ArgoCdDestination } from './argo-cd-cluster';
import { makesNamespace, rendersNamespace, secretsIn } from './chart-contents';
import { requireFolder, requireRevision } from './git-places';

/** What an Application says, also as the template of an ApplicationSet. */
export interface ApplicationTemplate {
  readonly annotations: Record<string, string>;
  readonly spec: ApplicationSpec;
}

/**
 * The Application of a chart, and what its project has to allow for it.
 *
 * Without `PruneLast`: what is pruned would then wait until everything else is healthy, and an Ingress without an address never is.
 */
export function applicationTemplate(
  application: Construct,
  what: string,
  options: ArgoCdApplicationOptions,
  { allowed, destination }: { readonly allowed: readonly ArgoCdDestination[]; readonly destination: ArgoCdDestination },
): ApplicationTemplate {
  const { project, chart, createNamespace, serverSideApply = true, automatedSync = true } = options;
  refuseOwnChart(application, what, chart);
  const namespace = namespaceOf(chart);
  project.allow(chart, [...allowed], createNamespace);
  addFinalCheck(application, () => problemsOf(what, options).map((problem) => invalid(problem).message));
  return {
    annotations: {
      // A commit to another folder makes Argo CD read nothing anew.
      'argocd.argoproj.io/manifest-generate-paths': '.',
      // Argo CD up to 3.5 would take defaults of custom resources for differences.
      ...(serverSideApply ? { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true' } : {}),
    },
    spec: {
      project: project.projectName,
      source: {
        repoURL: project.repository,
        targetRevision: requireRevision(`${what} revision`, options.revision ?? 'HEAD'),
        path: requireFolder(`${what} path`, options.path ?? `envs/${chart.node.id}`),
        directory: { recurse: true, include: '*.k8s.yaml' },
      },
      destination: { ...destination, namespace },
      syncPolicy: {
        ...(automatedSync ? { automated: { prune: true, selfHeal: true } } : {}),
        // For ever, and each time with the newest commit: after the last retry Argo CD would stop healing, too.
        retry: { limit: -1, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
        // Made at the end of the program, when the chart is complete.
        syncOptions: Lazy.any({
          produce: () => syncOptions(makesNamespace(chart, createNamespace), serverSideApply),
        }) as string[],
      },
    },
  };
}

function syncOptions(namespace: boolean, serverSideApply: boolean): string[] | undefined {
  const all = [...(namespace ? ['CreateNamespace=true'] : []), ...(serverSideApply ? ['ServerSideApply=true'] : [])];
  return all.length === 0 ? undefined : all;
}

/** What is refused at the end of the program. */
function problemsOf(what: string, { chart, createNamespace }: ArgoCdApplicationOptions): Problem[] {
  const secrets = secretsIn(chart);
  return [
    ...(createNamespace === true && rendersNamespace(chart)
      ? [
          {
            what: `${what} createNamespace`,
            value: true,
            because: 'the chart renders its namespace',
            instead: 'leave out createNamespace, or the namespace of the chart',
          },
        ]
      : []),
    ...(secrets.length > 0
      ? [
          {
            what: `${what} chart`,
            value: secrets,
            because: 'these are Secrets in the chart: their values would be in Git, and the project allows none',
            instead:
              'keep the values in a secret manager, and render what makes Secrets of them, such as an ExternalSecret',
          },
        ]
      : []),
  ];
}

/** Argo CD would then manage the Application by itself, and prune it with what it deploys. */
function refuseOwnChart(application: Construct, what: string, chart: Chart): void {
  if (application.node.scopes.includes(chart)) {
    throw invalid({
      what: `${what} chart`,
      value: chart,
      because: 'the Application is in it, so it would be one of the objects that it deploys',
      instead:
        "put the Applications into a chart of their own, for example new Chart(app, 'argocd', { namespace: 'argocd' })",
    });
  }
}
