import { ApiObject, App, Chart, Names, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** Apps that already check themselves. */
const checkedRoots = new WeakSet<IConstruct>();

/**
 * Makes the app around a construct refuse two objects that are the same to Kubernetes, or that cdk8s would write to
 * the same file (it names a file after kind and name only, and overwrites without a word).
 */
export function refuseCollisions(scope: IConstruct): void {
  const root = scope.node.root;
  if (checkedRoots.has(root)) {
    return;
  }
  checkedRoots.add(root);
  root.node.addValidation({ validate: () => collisions(root) });
}

function collisions(root: IConstruct): string[] {
  const objects = root.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
  const outputFile = root instanceof App ? fileNamer(root.yamlOutputType) : undefined;
  const same = duplicates(objects, identity);
  const reported = new Set(same.map(([, paths]) => paths.join()));
  return [
    ...same.map(
      ([key, paths]) =>
        `${key} is defined ${paths.length} times (${paths.join(', ')}): give each its own name or namespace`,
    ),
    ...(outputFile === undefined ? [] : duplicates(objects, outputFile))
      .filter(([, paths]) => !reported.has(paths.join()))
      .map(
        ([file, paths]) =>
          `output file ${file} would be written ${paths.length} times (${paths.join(', ')}), the last one wins: ` +
          'put the objects in charts of their own and set yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE',
      ),
  ];
}

function identity(object: ApiObject): string {
  const namespace = object.metadata.namespace;
  return `${object.kind}.${object.apiGroup} "${namespace === undefined ? '' : `${namespace}/`}${object.name}"`;
}

/** The file that `App.synth` writes an object to, for the two output types where two objects can meet in one. */
function fileNamer(type: YamlOutputType): ((object: ApiObject) => string) | undefined {
  const file = (object: ApiObject): string => `${object.kind}.${object.name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
  switch (type) {
    case YamlOutputType.FILE_PER_RESOURCE:
      return file;
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      return (object) => `${Names.toDnsLabel(Chart.of(object))}/${file(object)}`;
    case YamlOutputType.FILE_PER_APP:
    case YamlOutputType.FILE_PER_CHART:
      return undefined;
  }
}

function duplicates(objects: ApiObject[], keyOf: (object: ApiObject) => string): [string, string[]][] {
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
