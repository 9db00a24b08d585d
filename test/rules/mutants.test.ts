import { describe, expect, it } from 'vitest';
import { type Manifest, showObject } from '../../lib/rules/support/manifest';
import { showPath } from '../../lib/rules/support/fields';
import { goldenRenders, pathsIn, REMOVED, rulesAgainst, withField } from '../support/rules';
import { HARMLESS, MUTANTS } from './mutants';

interface AppliedMutant {
  readonly name: string;
  readonly objects: Manifest[];
}

/** Every mutant at every place of a render, one at a time. A path whose last member is missing is one that is added. */
function applied(objects: readonly Manifest[]): AppliedMutant[] {
  return MUTANTS.flatMap(({ kind, path, value }) =>
    objects.flatMap((object, index) => {
      if (object.kind !== kind) {
        return [];
      }
      const parent = path.slice(0, -1);
      const last = path[path.length - 1];
      const places =
        last === undefined || value === REMOVED || last === '*'
          ? pathsIn(object, path)
          : pathsIn(object, parent).map((found) => [...found, last]);
      return places
        .map((place) => ({
          name: `${showObject(object)}: ${place.length === 0 ? 'object' : showPath(place)} = ${value === REMOVED ? 'removed' : JSON.stringify(value)}`,
          objects:
            place.length === 0
              ? objects.filter((other) => other !== object)
              : objects.map((other, position) => (position === index ? withField(other, place, value) : other)),
        }))
        .filter((mutant) => JSON.stringify(mutant.objects) !== JSON.stringify(objects));
    }),
  );
}

describe.each(goldenRenders())('the render of $name', ({ name, objects }) => {
  const mutants = applied(objects).filter(
    (mutant) => !HARMLESS.some((harmless) => harmless.program.test(name) && harmless.mutant.test(mutant.name)),
  );

  it('has no findings of its own', () => {
    expect(rulesAgainst(objects)).toEqual([]);
  });

  it('has many fields to weaken', () => {
    expect(new Set(mutants.map((mutant) => mutant.name)).size).toBe(mutants.length);
    if (name === 'main.ts') {
      expect(mutants.length).toBeGreaterThanOrEqual(80);
    }
  });

  it('is refused with each of them weakened', () => {
    const survivors = mutants.filter((mutant) => rulesAgainst(mutant.objects).length === 0);
    expect(survivors.map((mutant) => mutant.name)).toEqual([]);
  });
});
