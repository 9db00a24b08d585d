import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeSchemas } from '../../scripts/scan/schemas';
import { withDirectory } from '../support/programs';

const KUBERNETES = {
  definitions: {
    'core.v1.Service': {
      type: 'object',
      properties: { spec: { $ref: '#/definitions/core.v1.ServiceSpec' } },
      'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Service' }],
    },
    'core.v1.ServiceSpec': { type: 'object', properties: { selector: { type: 'object' } } },
  },
};

const CUSTOM_RESOURCE = `
spec:
  group: example.com
  names: { kind: Route }
  versions:
    - name: v1alpha1
      schema:
        openAPIV3Schema:
          type: object
          properties:
            metadata: { type: object }
            spec:
              type: object
              anyOf: null
              properties:
                open: { type: object, x-kubernetes-preserve-unknown-fields: true, properties: { a: {} } }
                map: { type: object, additionalProperties: { type: string } }
`;

/** The schemas of one version of Kubernetes, as kubeconform will read them. */
function written(): (file: string) => unknown {
  return withDirectory((directory) => {
    const [kubernetes, crds, target] = ['kubernetes', 'crds', 'target'].map((name) => join(directory, name)) as [
      string,
      string,
      string,
    ];
    mkdirSync(kubernetes);
    mkdirSync(crds);
    writeFileSync(join(kubernetes, 'v1.30.json'), JSON.stringify(KUBERNETES));
    writeFileSync(join(kubernetes, 'SOURCES.md'), '');
    writeFileSync(join(crds, 'example.com_routes.yaml'), CUSTOM_RESOURCE);
    expect(writeSchemas(kubernetes, crds, target)).toEqual(['v1.30']);
    const files = ['_definitions.json', 'service-v1-v1.json', 'route-example.com-v1alpha1.json'].map(
      (file) => [file, JSON.parse(readFileSync(join(target, 'v1.30', file), 'utf8')) as unknown] as const,
    );
    return (file) => Object.fromEntries(files)[file];
  });
}

test('a kind of Kubernetes points at its definition, which has room for no other field', () => {
  const read = written();
  expect(read('service-v1-v1.json')).toEqual({ $ref: '_definitions.json#/definitions/core.v1.Service' });
  expect(read('_definitions.json')).toMatchObject({
    definitions: { 'core.v1.ServiceSpec': { additionalProperties: false } },
  });
});

test('a custom resource has room for other fields only where its definition says so', () => {
  expect(written()('route-example.com-v1alpha1.json')).toEqual({
    type: 'object',
    additionalProperties: false,
    properties: {
      metadata: { type: 'object' },
      spec: {
        type: 'object',
        additionalProperties: false,
        properties: {
          open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { a: {} } },
          map: { type: 'object', additionalProperties: { type: 'string' } },
        },
      },
    },
  });
});
