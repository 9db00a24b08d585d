import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RawFinding } from './finding';
import type { Scanner } from './scanner';
import { writeSchemas } from './schemas';

export const KUBECONFORM = {
  tool: {
    name: 'kubeconform',
    version: 'v0.7.0',
    source: {
      goModule: 'github.com/yannh/kubeconform',
      goPackage: 'github.com/yannh/kubeconform/cmd/kubeconform',
    },
  },
  checks: 'every object, strictly, against the schemas of Kubernetes 1.28 to 1.37 and of the custom resources',
  because: () => (sources() === undefined ? 'KUBERNETES_SCHEMAS_DIR and CRDS_DIR name no schemas' : undefined),
  scan: ({ file, run, directory }) => {
    const schemas = join(directory, 'schemas');
    return versionsIn(schemas).flatMap((version) =>
      kubeconformFindings(run(kubeconformArguments(file, schemas, version)), version),
    );
  },
} as const satisfies Scanner;

/** Where the schemas of Kubernetes and of the custom resources come from. */
function sources(): readonly [kubernetes: string, customResources: string] | undefined {
  const { KUBERNETES_SCHEMAS_DIR: kubernetes, CRDS_DIR: customResources } = process.env;
  return kubernetes && customResources ? [kubernetes, customResources] : undefined;
}

/** The versions of Kubernetes whose schemas are in a directory; written there for the first render. */
function versionsIn(schemas: string): string[] {
  const [kubernetes = '', customResources = ''] = sources() ?? [];
  return existsSync(schemas) ? readdirSync(schemas) : writeSchemas(kubernetes, customResources, schemas);
}

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
