import { invalid } from '../common/invalid';
import { enumOf, kind, type Kind, listOf, requireKind, text } from '../common/kinds';
import { implementing, optional, type PropTable, required, struct } from '../common/props';
import { show } from '../common/show';
import { parsePath } from '../manifests/fields';
import { type Manifest, showObject } from '../manifests/manifest';
import type { Manifests } from '../manifests/manifests';
import type { GuardrailViolation, IGuardrailRule } from './guardrail-rule';
import { fieldPath } from './rendered-object';
import { RenderedObjects } from './rendered-objects';
import { type Rule, RuleLevel } from './rule';

/** The name of an annotation has at most 63 characters, and `acknowledge-` is 12 of them. */
const LONGEST_ID = 51;

const MEMBERS: PropTable<IGuardrailRule> = {
  id: required(
    kind(
      {
        wanted: `lower-case words joined by dashes, at most ${LONGEST_ID} characters`,
        example: "for example 'has-owner'",
      },
      (value) => typeof value === 'string' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && value.length <= LONGEST_ID,
    ),
  ),
  level: required(enumOf({ RuleLevel })),
  what: required(text),
  why: required(text),
  fix: required(text),
  kinds: optional(
    listOf(
      kind(
        { wanted: 'a group and a kind', example: "for example 'apps/Deployment', or '/Service' for the core group" },
        (value) => typeof value === 'string' && /^[a-z0-9.-]*\/[A-Z][A-Za-z0-9]*$/.test(value),
      ),
    ),
  ),
  check: required(
    kind(
      { wanted: 'a function', example: '(object, objects) => [] and in the list what is wrong with the object' },
      (value) => typeof value === 'function',
    ),
  ),
};

const VIOLATION: PropTable<GuardrailViolation> = { path: required(fieldPath), message: required(text) };

/** A rule, whoever made it: by what it has, so that one of another copy of this package serves as well. */
export const ownRule: Kind<IGuardrailRule> = implementing<IGuardrailRule>(
  {
    wanted: 'a rule',
    example: '{ id: …, level: …, what: …, why: …, fix: …, check: … }, as docs/own-rules.md has it',
  },
  MEMBERS,
);

/** A list of rules; refuses anything else. */
export function requireRules(what: string, rules: IGuardrailRule[]): IGuardrailRule[] {
  return requireKind(what, rules, listOf(ownRule));
}

/** A rule of somebody else as one of the engine: what it returns is read once more, because no compiler may have seen it. */
export function asRule(own: IGuardrailRule): Rule {
  const { id, level, what, why, fix, kinds } = own;
  return {
    ...{ id, level, what, why, fix },
    ...(kinds === undefined ? {} : { kinds }),
    check: (object, manifests) =>
      requireKind(
        `rule ${id} for ${showObject(object)}: what check returns`,
        answerOf(own, object, manifests),
        listOf(struct<GuardrailViolation>(VIOLATION)),
      ).map(({ path, message }) => ({ path: parsePath(path) ?? [], message })),
  };
}

function answerOf(own: IGuardrailRule, object: Manifest, manifests: Manifests): GuardrailViolation[] {
  const objects = RenderedObjects._of(manifests);
  try {
    return own.check(objects._object(object), objects);
  } catch (error) {
    throw invalid({
      what: `rule ${own.id}`,
      value: showObject(object),
      because: `its check threw: ${error instanceof Error ? error.message : show(error)}`,
      instead: 'mend the rule: it has to answer for every object of its kinds',
    });
  }
}
