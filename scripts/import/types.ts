/** What is read of an OpenAPI schema of a custom resource. */
export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly enum?: readonly unknown[];
  readonly 'x-kubernetes-int-or-string'?: boolean;
}

/** A kind of custom resource, and the schema of its version. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly schema: Schema;
}

/** A schema without what a path leads to: names joined by ".", and "*" for the item of a list. */
export function without(schema: Schema, path: string): Schema {
  const [first = '', ...rest] = path.split('.');
  const { [first]: inner = first === '*' ? schema.items : undefined, ...others } = schema.properties ?? {};
  if (inner === undefined) throw new Error(`${path}: there is no such field to leave out`);
  if (rest.length === 0) return { ...schema, properties: others };
  const changed = without(inner, rest.join('.'));
  return first === '*'
    ? { ...schema, items: changed }
    : { ...schema, properties: { ...schema.properties, [first]: changed } };
}

/** What the API server or the controller writes, and what each object says of itself. */
const NOT_GIVEN = ['apiVersion', 'kind', 'metadata', 'status'];

const SIMPLE_TYPES: ReadonlyMap<string | undefined, string> = new Map([
  ['boolean', 'boolean'],
  ['integer', 'number'],
  ['number', 'number'],
  ['string', 'string'],
]);

/**
 * The types of a kind: an interface for each object in its schema, named after the path to it, with the fields as Kubernetes
 * reads them. The only code is the one function that makes the object, so that a program loads no more than it uses.
 */
export function typesOf({ apiVersion, kind, schema }: Kind): string {
  const given = Object.entries(schema.properties ?? {}).filter(([name]) => !NOT_GIVEN.includes(name));
  const interfaces: string[] = [];
  const fields = given.map(([name, field]) => fieldOf(`${kind}${capitalized(name)}`, name, field, schema, interfaces));
  return [
    "import type { ApiObjectMetadata } from 'cdk8s';\n",
    `export const ${kind} = {`,
    `  manifest: (props: ${kind}Props): object => ({ apiVersion: '${apiVersion}', kind: '${kind}', ...props }),`,
    '};\n',
    interfaceOf(`${kind}Props`, ['  readonly metadata: ApiObjectMetadata;', ...fields]),
    ...interfaces,
  ].join('\n');
}

function interfaceOf(name: string, fields: readonly string[]): string {
  return [`export interface ${name} {`, ...fields, '}\n'].join('\n');
}

function fieldOf(typeName: string, name: string, schema: Schema, parent: Schema, interfaces: string[]): string {
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  const optional = parent.required?.includes(name) === true ? '' : '?';
  return `  readonly ${key}${optional}: ${typeOf(typeName, schema, interfaces)};`;
}

/** The type of a field; those of objects in it are added to the interfaces. */
function typeOf(name: string, schema: Schema, interfaces: string[]): string {
  if (schema['x-kubernetes-int-or-string'] === true) {
    return 'number | string';
  }
  if (schema.enum !== undefined) {
    return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  }
  if (schema.type === 'array') {
    return `readonly ${inBrackets(typeOf(name, schema.items ?? {}, interfaces))}[]`;
  }
  if (schema.type === 'object') {
    return objectType(name, schema, interfaces);
  }
  return SIMPLE_TYPES.get(schema.type) ?? 'unknown';
}

function objectType(name: string, schema: Schema, interfaces: string[]): string {
  if (schema.properties !== undefined) {
    const at = interfaces.length;
    const fields = Object.entries(schema.properties).map(([field, value]) =>
      fieldOf(`${name}${capitalized(field)}`, field, value, schema, interfaces),
    );
    interfaces.splice(at, 0, interfaceOf(name, fields));
    return name;
  }
  const { additionalProperties } = schema;
  const values = typeof additionalProperties === 'object' ? typeOf(name, additionalProperties, interfaces) : 'unknown';
  return `Readonly<Record<string, ${values}>>`;
}

function inBrackets(type: string): string {
  return /[ |]/.test(type) ? `(${type})` : type;
}

function capitalized(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
