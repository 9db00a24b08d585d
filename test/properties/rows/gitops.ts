import { type Chart, Duration } from 'cdk8s';
import {
  type ArgoCdApplicationOptions,
  type ArgoCdApplicationProps,
  ArgoCdApplicationSet,
  ArgoCdCluster,
  ArgoCdClusters,
  type ArgoCdDestination,
  type ArgoCdKind,
  ArgoCdProject,
  type ArgoCdProjectProps,
  ArgoCdSyncWindow,
  type ArgoCdSyncWindowOptions,
} from 'cdk8s-nim';
import { argoCdApplication, deployedChart, REPOSITORY } from '../../support/argo-cd';
import type { PropRow, PropRows } from './row';

const SPEC = 'Application spec';

/** An Application with a prop, and what becomes of it and of its project. */
function application(props: Partial<ArgoCdApplicationProps>, changes: string[]): PropRow {
  return {
    without: (chart) => argoCdApplication({}, {}, chart),
    with: (chart) => argoCdApplication(props, {}, chart),
    changes,
  };
}

function project(props: Partial<ArgoCdProjectProps>, changes: string[]): PropRow {
  return {
    without: (chart) => argoCdApplication({}, {}, chart),
    with: (chart) => argoCdApplication({}, props, chart),
    changes,
  };
}

function kindRow(kind: Partial<ArgoCdKind>, changes: string[]): PropRow {
  const base: ArgoCdKind = { group: 'traefik.io', kind: 'Middleware' };
  const make = (given: ArgoCdKind) => (chart: Chart) => argoCdApplication({}, { furtherKinds: [given] }, chart);
  return { without: make(base), with: make({ ...base, ...kind }), changes };
}

function windowRow(options: Partial<ArgoCdSyncWindowOptions>, changes: string[]): PropRow {
  const base: ArgoCdSyncWindowOptions = { schedule: '0 22 * * *', duration: Duration.hours(8) };
  const make = (given: ArgoCdSyncWindowOptions) => (chart: Chart) =>
    argoCdApplication({}, { syncWindows: [ArgoCdSyncWindow.deny(given)] }, chart);
  return { without: make(base), with: make({ ...base, ...options }), changes };
}

function destination(value: ArgoCdDestination): PropRow {
  const make = (given: ArgoCdDestination) => (chart: Chart) => {
    const { node } = argoCdApplication({}, {}, chart);
    const own = node.scope?.node.findChild('embeddings') as ArgoCdProject;
    own.allow(node.root.node.findChild('production') as Chart, [given]);
  };
  return {
    without: make(ArgoCdCluster.IN_CLUSTER.destination),
    with: make(value),
    changes: ['AppProject spec.destinations*'],
  };
}

/** The options of an Application, which an ApplicationSet has too. */
const OPTIONS: Record<keyof ArgoCdApplicationOptions, PropRow> = {
  project: application({ project: ArgoCdProject.fromProjectName('others', REPOSITORY) }, [
    '-AppProject embeddings',
    `${SPEC}.project`,
  ]),
  chart: {
    without: (chart) => argoCdApplication({}, {}, chart),
    with: (chart) => argoCdApplication({ chart: deployedChart(chart, 'elsewhere') }, {}, chart),
    changes: [
      'AppProject spec.clusterResourceWhitelist[embeddings]',
      'AppProject spec.clusterResourceWhitelist[elsewhere]',
      'AppProject spec.destinations[0].namespace',
      `${SPEC}.destination.namespace`,
    ],
  },
  path: application({ path: 'clusters/eu-1' }, [`${SPEC}.source.path`]),
  revision: application({ revision: 'main' }, [`${SPEC}.source.targetRevision`]),
  createNamespace: application({ createNamespace: false }, [
    'AppProject spec.clusterResourceWhitelist',
    `${SPEC}.syncPolicy.syncOptions[0]`,
    `${SPEC}.syncPolicy.syncOptions[1]`,
  ]),
  serverSideApply: application({ serverSideApply: false }, [
    'Application metadata.annotations.argocd.argoproj.io/compare-options',
    `${SPEC}.syncPolicy.syncOptions[1]`,
  ]),
  automatedSync: application({ automatedSync: false }, [`${SPEC}.syncPolicy.automated`]),
};

export const GITOPS_ROWS: Record<string, PropRows> = {
  ArgoCdApplicationOptions: OPTIONS,
  ArgoCdApplicationProps: {
    cluster: application({ cluster: ArgoCdCluster.named('eu-1') }, [
      'AppProject spec.destinations*',
      `${SPEC}.destination.name`,
      `${SPEC}.destination.server`,
    ]),
  },
  ArgoCdApplicationSetProps: {
    clusters: {
      without: (chart) => setOf(chart, ArgoCdClusters.labelled({ environment: 'production' })),
      with: (chart) => setOf(chart, ArgoCdClusters.labelled({ environment: 'staging' })),
      changes: ['ApplicationSet spec.generators[0].clusters.selector.matchLabels.environment'],
    },
  },
  ArgoCdProjectProps: {
    repository: project({ repository: 'git@git.example.com:platform/manifests.git' }, [
      'AppProject spec.sourceRepos[0]',
      `${SPEC}.source.repoURL`,
    ]),
    description: project({ description: 'the embeddings of the search' }, ['AppProject spec.description']),
    syncWindows: project(
      { syncWindows: [ArgoCdSyncWindow.deny({ schedule: '0 22 * * *', duration: Duration.hours(8) })] },
      ['AppProject spec.syncWindows'],
    ),
    furtherKinds: project({ furtherKinds: [{ group: 'traefik.io', kind: 'Middleware' }] }, [
      'AppProject spec.namespaceResourceWhitelist[6]',
    ]),
  },
  ArgoCdKind: {
    group: kindRow({ group: 'traefik.containo.us' }, ['AppProject spec.namespaceResourceWhitelist[6].group']),
    kind: kindRow({ kind: 'TLSOption' }, ['AppProject spec.namespaceResourceWhitelist[6].kind']),
  },
  ArgoCdSyncWindowOptions: {
    schedule: windowRow({ schedule: '0 20 * * 1-5' }, ['AppProject spec.syncWindows[0].schedule']),
    duration: windowRow({ duration: Duration.minutes(90) }, ['AppProject spec.syncWindows[0].duration']),
    timeZone: windowRow({ timeZone: 'Europe/Berlin' }, ['AppProject spec.syncWindows[0].timeZone']),
    manualSync: windowRow({ manualSync: true }, ['AppProject spec.syncWindows[0].manualSync']),
  },
  ArgoCdDestination: {
    name: destination({ name: 'eu-1' }),
    server: destination({ server: 'https://10.0.0.1:6443' }),
  },
};

function setOf(argoCd: Chart, clusters: ArgoCdClusters): void {
  new ArgoCdApplicationSet(argoCd, 'embeddings', {
    project: ArgoCdProject.fromProjectName('embeddings', REPOSITORY),
    chart: deployedChart(argoCd),
    clusters,
  });
}
