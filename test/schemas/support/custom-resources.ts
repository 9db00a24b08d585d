import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { definitionFiles } from '../../../scripts/crds/files';
import type { Manifest } from '../../support/manifests';
import { errorsOf, newAjv, type Schema } from './validators';

/** One served version of a custom resource. */
export interface CustomResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly schema: Schema;
  /** The errors of an object, unknown fields included. */
  errorsOf(object: Manifest): string[];
}

interface Definition {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

/** Every custom resource in the directory that CRDS_DIR names, and those with a definition of ours. */
export function customResources(): CustomResource[] {
  const directory = process.env['CRDS_DIR'] ?? '';
  return definitionFiles(directory)
    .flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')))
    .map((document) => document.toJS() as Definition | null)
    .filter((definition): definition is Definition => definition?.kind === 'CustomResourceDefinition')
    .flatMap(({ spec }) =>
      spec.versions
        .filter(({ served }) => served)
        .map(({ name, schema }) => customResource(`${spec.group}/${name}`, spec.names.kind, schema.openAPIV3Schema)),
    );
}

/** The schema of one kind, compiled when the first object of the kind comes. */
function customResource(apiVersion: string, kind: string, schema: Schema): CustomResource {
  let validate: ReturnType<ReturnType<typeof newAjv>['compile']> | undefined;
  return {
    apiVersion,
    kind,
    schema,
    errorsOf(object) {
      validate ??= newAjv().compile(strictRoot(schema));
      return errorsOf(validate, object);
    },
  };
}

const STRINGS: Schema = { type: 'object', additionalProperties: { type: 'string' } };

/** The metadata of our objects; the API server knows more, but nothing else may be rendered. */
const METADATA: Schema = {
  type: 'object',
  properties: { name: { type: 'string' }, namespace: { type: 'string' }, labels: STRINGS, annotations: STRINGS },
  required: ['name', 'namespace'],
  additionalProperties: false,
};

function strictRoot(schema: Schema): Schema {
  return strict({ ...schema, properties: { ...schema.properties, metadata: METADATA } });
}

/** The structural schema without room for unknown fields, in the words that ajv knows. */
function strict(schema: Schema): Schema {
  const { properties, additionalProperties, items } = schema;
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true;
  return {
    // Some definitions write a keyword that they do not use as null.
    ...Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== null)),
    ...(schema['x-kubernetes-int-or-string'] === true ? { type: ['integer', 'string'] as unknown as string } : {}),
    ...(properties === undefined
      ? {}
      : { properties: mapValues(properties, strict), ...(open ? {} : { additionalProperties: false }) }),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: strict(additionalProperties) } : {}),
    ...(items === undefined ? {} : { items: strict(items) }),
  };
}

/** The value as the API server stores it: with the defaults of the schema. */
export function withDefaults(schema: Schema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map((item) => withDefaults(items, item));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const given = value as Record<string, unknown>;
  const defaults = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    property.default === undefined || name in given ? [] : [[name, property.default]],
  );
  return Object.fromEntries(
    [...Object.entries(given), ...(defaults as [string, unknown][])].map(([name, child]) => {
      const childSchema = schema.properties?.[name] ?? schema.additionalProperties;
      return [name, typeof childSchema === 'object' ? withDefaults(childSchema, child) : child];
    }),
  );
}

function mapValues<T, Result>(record: Record<string, T>, map: (value: T) => Result): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
