import type { RawFinding } from './finding';

interface Report {
  readonly resources?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly status: string;
    readonly msg: string;
  }[];
}

/** `schemas` is a directory as `writeSchemas` lays it out: one directory per Kubernetes version, one file per kind. */
export function kubeconformArguments(file: string, schemas: string, version: string): string[] {
  return [
    '-strict',
    '-output=json',
    '-verbose',
    `-schema-location=${schemas}/${version}/{{.ResourceKind}}-{{.Group}}-{{.ResourceAPIVersion}}.json`,
    file,
  ];
}

/** Invalid objects, and objects without a schema. */
export function kubeconformFindings(output: string, version: string): RawFinding[] {
  const { resources = [] } = JSON.parse(output) as Report;
  if (resources.length === 0) {
    throw new Error('kubeconform read no object');
  }
  return resources
    .filter(({ status }) => status !== 'statusValid')
    .map(({ kind, name, status, msg }) => ({
      check: `${status}-${version}`,
      object: `${kind}/${name}`,
      detail: msg,
    }));
}
