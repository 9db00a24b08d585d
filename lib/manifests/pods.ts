import { at, type Fields, fieldsAt, isFields, listAt, numberAt, type Path, textAt, textsAt } from './fields';
import { groupKindOf, type Manifest, namespaceOf } from './manifest';
import { remembered } from './remembered';

/** Where a kind keeps its pods. */
const POD_PATHS: Readonly<Record<string, Path>> = {
  '/Pod': [],
  '/PodTemplate': ['template'],
  '/ReplicationController': ['spec', 'template'],
  'apps/DaemonSet': ['spec', 'template'],
  'apps/Deployment': ['spec', 'template'],
  'apps/ReplicaSet': ['spec', 'template'],
  'apps/StatefulSet': ['spec', 'template'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
  'batch/Job': ['spec', 'template'],
};

/** Workloads whose pods serve until somebody stops them. */
const SERVING_KINDS = [
  '/ReplicationController',
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
];

const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** Whether a member of a pod's spec lists containers. */
export function isContainerList(name: string | number): boolean {
  return (CONTAINER_LISTS as readonly (string | number)[]).includes(name);
}

/** The kinds that hold pods. */
export const POD_KINDS: readonly string[] = Object.keys(POD_PATHS);

/** The pods of a workload. */
export interface Pod {
  /** The object that holds them. */
  readonly owner: Manifest;
  readonly namespace: string;
  /** The path from the owner to the template; empty for a Pod. */
  readonly path: Path;
  /** The path from the owner to the pod's spec. */
  readonly specPath: Path;
  readonly spec: Fields;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly containers: readonly Container[];
  /** Whether the pods serve until somebody stops them; others run to an end. */
  readonly serving: boolean;
}

/** One container of a pod. */
export interface Container {
  readonly list: (typeof CONTAINER_LISTS)[number];
  readonly name: string;
  /** The path from the owner of the pod. */
  readonly path: Path;
  readonly fields: Fields;
  /** `app.kubernetes.io/name` of its pod. */
  readonly application: string | undefined;
}

/** The pods of an object, when it has any. */
export function podOf(object: Manifest): Pod | undefined {
  const path = POD_PATHS[groupKindOf(object)];
  if (path === undefined) {
    return undefined;
  }
  const template = fieldsAt(object, ...path);
  const spec = fieldsAt(template, 'spec');
  const specPath = [...path, 'spec'];
  const labels = textsAt(template, 'metadata', 'labels');
  return {
    owner: object,
    namespace: namespaceOf(object),
    path,
    specPath,
    spec,
    labels,
    annotations: textsAt(template, 'metadata', 'annotations'),
    containers: containersOf(spec, specPath, labels['app.kubernetes.io/name']),
    serving: SERVING_KINDS.includes(groupKindOf(object)),
  };
}

function containersOf(spec: Fields, specPath: Path, application: string | undefined): Container[] {
  return CONTAINER_LISTS.flatMap((list) =>
    listAt(spec, list).flatMap((fields, index) =>
      isFields(fields)
        ? [{ list, name: textAt(fields, 'name') ?? '', path: [...specPath, list, index], fields, application }]
        : [],
    ),
  );
}

/** The ports that the containers of a pod declare, by number and, where they have one, by name. */
export function declaredPorts(pod: Pod): (string | number)[] {
  return pod.containers.flatMap(({ fields }) =>
    listAt(fields, 'ports').flatMap((port) =>
      [at(port, 'containerPort'), at(port, 'name')].filter(
        (value): value is string | number => typeof value === 'string' || typeof value === 'number',
      ),
    ),
  );
}

/** The number of a port: a number is itself, a name is looked up among the ports that the containers declare. */
export function portNumber(containers: readonly Container[], port: unknown): number | undefined {
  if (typeof port === 'number') {
    return port;
  }
  const ports = containers.flatMap(({ fields }) => listAt(fields, 'ports'));
  return numberAt(
    ports.find((declared) => at(declared, 'name') === port),
    'containerPort',
  );
}

/** A literal or referenced variable of a container, and where it is. */
interface Variable {
  readonly name: string;
  readonly fields: Fields;
  readonly path: Path;
}

/** The variables of a container. */
export const envOf = remembered((container: Container): readonly Variable[] =>
  listAt(container.fields, 'env').flatMap((fields, index) =>
    isFields(fields) ? [{ name: textAt(fields, 'name') ?? '', fields, path: [...container.path, 'env', index] }] : [],
  ),
);
