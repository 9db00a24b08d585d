import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { find, type Manifest, render, testChart } from '../support/manifests';
import { NgcCredentials, SecretStoreRef } from 'cdk8s-nim';
import { argoCdCases, generatedCases, goldenCases } from './support/cases';
import { type CelEngine, celEngine, rulesIn } from './support/cel';
import { type CustomResource, customResources, withDefaults } from './support/custom-resources';

/**
 * Rules that the CEL library cannot evaluate, with its reason. They are not checked here: an empty list means that all are.
 */
const NOT_EVALUATED: Record<string, string> = {};

const resources = customResources();
const definedKinds = new Set(resources.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));
const cases = [...goldenCases(), ...generatedCases(), ...argoCdCases()].filter(({ object }) =>
  definedKinds.has(`${object.apiVersion} ${object.kind}`),
);
const rendered = new Set(cases.map(({ object }) => `${object.apiVersion} ${object.kind}`));

function resourceOf({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): CustomResource {
  const resource = resources.find((candidate) => candidate.apiVersion === apiVersion && candidate.kind === kind);
  if (resource === undefined) {
    throw new Error(`no definition of ${apiVersion} ${kind} in CRDS_DIR`);
  }
  return resource;
}

/** The kinds that the library can render: one file each in imports/. */
function importedKinds(): { readonly apiVersion: string; readonly kind: string }[] {
  const directory = join(__dirname, '../../imports');
  return readdirSync(directory).map((file) => {
    const text = readFileSync(join(directory, file), 'utf8');
    const [, apiVersion = '', kind = ''] = /apiVersion: '([^']+)', kind: '([^']+)'/.exec(text) ?? [];
    return { apiVersion, kind };
  });
}

describe('the cases', () => {
  it('hold the custom resources of the committed renders and of the generated NIMs', () => {
    expect(cases.length).toBeGreaterThan(200);
    expect([...rendered]).toEqual(
      expect.arrayContaining([
        'cert-manager.io/v1 Certificate',
        'external-secrets.io/v1 ExternalSecret',
        'k8s.nginx.org/v1 Policy',
      ]),
    );
  });
});

describe.each([...rendered].sort().map((name) => name.split(' ') as [string, string]))('%s %s', (apiVersion, kind) => {
  let cel: CelEngine;
  const resource = resourceOf({ apiVersion, kind });
  const objects = cases.filter(({ object }) => object.apiVersion === apiVersion && object.kind === kind);

  beforeAll(async () => {
    cel = await celEngine();
  });

  it('is what its definition allows, and every field is known', () => {
    const problems = objects.flatMap(({ source, object }) => {
      const errors = resource.errorsOf(object);
      return errors.length === 0 ? [] : [{ source, errors }];
    });
    expect(problems).toEqual([]);
  });

  it('keeps the rules of its definition', () => {
    const problems = objects.flatMap(({ source, object }) => {
      const { broken, failed } = cel.evaluate(resource.schema, withDefaults(resource.schema, object));
      const unexpected = failed.filter((text) => !Object.keys(NOT_EVALUATED).some((rule) => text.includes(rule)));
      return broken.length + unexpected.length === 0 ? [] : [{ source, broken, unexpected }];
    });
    expect(problems).toEqual([]);
  });

  it('is refused with a misspelt field', () => {
    const [first] = objects;
    const object = structuredClone(first?.object) as Manifest & { spec: Record<string, unknown> };
    object.spec['mispelt'] = true;
    expect(resource.errorsOf(object).join('\n')).toContain(
      '/spec must NOT have additional properties {"additionalProperty":"mispelt"}',
    );
  });

  it('is refused with an unknown field in its metadata', () => {
    const [first] = objects;
    const object = structuredClone(first?.object) as Manifest & { metadata: Record<string, unknown> };
    object.metadata['label'] = {};
    expect(resource.errorsOf(object).join('\n')).toContain('"additionalProperty":"label"');
  });
});

describe('an ExternalSecret', () => {
  it.each<[string, (spec: Spec) => unknown, string]>([
    ['a field misspelt deep inside', ({ target }) => (target['deletionPolcy'] = 'Retain'), '"deletionPolcy"'],
    [
      'a value that is not in the enumeration',
      ({ target }) => (target['creationPolicy'] = 'Mine'),
      'must be equal to one of the allowed values',
    ],
    ['a value of the wrong type', ({ target }) => (target['name'] = 1), '/spec/target/name must be string'],
  ])('is refused with %s', (_, spoil, error) => {
    const chart = testChart();
    NgcCredentials.fromExternalSecrets(chart, 'ngc', {
      store: SecretStoreRef.cluster('vault'),
      apiKey: { key: 'ngc' },
    });
    const object = structuredClone(find(render(chart), 'ExternalSecret', 'ngc-secret')) as Manifest & { spec: Spec };
    spoil(object.spec);
    expect(resourceOf(object).errorsOf(object).join('\n')).toContain(error);
  });
});

interface Spec {
  readonly target: Record<string, unknown>;
}

describe('the rules of the definitions', () => {
  let cel: CelEngine;

  beforeAll(async () => {
    cel = await celEngine();
  });

  it('can be read, all but the listed ones', () => {
    const rules = importedKinds().flatMap((kind) => rulesIn(resourceOf(kind).schema));
    const unreadable = [...new Set(rules)].filter((rule) => cel.problemOf(rule) !== undefined);
    expect(rules.length).toBeGreaterThan(200);
    expect(unreadable).toEqual(Object.keys(NOT_EVALUATED));
  });

  it('are evaluated, and a broken one is found', () => {
    const { schema } = resourceOf({ apiVersion: 'k8s.nginx.org/v1', kind: 'Policy' });
    const policy = { spec: { cors: { allowOrigin: ['*'], allowCredentials: true } } };
    const { evaluated, broken, failed } = cel.evaluate(schema, withDefaults(schema, policy));
    expect(failed).toEqual([]);
    expect(evaluated).toBeGreaterThan(0);
    expect(broken.join('\n')).toContain('/spec/cors');
  });

  it('see the defaults of the definition', () => {
    const { schema } = resourceOf({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' });
    const route = { spec: { rules: [{ matches: [{ path: { value: '/v1//embeddings' } }] }] } };
    const { broken } = cel.evaluate(schema, withDefaults(schema, route));
    expect(broken.join('\n')).toContain("must not contain '//'");
  });
});
