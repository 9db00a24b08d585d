import { type ApiObject, type ApiObjectMetadata, type Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { AppProject, type AppProjectSpec } from '../../imports/argoproj.io-appproject';
import { addObject, namespaceOf } from '../common/api-object';
import { like, requirePlace } from '../common/cdk8s-kinds';
import { instanceOf } from '../common/class-kinds';
import { defined } from '../common/defined';
import { addFinalCheck } from '../common/final-check';
import { invalid, type Problem } from '../common/invalid';
import { flag, type Kind, listOf, requireKind, text } from '../common/kinds';
import { MANAGED_BY } from '../common/labels';
import { isDnsName, requireObjectName, requireReason } from '../common/names';
import { optional, type PropTable, required, requireProps, struct } from '../common/props';
import { ARGO_CD_DESTINATION, type ArgoCdDestination } from './argo-cd-cluster';
import { ArgoCdSyncWindow } from './argo-cd-sync-window';
import { chartKind, clusterObjectsIn, makesNamespace, namespacedKindsIn, namespacesIn } from './chart-contents';
import { type GroupKind, isClusterKind } from './cluster-kinds';
import { requireRepository } from './git-places';

const LONGEST_DESCRIPTION = 255;

/**
 * A project of Argo CD, which says what its Applications may deploy, and where.
 *
 * @example
 * const repository = 'https://git.example.com/platform/manifests.git';
 * const project: nim.IArgoCdProject = nim.ArgoCdProject.fromProjectName('platform', repository);
 * project.allow(chart, [{ name: 'eu-1' }]);
 */
export interface IArgoCdProject {
  /** The name of the AppProject. */
  readonly projectName: string;
  /** The repository that its Applications read. */
  readonly repository: string;

  /**
   * Allows what a chart renders at the destinations: its kinds and its namespaces. An `ArgoCdApplication` calls it for its own chart.
   *
   * @param chart what is rendered until the end of the program counts.
   * @param destinations where it is deployed to.
   * @param createNamespace whether Argo CD makes the namespace of the chart; by default it does unless the chart renders it.
   */
  allow(chart: Chart, destinations: ArgoCdDestination[], createNamespace?: boolean): void;
}

/**
 * A kind of namespaced objects.
 *
 * @example
 * new nim.ArgoCdProject(chart, 'project', {
 *   repository: 'https://git.example.com/platform/manifests.git',
 *   furtherKinds: [{ group: 'traefik.io', kind: 'Middleware' }],
 * });
 */
export interface ArgoCdKind {
  /** The API group, for example `traefik.io`; empty for kinds such as Service and ConfigMap. */
  readonly group: string;
  /** The kind, for example `Middleware`. Refused: `Secret` of the empty group, and patterns. */
  readonly kind: string;
}

export const ARGO_CD_KIND: PropTable<ArgoCdKind> = { group: required(text), kind: required(text) };

/** Props of `ArgoCdProject`. */
export interface ArgoCdProjectProps {
  /** The URL of the repository with the rendered manifests; the only one that is allowed. Refused: patterns and credentials in it. */
  readonly repository: string;
  /**
   * What the project is for.
   * @default - none
   */
  readonly description?: string;
  /**
   * When its Applications are synced.
   * @default - always
   */
  readonly syncWindows?: ArgoCdSyncWindow[];
  /**
   * Namespaced kinds that are allowed beside those that are rendered. Argo CD neither shows nor prunes objects of a kind that the project
   * does not allow, so a kind that leaves the render stays here until its last objects are pruned.
   * @default - none
   */
  readonly furtherKinds?: ArgoCdKind[];
}

export const ARGO_CD_PROJECT_PROPS: PropTable<ArgoCdProjectProps> = {
  repository: required(text),
  description: optional(text),
  syncWindows: optional(listOf(instanceOf(ArgoCdSyncWindow))),
  furtherKinds: optional(listOf(struct(ARGO_CD_KIND))),
};

/** An Argo CD project, of this package or by its name. */
export const argoCdProject: Kind<IArgoCdProject> = like(
  {
    wanted: 'a project of Argo CD',
    example: "new ArgoCdProject(chart, 'embeddings', { repository: 'https://…' }) or ArgoCdProject.fromProjectName(…)",
  },
  (value) => typeof value.projectName === 'string' && typeof value.allow === 'function',
);

/**
 * A project of Argo CD, named like the construct, that allows no more than its Applications need: one repository, the namespaces and
 * the kinds that their charts render, and no Secret. A Secret in the repository makes the sync fail, and Secrets in the cluster are never
 * pruned.
 *
 * @example
 * const argoCd = new Chart(app, 'argocd', { namespace: 'argocd' });
 * const project = new nim.ArgoCdProject(argoCd, 'embeddings', {
 *   repository: 'https://git.example.com/platform/manifests.git',
 *   syncWindows: [nim.ArgoCdSyncWindow.deny({ schedule: '0 18 * * fri', duration: Duration.hours(60) })],
 * });
 * new nim.ArgoCdApplication(argoCd, 'embeddings-production', { project, chart });
 */
export class ArgoCdProject extends Construct implements IArgoCdProject {
  /**
   * Refers to a project that somebody else looks after. Nothing is rendered: what it has to allow is what `new ArgoCdProject` would render.
   *
   * @param projectName the name of the AppProject.
   * @param repository the URL of the repository with the rendered manifests.
   */
  public static fromProjectName(projectName: string, repository: string): IArgoCdProject {
    requireKind('ArgoCdProject.fromProjectName projectName', projectName, text);
    requireKind('ArgoCdProject.fromProjectName repository', repository, text);
    return {
      projectName: requireObjectName('ArgoCdProject.fromProjectName projectName', projectName),
      repository: requireRepository('ArgoCdProject.fromProjectName repository', repository),
      allow: () => undefined,
    };
  }

  public readonly projectName: string;
  public readonly repository: string;
  /** The AppProject. */
  public readonly project: ApiObject;
  private readonly allowed: Allowed[] = [];

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: ArgoCdProjectProps,
  ) {
    super(...requirePlace('ArgoCdProject', scope, id));
    requireProps('ArgoCdProject', props, ARGO_CD_PROJECT_PROPS);
    this.projectName = requireObjectName('ArgoCdProject id', id);
    this.repository = requireRepository('ArgoCdProject repository', props.repository);
    props.furtherKinds?.forEach(requireExactKind);
    if (props.description !== undefined) {
      requireDescription(props.description);
    }
    this.project = addObject(
      this,
      'Default',
      {
        manifest: (metadata: ApiObjectMetadata) =>
          AppProject.manifest({ metadata, spec: Lazy.any({ produce: () => this.spec() }) as never }),
      },
      { name: this.projectName, labels: MANAGED_BY },
    );
    addFinalCheck(this, () => this.problems().map((problem) => invalid(problem).message));
  }

  /**
   * Allows what a chart renders at the destinations: its kinds and its namespaces.
   *
   * @param chart what is rendered until the end of the program counts.
   * @param destinations where it is deployed to.
   * @param createNamespace whether Argo CD makes the namespace of the chart; by default it does unless the chart renders it.
   */
  public allow(chart: Chart, destinations: ArgoCdDestination[], createNamespace?: boolean): void {
    const given = defined({ chart, destinations, createNamespace });
    requireProps('ArgoCdProject.allow', given, ALLOWED);
    destinations.forEach(requireDestination);
    this.allowed.push(given);
  }

  private get namespacedKinds(): GroupKind[] {
    return [
      ...this.allowed.flatMap(({ chart }) => namespacedKindsIn(chart)),
      ...(this.props.furtherKinds ?? []).map(({ group, kind }) => ({ group, kind })),
    ];
  }

  private problems(): Problem[] {
    return this.namespacedKinds.length > 0
      ? []
      : [
          {
            what: 'ArgoCdProject',
            value: this.projectName,
            because:
              'it has no Application whose chart renders something, and Argo CD takes an empty list of kinds for all of them',
            instead: "write new ArgoCdApplication(chart, 'embeddings-production', { project, chart: production })",
          },
        ];
  }

  /** Made at the end of the program, when the charts are complete. */
  private spec(): AppProjectSpec {
    const { description, syncWindows = [] } = this.props;
    const clusterObjects = this.allowed.flatMap(({ chart, createNamespace }) => [
      ...clusterObjectsIn(chart),
      ...(makesNamespace(chart, createNamespace) ? [{ group: '', kind: 'Namespace', name: namespaceOf(chart) }] : []),
    ]);
    return {
      ...(description === undefined ? {} : { description }),
      sourceRepos: [this.repository],
      destinations: sorted(this.allowed.flatMap(destinationsOf)),
      ...(clusterObjects.length === 0 ? {} : { clusterResourceWhitelist: sorted(clusterObjects) }),
      namespaceResourceWhitelist: sorted(this.namespacedKinds),
      // Also for the cluster: Argo CD prunes no object of a kind that is not allowed.
      namespaceResourceBlacklist: [{ group: '', kind: 'Secret' }],
      ...(syncWindows.length === 0
        ? {}
        : { syncWindows: syncWindows.map(({ _window }) => ({ ..._window, applications: ['*'] })) }),
    };
  }
}

/** What a project allows for one chart. */
interface Allowed {
  readonly chart: Chart;
  readonly destinations: ArgoCdDestination[];
  readonly createNamespace?: boolean;
}

const ALLOWED: PropTable<Allowed> = {
  chart: required(chartKind),
  destinations: required(listOf(struct(ARGO_CD_DESTINATION))),
  createNamespace: optional(flag),
};

function destinationsOf({ chart, destinations }: Allowed): (ArgoCdDestination & { readonly namespace: string })[] {
  return [namespaceOf(chart), ...namespacesIn(chart)].flatMap((namespace) =>
    destinations.map((destination) => ({ ...destination, namespace })),
  );
}

function requireDestination({ name, server }: ArgoCdDestination): void {
  if ((name === undefined) === (server === undefined)) {
    throw invalid({
      what: 'ArgoCdProject.allow destinations',
      value: { name, server },
      because: 'a cluster is named by its name or by its server',
      instead: "write for example ArgoCdCluster.named('eu-1').destination",
    });
  }
}

/** Each once, in an order of their own. */
function sorted<Item extends object>(items: readonly Item[]): Item[] {
  const byText = new Map(items.map((item) => [Object.values(item).join(' '), item]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

function requireExactKind({ group, kind }: ArgoCdKind): void {
  const isSecret = group === '' && kind === 'Secret';
  if (
    isSecret ||
    !/^[A-Z][A-Za-z0-9]*$/.test(kind) ||
    (group !== '' && !isDnsName(group)) ||
    isClusterKind({ group, kind })
  ) {
    throw invalid({
      what: 'ArgoCdProject furtherKinds',
      value: { group, kind },
      because: 'it is one namespaced kind by its exact name, and never Secret, whose values would be in Git',
      instead: "write for example { group: 'traefik.io', kind: 'Middleware' }, as `kubectl api-resources` prints it",
    });
  }
}

function requireDescription(description: string): void {
  requireReason('ArgoCdProject description', description, 'write what the project is for');
  if (description.length > LONGEST_DESCRIPTION) {
    throw invalid({
      what: 'ArgoCdProject description',
      value: description,
      because: `it has at most ${LONGEST_DESCRIPTION} characters`,
      instead: 'shorten it',
    });
  }
}
