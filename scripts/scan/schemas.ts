import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { definitionFiles } from '../crds/files';

type Schema = Record<string, unknown>;

interface Definitions {
  readonly definitions: Record<
    string,
    Schema & {
      readonly 'x-kubernetes-group-version-kind'?: readonly {
        readonly group: string;
        readonly version: string;
        readonly kind: string;
      }[];
    }
  >;
}

interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

/**
 * Lays the API schemas out for kubeconform: a directory for each version of Kubernetes, a file for each kind in it.
 *
 * @returns the versions.
 */
export function writeSchemas(kubernetesSchemas: string, crds: string, directory: string): string[] {
  const customResources = definitionFiles(crds).map(
    (file) => parse(readFileSync(file, 'utf8')) as CustomResourceDefinition,
  );
  const files = readdirSync(kubernetesSchemas).filter((file) => /^v1\.\d+\.json$/.test(file));
  return files.map((file) => {
    const version = basename(file, '.json');
    const target = join(directory, version);
    mkdirSync(target, { recursive: true });
    writeBuiltIn(JSON.parse(readFileSync(join(kubernetesSchemas, file), 'utf8')) as Definitions, target);
    for (const { spec } of customResources) {
      for (const { name, schema } of spec.versions) {
        writeKind(target, spec.group, name, spec.names.kind, strict(schema.openAPIV3Schema));
      }
    }
    return version;
  });
}

function writeBuiltIn({ definitions }: Definitions, target: string): void {
  writeFileSync(join(target, '_definitions.json'), JSON.stringify({ definitions: strict(definitions) }));
  for (const [name, definition] of Object.entries(definitions)) {
    for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
      writeKind(target, group, version, kind, { $ref: `_definitions.json#/definitions/${name}` });
    }
  }
}

/** Under the name that kubeconform asks for, which has the version where the core group has no name. */
function writeKind(target: string, group: string, version: string, kind: string, schema: unknown): void {
  writeFileSync(join(target, `${kind.toLowerCase()}-${group || version}-${version}.json`), JSON.stringify(schema));
}

/** The schema without room for fields that it does not name, and without keywords that are null: those mean nothing. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) {
    return schema.map(strict);
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema;
  }
  const inner = Object.fromEntries(
    Object.entries(schema)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, strict(value)]),
  );
  const open = 'additionalProperties' in inner || inner['x-kubernetes-preserve-unknown-fields'] === true;
  return isObjectSchema(inner) && !open ? { ...inner, additionalProperties: false } : inner;
}

function isObjectSchema(schema: Schema): boolean {
  return typeof schema['properties'] === 'object' && schema['type'] === 'object';
}
