import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { definitionFiles } from '../../../scripts/crds/files';
import { sleep } from '../../support/loopback';
import { at, type Manifest } from '../../support/manifests';
import type { ApiClient } from './api-client';

/** Definitions that Kubernetes 1.28 refuses: the estimated cost of their rules is above its budget. */
const TOO_COSTLY_ON_1_28 = ['securitypolicies.gateway.envoyproxy.io'];

/** The custom resource definitions of CRDS_DIR, and ours. */
export function customResourceDefinitions(for128: boolean): Manifest[] {
  const directory = process.env['CRDS_DIR'] ?? '';
  const all = definitionFiles(directory)
    .flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')))
    .map((document) => document.toJS() as Manifest);
  return for128
    ? all.filter(({ metadata }) => !TOO_COSTLY_ON_1_28.includes(metadata.name)).map(withoutSelectableFields)
    : all;
}

/** Selectable fields are new in Kubernetes 1.30. */
function withoutSelectableFields(definition: Manifest): Manifest {
  const spec = definition['spec'] as { readonly versions: readonly Record<string, unknown>[] };
  const versions = spec.versions.map((version) =>
    Object.fromEntries(Object.entries(version).filter(([field]) => field !== 'selectableFields')),
  );
  return { ...definition, spec: { ...spec, versions } };
}

/** Installs definitions, and waits until the API server serves them. */
export async function installDefinitions(api: ApiClient, definitions: readonly Manifest[]): Promise<void> {
  await Promise.all(definitions.map((definition) => api.apply(definition, { acceptWarnings: true })));
  for (const definition of definitions) {
    while (!established(await api.get(definition))) {
      await sleep(50);
    }
  }
  for (const definition of definitions) {
    const group = at(definition, 'spec.group') as string;
    const kind = at(definition, 'spec.names.kind') as string;
    const versions = at(definition, 'spec.versions') as { readonly name: string; readonly served: boolean }[];
    for (const { name } of versions.filter(({ served }) => served)) {
      while (!(await api.serves(`${group}/${name}`, kind))) {
        await sleep(50);
        api.forgetKinds();
      }
    }
  }
}

function established(definition: Manifest | undefined): boolean {
  const conditions = (at(definition, 'status.conditions') ?? []) as {
    readonly type: string;
    readonly status: string;
  }[];
  return conditions.some(({ type, status }) => type === 'Established' && status === 'True');
}
