import type { CelRule, Schema } from './validators';

/** A rule of a schema and the part of an object that it speaks of. */
interface Occurrence {
  readonly path: string;
  readonly rule: CelRule;
  readonly self: unknown;
}

/** What the rules of a schema say about an object. */
export interface CelResult {
  /** Rules that were evaluated. */
  readonly evaluated: number;
  /** Rules that the object breaks. */
  readonly broken: string[];
  /** Rules that the library could not evaluate. */
  readonly failed: string[];
}

/** Evaluates the CEL rules of custom resources. */
export interface CelEngine {
  /** The problem of a rule that the library cannot read; `undefined` when it can. */
  problemOf(rule: string): string | undefined;
  /** Evaluates every rule of the schema that speaks of a part of the object. */
  evaluate(schema: Schema, object: unknown): CelResult;
}

export async function celEngine(): Promise<CelEngine> {
  const { Environment } = await import('@marcbachmann/cel-js');
  const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });
  const parsed = new Map<string, (context: Record<string, unknown>) => unknown>();
  const parse = (rule: string): ((context: Record<string, unknown>) => unknown) => {
    const known = parsed.get(rule) ?? environment.parse(readable(rule));
    parsed.set(rule, known);
    return known;
  };
  return {
    problemOf(rule) {
      try {
        parse(rule);
        const { valid, error } = environment.check(readable(rule));
        return valid ? undefined : String(error);
      } catch (error) {
        return String(error);
      }
    },
    evaluate(schema, object) {
      const found = occurrences(schema, object, '');
      const broken: string[] = [];
      const failed: string[] = [];
      for (const { path, rule, self } of found) {
        try {
          if (parse(rule.rule)({ self }) !== true) {
            broken.push(`${path}: ${rule.message ?? rule.rule}`);
          }
        } catch (error) {
          failed.push(`${path}: ${rule.rule}: ${String(error)}`);
        }
      }
      return { evaluated: found.length - failed.length, broken, failed };
    },
  };
}

/** The library takes `has(a.b)` but not `has(a[0].b)`: for an object of a manifest, that is the same as `'b' in a[0]`. */
function readable(rule: string): string {
  return rule.replace(/has\(([\w.]+\[\d+\])\.(\w+)\)/g, "('$2' in $1)");
}

/** Every rule in a schema, wherever it stands. */
export function rulesIn(schema: Schema): string[] {
  return [
    ...(schema['x-kubernetes-validations'] ?? []).map(({ rule }) => rule),
    ...Object.values(schema.properties ?? {}).flatMap(rulesIn),
    ...(schema.items === undefined ? [] : rulesIn(schema.items)),
    ...(typeof schema.additionalProperties === 'object' ? rulesIn(schema.additionalProperties) : []),
  ];
}

function occurrences(schema: Schema, value: unknown, path: string): Occurrence[] {
  const own = (schema['x-kubernetes-validations'] ?? []).map((rule) => ({
    path: path || '/',
    rule,
    self: toCel(schema, value),
  }));
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined
      ? own
      : [...own, ...value.flatMap((item, index) => occurrences(items, item, `${path}/${index}`))];
  }
  if (typeof value !== 'object' || value === null) {
    return own;
  }
  return [
    ...own,
    ...Object.entries(value).flatMap(([name, child]) => {
      const childSchema = schema.properties?.[name] ?? schema.additionalProperties;
      return typeof childSchema === 'object' ? occurrences(childSchema, child, `${path}/${name}`) : [];
    }),
  ];
}

/** Words that CEL reserves: Kubernetes writes a field of such a name as `__name__`. */
const RESERVED =
  /^(true|false|null|in|as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return|var|void|while)$/;

/** The value in the types of CEL: integers as such, and field names as Kubernetes escapes them. */
function toCel(schema: Schema | undefined, value: unknown): unknown {
  if (typeof value === 'number') {
    return schema?.type === 'number' ? value : BigInt(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => toCel(schema?.items, item));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => {
      const property = schema?.properties?.[name];
      const other = typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined;
      return [property === undefined ? name : celName(name), toCel(property ?? other, child)];
    }),
  );
}

function celName(name: string): string {
  return RESERVED.test(name)
    ? `__${name}__`
    : name
        .replaceAll('__', '__underscores__')
        .replaceAll('.', '__dot__')
        .replaceAll('-', '__dash__')
        .replaceAll('/', '__slash__');
}
