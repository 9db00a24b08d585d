import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { definitionFiles } from '../../../scripts/crds/files';
import { sleep } from '../../support/loopback';
import { at, type Manifest } from '../../support/manifests';
import type { ApiClient } from './api-client';

/** The custom resource definitions of CRDS_DIR, and ours. */
export function customResourceDefinitions(): Manifest[] {
  return definitionFiles(process.env['CRDS_DIR'] ?? '')
    .flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')))
    .map((document) => document.toJS() as Manifest);
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
