import type Ajv from 'ajv';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../support/manifests';
import { errorsOf, newAjv, type Schema } from './validators';

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
/** The grammar of a quantity, as its own package documents it. */
const QUANTITY_PATTERN = '^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$';

/** The API of one version of Kubernetes. */
export interface KubernetesApi {
  readonly version: string;
  /** The errors of an object, unknown fields included; `undefined` when the version does not know the kind. */
  errorsOf(object: Manifest): string[] | undefined;
}

/** Every version in the directory that KUBERNETES_SCHEMAS_DIR names, oldest first. */
export function kubernetesApis(): KubernetesApi[] {
  const directory = process.env['KUBERNETES_SCHEMAS_DIR'] ?? '';
  return readdirSync(directory)
    .flatMap((file) => /^v(1\.\d+)\.json$/.exec(file)?.[1] ?? [])
    .sort((a, b) => Number(a.slice(2)) - Number(b.slice(2)))
    .map((version) => {
      const text = readFileSync(join(directory, `v${version}.json`), 'utf8');
      return apiOf(version, (JSON.parse(text) as { definitions: Record<string, Schema> }).definitions);
    });
}

function apiOf(version: string, definitions: Record<string, Schema>): KubernetesApi {
  const ajv: Ajv = newAjv().addSchema({
    $id: 'kubernetes',
    definitions: {
      ...Object.fromEntries(Object.entries(definitions).map(([name, schema]) => [name, strict(schema)])),
      [QUANTITY]: { oneOf: [{ type: 'string', pattern: QUANTITY_PATTERN }, { type: 'number' }] },
    },
  });
  const names = new Map(
    Object.entries(definitions).flatMap(([name, schema]) =>
      (schema['x-kubernetes-group-version-kind'] ?? []).map(
        ({ group, version: apiVersion, kind }) =>
          [`${group === '' ? '' : `${group}/`}${apiVersion} ${kind}`, name] as const,
      ),
    ),
  );
  return {
    version,
    errorsOf(object) {
      const name = names.get(`${object.apiVersion} ${object.kind}`);
      const validate = name === undefined ? undefined : ajv.getSchema(`kubernetes#/definitions/${name}`);
      return validate === undefined ? undefined : errorsOf(validate, object);
    },
  };
}

/** The definition without room for unknown fields. */
function strict(schema: Schema): Schema {
  return schema.properties === undefined || schema.additionalProperties !== undefined
    ? schema
    : { ...schema, additionalProperties: false };
}
