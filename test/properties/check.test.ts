import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Path } from '../../lib/manifests/fields';
import type { Manifest } from '../../lib/manifests/manifest';
import { runs } from '../support/property-runs';
import { check, nimObjects, nimWith, REMOVED, withField } from '../support/rules';

describe('a check', () => {
  it('survives any value in any field of any object', () => {
    const objects = nimObjects();
    const places = objects.flatMap((object, index) => pathsOf(object).map((path) => ({ index, path })));
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), ({ index, path }, value) => {
        const changed = objects.map((object, at) => (at === index ? withField(object, path, value) : object));
        expect(() => check(changed)).not.toThrow();
      }),
      runs(700),
    );
  });

  // What the property above found, and the same fault elsewhere.
  it.each([
    ['Deployment', 'spec.template.spec.containers.0.resources.requests.cpu'],
    ['Deployment', 'spec.template.spec.containers.0.resources.limits[nvidia.com/gpu]'],
    ['Deployment', 'spec.template.spec.containers.0.args.0'],
    ['PodDisruptionBudget', 'spec.minAvailable'],
    ['PersistentVolumeClaim', 'spec.accessModes.0'],
  ])('survives a value without a text in %s %s', (kind, path) => {
    expect(() => check(nimWith([kind, path, { toString: false }]))).not.toThrow();
  });

  it('survives the lack of any field', () => {
    const objects = nimObjects();
    for (const [index, object] of objects.entries()) {
      for (const path of pathsOf(object)) {
        const changed = objects.map((other, at) => (at === index ? withField(object, path, REMOVED) : other));
        expect(() => check(changed)).not.toThrow();
      }
    }
  });
});

/** Every path in an object except those that make it one. */
function pathsOf(object: Manifest): Path[] {
  const below = (value: unknown, path: Path): Path[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, member]) => {
          const next = [...path, Array.isArray(value) ? Number(key) : key];
          return [next, ...below(member, next)];
        })
      : [];
  return below(object, []).filter(([first]) => first !== 'apiVersion' && first !== 'kind');
}
