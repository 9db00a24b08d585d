import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';

/** A JSON schema, as far as the tests read one. */
export interface Schema {
  readonly type?: string;
  readonly properties?: Record<string, Schema>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly default?: unknown;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-validations'?: readonly CelRule[];
  readonly 'x-kubernetes-group-version-kind'?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
  readonly [keyword: string]: unknown;
}

/** A rule in Common Expression Language. */
export interface CelRule {
  readonly rule: string;
  readonly message?: string;
}

const isInteger =
  (bits: number) =>
  (value: number): boolean =>
    Number.isInteger(value) && Math.abs(value) <= 2 ** (bits - 1);

/** A pattern of Go, which may say with `(?i)` that upper and lower case are the same. */
const goRegExp = Object.assign(
  (pattern: string, flags: string) =>
    new RegExp(pattern.replace('(?i)', ''), pattern.includes('(?i)') ? `${flags}i` : flags),
  { code: 'new RegExp' },
);

/** An ajv that knows the formats of Kubernetes; an unknown one is an error when the schema is compiled. */
export function newAjv(): Ajv {
  return new Ajv({
    strict: false,
    allErrors: true,
    code: { regExp: goRegExp },
    formats: {
      int32: { type: 'number', validate: isInteger(32) },
      int64: { type: 'number', validate: isInteger(64) },
      double: { type: 'number', validate: Number.isFinite },
      byte: /^[A-Za-z0-9+/]*={0,2}$/,
      'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
    },
  });
}

/** The errors of a value as text; empty when it is valid. */
export function errorsOf(validate: ValidateFunction, value: unknown): string[] {
  return validate(value) ? [] : (validate.errors ?? []).map(show);
}

function show({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`;
}
