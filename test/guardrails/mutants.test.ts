import { describe, expect, it } from 'vitest';
import { ACKNOWLEDGEMENT_RULE } from '../../lib/guardrails/acknowledgements';
import type { GuardrailsOptions } from '../../lib/guardrails/guardrails-options';
import { RULES } from '../../lib/guardrails/rules';
import { at, type Path, showPath } from '../../lib/manifests/fields';
import { type Manifest, showObject } from '../../lib/manifests/manifest';
import { remembered } from '../../lib/manifests/remembered';
import { goldenRenders, pathsIn, REMOVED, rulesAgainst, withField } from '../support/rules';
import { HARMLESS } from './harmless-mutants';
import type { Mutant } from './mutant';
import { MUTANTS } from './mutants';

interface AppliedMutant {
  readonly name: string;
  readonly mutant: Mutant;
  readonly objects: Manifest[];
}

/** Every mutant at every place of a render, one at a time. A path whose last member is missing is one that is added. */
function applied(objects: readonly Manifest[]): AppliedMutant[] {
  return MUTANTS.flatMap((mutant) =>
    objects
      .filter(({ kind }) => kind === mutant.kind)
      .flatMap((object) => placesOf(mutant, object).flatMap((place) => appliedAt(place, mutant, object, objects))),
  );
}

function placesOf({ path, value }: Mutant, object: Manifest): Path[] {
  const last = path[path.length - 1];
  return last === undefined || value === REMOVED || last === '*'
    ? pathsIn(object, path)
    : pathsIn(object, path.slice(0, -1)).map((found) => [...found, last]);
}

/** A mutant at one place; nothing where that changes nothing. */
function appliedAt(place: Path, mutant: Mutant, object: Manifest, objects: readonly Manifest[]): AppliedMutant[] {
  const value = mutant.value === REMOVED ? 'removed' : JSON.stringify(mutant.value);
  const name = `${showObject(object)}: ${place.length === 0 ? 'object' : showPath(place)} = ${value}`;
  if (place.length === 0) {
    return [{ name, mutant, objects: objects.filter((other) => other !== object) }];
  }
  if (mutant.value !== REMOVED && JSON.stringify(at(object, ...place)) === JSON.stringify(mutant.value)) {
    return [];
  }
  const changed = withField(object, place, mutant.value);
  return [{ name, mutant, objects: objects.map((other) => (other === object ? changed : other)) }];
}

/** The rules that caught a change of a field. */
const catching = new Map<string, Set<string>>();

/** Those that caught a change of the field elsewhere are asked first; all of them, where these let it pass. */
function rulesCatching({ mutant, objects }: AppliedMutant, options: GuardrailsOptions): string[] {
  const field = `${mutant.kind} ${showPath(mutant.path)}`;
  const known = catching.get(field) ?? new Set();
  const asked = RULES.filter(({ id }) => known.has(id));
  const again = rulesAgainst(objects, options, asked).filter((id) => known.has(id));
  if (again.length > 0) {
    return again;
  }
  const all = rulesAgainst(objects, options);
  catching.set(field, new Set([...known, ...all.filter((id) => id !== ACKNOWLEDGEMENT_RULE.id)]));
  return all;
}

// What is caught in a small render is asked first in a large one.
const RENDERS = goldenRenders().sort((a, b) => a.objects.length - b.objects.length);
type Render = (typeof RENDERS)[number];

/** The mutants of each render, each with rules that catch it. All in the same order, whichever test asks first. */
const judged = remembered((renders: readonly Render[]) => new Map(renders.map((render) => [render, judge(render)])));

function judgedMutants(render: Render): ReturnType<typeof judge> {
  return judged(RENDERS).get(render) ?? [];
}

function judge({ name, objects, options }: Render): { readonly name: string; readonly caughtBy: string[] }[] {
  return applied(objects)
    .filter(
      (mutant) => !HARMLESS.some(({ program, mutant: pattern }) => program.test(name) && pattern.test(mutant.name)),
    )
    .map((mutant) => ({ name: mutant.name, caughtBy: rulesCatching(mutant, options) }));
}

describe.each(RENDERS)('the render of $name', (render) => {
  it('has no findings of its own', () => {
    expect(rulesAgainst(render.objects, render.options)).toEqual([]);
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

it('every rule catches one of them, except the one that judges a stated version only', () => {
  const needed = new Set(RENDERS.flatMap((render) => judgedMutants(render).flatMap(({ caughtBy }) => caughtBy)));
  const idle = RULES.map(({ id }) => id).filter((id) => !needed.has(id));
  expect(idle).toEqual(['kubernetes-has-fields']);
});
