import { describe, expect, it } from 'vitest';
import { type Schema, typesOf, without } from '../../scripts/import/types';

function types(spec: Schema, required: string[] = []): string {
  return typesOf({
    apiVersion: 'example.com/v1',
    kind: 'Gadget',
    schema: {
      type: 'object',
      required,
      properties: { apiVersion: {}, kind: {}, metadata: { type: 'object' }, spec, status: { type: 'object' } },
    },
  });
}

function field(schema: Schema): string | undefined {
  return /readonly it\?: (.*);/.exec(types({ type: 'object', properties: { it: schema } }))?.[1];
}

describe('the types of a custom resource', () => {
  it('are its interfaces, and one function that makes the object', () => {
    const text = types({ type: 'object', required: ['on'], properties: { on: { type: 'boolean' } } }, ['spec']);
    expect(text).toContain("({ apiVersion: 'example.com/v1', kind: 'Gadget', ...props })");
    expect(text).toContain(
      'export interface GadgetProps {\n  readonly metadata: ApiObjectMetadata;\n  readonly spec: GadgetSpec;\n}',
    );
    expect(text).toContain('export interface GadgetSpec {\n  readonly on: boolean;\n}');
    expect(text).not.toContain('status');
  });

  it.each<[Schema, string]>([
    [{ type: 'string' }, 'string'],
    [{ type: 'integer' }, 'number'],
    [{ type: 'number' }, 'number'],
    [{ type: 'string', enum: ['Exact', 'Prefix'] }, '"Exact" | "Prefix"'],
    [{ type: 'integer', enum: [301, 308] }, '301 | 308'],
    [{ 'x-kubernetes-int-or-string': true }, 'number | string'],
    [{ type: 'array', items: { type: 'string' } }, 'readonly string[]'],
    [{ type: 'array', items: { type: 'string', enum: ['a', 'b'] } }, 'readonly ("a" | "b")[]'],
    [{ type: 'array', items: { type: 'object', properties: {} } }, 'readonly GadgetSpecIt[]'],
    [{ type: 'array', items: { type: 'array', items: { type: 'string' } } }, 'readonly (readonly string[])[]'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, 'Readonly<Record<string, string>>'],
    [{ type: 'object' }, 'Readonly<Record<string, unknown>>'],
    [{}, 'unknown'],
  ])('of the field %j are %s', (schema, expected) => {
    expect(field(schema)).toBe(expected);
  });

  it('keep the names of fields as Kubernetes reads them', () => {
    const text = types({
      type: 'object',
      properties: { clientCIDRs: { type: 'string' }, 'x-header': { type: 'object', properties: {} } },
    });
    expect(text).toContain('readonly clientCIDRs?: string;');
    expect(text).toContain('readonly "x-header"?: GadgetSpecXHeader;');
  });
});

describe('a field that is left out', () => {
  const text: Schema = { type: 'string' };
  const item: Schema = { type: 'object', properties: { kept: text, large: { type: 'object' } } };
  const list: Schema = { type: 'object', properties: { others: text, list: { type: 'array', items: item } } };

  it('is gone, and everything beside it stays', () => {
    expect(without(list, 'others').properties).toEqual({ list: { type: 'array', items: item } });
    expect(without(list, 'list.*.large').properties).toEqual({
      others: text,
      list: { type: 'array', items: { type: 'object', properties: { kept: text } } },
    });
  });

  it('has to be there', () => {
    expect(() => without(list, 'list.*.larger')).toThrow('larger: there is no such field to leave out');
  });
});
