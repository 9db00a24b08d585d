import { describe, expect, it } from 'vitest';
import { RULES } from '../../lib/guardrails/rules';
import { type Manifest, showObject } from '../../lib/manifests/manifest';
import { remembered } from '../../lib/manifests/remembered';
import { showPath } from '../../lib/manifests/fields';
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

const RENDERS = goldenRenders();

/** The mutants of a render, each with the rules that catch it. */
const judgedMutants = remembered(({ name, objects }: (typeof RENDERS)[number]) =>
  applied(objects)
    .filter(
      (mutant) => !HARMLESS.some(({ program, mutant: pattern }) => program.test(name) && pattern.test(mutant.name)),
    )
    .map((mutant) => ({ name: mutant.name, caughtBy: rulesAgainst(mutant.objects) })),
);

describe.each(RENDERS)('the render of $name', (render) => {
  it('has no findings of its own', () => {
    expect(rulesAgainst(render.objects)).toEqual([]);
  });

  it('has many fields to weaken', () => {
    const names = judgedMutants(render).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    if (render.name === 'main.ts') {
      expect(names.length).toBeGreaterThanOrEqual(80);
    }
  });

  it('is refused with each of them weakened', () => {
    const survivors = judgedMutants(render).filter(({ caughtBy }) => caughtBy.length === 0);
    expect(survivors.map(({ name }) => name)).toEqual([]);
  });
});

it('every rule catches one of them, but those that need two changes', () => {
  const needed = new Set(RENDERS.flatMap((render) => judgedMutants(render).flatMap(({ caughtBy }) => caughtBy)));
  const idle = RULES.map(({ id }) => id).filter((id) => !needed.has(id));
  // An autoscaler is an object more.
  expect(idle).toEqual(['replicas-left-to-autoscaler']);
});
