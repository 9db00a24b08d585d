import { type ApiObject, App, Chart, Names, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { addFinalCheck } from './final-check';
import { objectsBelow } from './objects-below';

/** Apps that already check themselves, and the objects of this library in each. */
const ownObjects = new WeakMap<IConstruct, Set<ApiObject>>();

/**
 * Makes the app around an object refuse objects that are the same to Kubernetes, or that cdk8s would write to the same file (it
 * names a file after kind and name only, and overwrites without a word).
 *
 * Only what is applied together can collide, and only where an object of this library is among it: a program may render many
 * clusters with the same names, each in a chart with a file or folder of its own.
 */
export function refuseCollisions(object: ApiObject): void {
  const root = object.node.root;
  const known = ownObjects.get(root);
  if (known !== undefined) {
    known.add(object);
    return;
  }
  const own = new Set([object]);
  ownObjects.set(root, own);
  addFinalCheck(root, () => collisions(root, own));
}

function collisions(root: IConstruct, own: ReadonlySet<ApiObject>): string[] {
  const output = outputOf(root);
  return appliedTogether(objectsBelow(root), output)
    .filter((together) => together.some((object) => own.has(object)))
    .flatMap((together) => collisionsIn(together, output.file));
}

function collisionsIn(objects: readonly ApiObject[], file: Output['file']): string[] {
  const same = duplicates(objects, identity);
  const reported = new Set(same.map(([, paths]) => paths.join()));
  return [
    ...same.map(
      ([key, paths]) =>
        `${key} is defined ${paths.length} times (${paths.join(', ')}): give each its own name or namespace, or, for ` +
        'different clusters, a chart of its own in an app with yamlOutputType: ' +
        'YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE or FILE_PER_CHART',
    ),
    ...(file === undefined ? [] : duplicates(objects, file))
      .filter(([, paths]) => !reported.has(paths.join()))
      .map(
        ([name, paths]) =>
          `output file ${name} would be written ${paths.length} times (${paths.join(', ')}), the last one wins: ` +
          'put the objects in charts of their own and set yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE',
      ),
  ];
}

/**
 * Whether the app around a construct gives each chart a file or a folder of its own, so that charts may be for
 * different clusters.
 */
export function chartsApart(scope: IConstruct): boolean {
  return outputOf(scope.node.root).chartsApart;
}

function outputOf(root: IConstruct): Output {
  return OUTPUTS[root instanceof App ? root.yamlOutputType : YamlOutputType.FILE_PER_APP];
}

/** How `App.synth` lays its output out. */
interface Output {
  /** Whether each chart has a file or a folder of its own, so that it can be applied alone. */
  readonly chartsApart: boolean;
  /** The file of an object, where two objects can meet in one. */
  readonly file?: (object: ApiObject) => string;
}

const resourceFile = (object: ApiObject): string => `${object.kind}.${object.name}`.replace(/[^0-9a-zA-Z-_.]/g, '');

const OUTPUTS: Readonly<Record<YamlOutputType, Output>> = {
  [YamlOutputType.FILE_PER_APP]: { chartsApart: false },
  [YamlOutputType.FILE_PER_CHART]: { chartsApart: true },
  [YamlOutputType.FILE_PER_RESOURCE]: { chartsApart: false, file: resourceFile },
  [YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE]: {
    chartsApart: true,
    file: (object) => `${Names.toDnsLabel(Chart.of(object))}/${resourceFile(object)}`,
  },
};

/** The objects, grouped by what `kubectl` or Argo CD is given at once. */
function appliedTogether(objects: readonly ApiObject[], { chartsApart }: Output): ApiObject[][] {
  if (!chartsApart) {
    return [[...objects]];
  }
  const byChart = new Map<Chart, ApiObject[]>();
  for (const object of objects) {
    const chart = Chart.of(object);
    const known = byChart.get(chart);
    if (known === undefined) {
      byChart.set(chart, [object]);
    } else {
      known.push(object);
    }
  }
  return [...byChart.values()];
}

function identity(object: ApiObject): string {
  const namespace = object.metadata.namespace;
  return `${object.kind}.${object.apiGroup} "${namespace === undefined ? '' : `${namespace}/`}${object.name}"`;
}

function duplicates(objects: readonly ApiObject[], keyOf: (object: ApiObject) => string): [string, string[]][] {
  const paths = new Map<string, string[]>();
  for (const object of objects) {
    const key = keyOf(object);
    const known = paths.get(key);
    if (known === undefined) {
      paths.set(key, [object.node.path]);
    } else {
      known.push(object.node.path);
    }
  }
  return [...paths].filter(([, sharing]) => sharing.length > 1);
}
