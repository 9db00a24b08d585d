import { ApiObject, App, Chart } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { messageOf } from '../support/refusals';
import { checkCommand } from '../../lib/cli/commands/check';
import { run } from '../../lib/cli/run';
import { showFinding } from '../../lib/guardrails/finding';
import type { IGuardrailRule } from '../../lib/guardrails/guardrail-rule';
import { guard, Guardrails } from '../../lib/guardrails/guardrails';
import { requireOptions } from '../../lib/guardrails/guardrails-options';
import { validate } from '../../lib/guardrails/guardrails-validation';
import { type Rule, RuleLevel } from '../../lib/guardrails/rule';
import { RULES } from '../../lib/guardrails/rules';
import { textAt } from '../../lib/manifests/fields';
import { cli } from '../support/command-line';
import { check } from '../support/rules';

/** A rule of a company about a kind of its own, with an option. */
function gadgetsHaveOwner(owners: readonly string[]): Rule {
  return {
    id: 'gadgets-have-owner',
    level: RuleLevel.ERROR,
    what: 'A Gadget says who owns it.',
    why: 'Somebody has to answer at night.',
    fix: `set metadata.labels.owner to one of ${owners.join(', ')}`,
    kinds: ['example.com/Gadget'],
    check: (object) => {
      const owner = textAt(object, 'metadata', 'labels', 'owner') ?? 'nobody';
      return object.kind === 'Gadget' && !owners.includes(owner)
        ? [{ path: ['metadata', 'labels', 'owner'], message: `the owner is ${owner}` }]
        : [];
    },
  };
}

const rules = [...RULES, gadgetsHaveOwner(['search', 'platform'])];
const gadget = { apiVersion: 'example.com/v1', kind: 'Gadget', metadata: { name: 'gadget', labels: { owner: 'me' } } };
const acknowledgements = [{ rule: 'gadgets-have-owner', reason: 'it is mine' }];
const LINE =
  'gadgets-have-owner: Gadget gadget, metadata.labels.owner: the owner is me; set metadata.labels.owner to one of search, platform';

/** The same as a user writes it. */
const own: IGuardrailRule = {
  ...gadgetsHaveOwner(['search', 'platform']),
  kinds: ['example.com/Gadget'],
  check: (object, objects) =>
    object.text('metadata.labels.owner') === 'me'
      ? [{ path: 'metadata.labels.owner', message: `the owner of ${objects.all().length} is me` }]
      : [],
};
const withOwn = (rule: unknown): string[] =>
  check([gadget], { rules: [rule as IGuardrailRule] }, []).findings.map(showFinding);

describe('a rule in the options', () => {
  it('finds what it looks for, and its kind is known', () => {
    expect(withOwn(own)).toEqual([LINE.replace('the owner is', 'the owner of 1 is')]);
    expect(check([gadget], { rules: [own] }).notChecked).toEqual([]);
  });

  it('fails an app through the public API, and is acknowledged there', () => {
    const app = new App();
    new ApiObject(new Chart(app, 'chart'), 'gadget', gadget);
    const { findings } = Guardrails.of(app, { rules: [own] }).report();
    expect(findings).toMatchObject([{ rule: 'gadgets-have-owner', level: 'error', path: 'metadata.labels.owner' }]);
    expect(() => app.synthYaml()).toThrow('gadgets-have-owner');
    const other = new App();
    new ApiObject(new Chart(other, 'chart'), 'gadget', gadget);
    expect(Guardrails.of(other, { rules: [own], acknowledgements }).report()).toMatchObject({
      findings: [],
      acknowledged: [{ reason: 'it is mine' }],
      leftOut: [],
    });
  });

  it.each<[unknown, string]>([
    ['no-rule', 'guardrails rules[0]: "no-rule" is refused: it has to be a rule; write { id: …, level: …'],
    [{ ...own, id: 'Has Owner' }, 'guardrails rules[0] id: "Has Owner" is refused: it has to be lower-case words'],
    [{ ...own, id: 'a'.repeat(52) }, 'at most 51 characters'],
    [{ ...own, level: 'fatal' }, 'guardrails rules[0] level: "fatal" is refused: it has to be a RuleLevel'],
    [
      { ...own, kinds: ['Gadget'] },
      'guardrails rules[0] kinds[0]: "Gadget" is refused: it has to be a group and a kind',
    ],
    [{ ...own, check: 'yes' }, 'guardrails rules[0] check: "yes" is refused: it has to be a function'],
    [{ ...own, fix: undefined }, 'guardrails rules[0] fix: nothing is given: it is required'],
    [{ ...own, id: 'probes' }, 'id of a rule: "probes" is refused: another rule has it'],
  ])('is refused where it is none: %j', (rule, message) => {
    expect(() => requireOptions('guardrails', { rules: [rule] }, RULES)).toThrow(message);
  });

  it('ends the check where it throws or returns what is no finding', () => {
    const answers = (answer: unknown): object => ({ ...own, check: () => answer });
    const throwing = {
      ...own,
      check: () => {
        throw new Error('no owner service');
      },
    };
    expect(() => withOwn(throwing)).toThrow(
      'rule gadgets-have-owner: "Gadget gadget" is refused: its check threw: no owner service; mend the rule',
    );
    expect(() => withOwn(answers(undefined))).toThrow('rule gadgets-have-owner for Gadget gadget: what check returns');
    expect(() => withOwn(answers([{ path: 'a..b', message: 'x' }]))).toThrow('[0] path: "a..b" is refused');
    expect(() => withOwn(answers([{ path: '' }]))).toThrow('[0] message: nothing is given');
  });

  it('is loaded from a file by the command, and a file without rules is refused', () => {
    const load = (text: string): string => cli(['check', '--rules', 'DIR/rules.js', 'DIR'], { 'rules.js': text }).error;
    expect(load('exports.rule = 1')).toBe(
      'error: --rules DIR/rules.js: it exports no `rules`: write `exports.rules = [ … ]` or `export const rules = [ … ]`\n',
    );
    expect(load('exports.rules = [1]')).toContain(
      'error: --rules DIR/rules.js: rules[0]: 1 is refused: it has to be a rule',
    );
    expect(load('nonsense(')).toContain('error: --rules DIR/rules.js: ');
    expect(cli(['check', '--rules', 'DIR/missing.js', 'DIR'], { 'a.yaml': '' }).error).toBe(
      'error: --rules DIR/missing.js: there is no such file or folder\n',
    );
  });
});

describe('a rule of somebody else, in a set with the others,', () => {
  const app = (options: object): App => {
    const app = new App();
    new ApiObject(new Chart(app, 'chart'), 'gadget', gadget);
    guard(app, rules, requireOptions('Guardrails', options, rules));
    return app;
  };

  it('is refused where another one has its id', () => {
    expect(() => check([gadget], {}, [...rules, gadgetsHaveOwner([])])).toThrow(
      'id of a rule: "gadgets-have-owner" is refused: another rule has it, and an acknowledgement would be for both; give each rule of a set an id of its own',
    );
    expect(() => check([gadget], {}, [{ ...gadgetsHaveOwner([]), id: 'acknowledgement' }])).toThrow(
      'another rule has it',
    );
  });

  it('is asked about the kinds that it looks at, and no other', () => {
    const anything: Rule = { ...gadgetsHaveOwner([]), check: () => [{ path: [], message: 'asked' }] };
    const objects = [gadget, { ...gadget, kind: 'Gizmo' }];
    expect(check(objects, {}, [anything]).findings.map(({ object }) => object?.kind)).toEqual(['Gadget']);
  });

  it('fails the synth of an app, unless it is acknowledged', () => {
    expect(messageOf(() => app({}).synthYaml())).toBe(`Validation failed with the following errors:\n  [] ${LINE}`);
    expect(() => app({ acknowledgements }).synthYaml()).not.toThrow();
  });

  const validated = (
    options: object,
  ): { readonly rules: string[]; readonly status: string; readonly log: string[] } => {
    const seen = { rules: [] as string[], status: '', log: [] as string[] };
    validate(
      {
        manifests: ['app.k8s.yaml'],
        parseManifest: () => [gadget],
        logger: { log: (line) => seen.log.push(line) },
        report: {
          addViolation: ({ ruleName }) => seen.rules.push(ruleName),
          submit: (status) => (seen.status = status),
        },
      },
      rules,
      requireOptions('GuardrailsValidation properties', options, rules),
    );
    return seen;
  };

  it('fails the validation of cdk8s, unless it is acknowledged', () => {
    expect(validated({})).toEqual({ rules: ['gadgets-have-owner'], status: 'failure', log: [] });
    expect(validated({ acknowledgements })).toEqual({
      rules: [],
      status: 'success',
      log: [`acknowledged (it is mine): ${LINE}`],
    });
  });

  const command = (format: string, object: object = gadget): { readonly code: number; readonly out: string } => {
    let out = '';
    const terminal = {
      out: (text: string) => (out += text),
      error: (text: string) => (out += text),
      standardInput: () => Buffer.from(stringify(object)),
    };
    return { code: run(['check', '--format', format, '-'], terminal, [checkCommand(rules)]), out };
  };

  it('is found and printed by the command', () => {
    const { code, out } = command('human');
    expect(code).toBe(1);
    expect(out).toContain(
      'stdin:6: error gadgets-have-owner: Gadget gadget: metadata.labels.owner\n  the owner is me\n',
    );
  });

  it('is acknowledged by an annotation', () => {
    const annotations = { 'cdk8s-nim/acknowledge-gadgets-have-owner': 'it is mine' };
    expect(command('human', { ...gadget, metadata: { ...gadget.metadata, annotations } })).toMatchObject({
      code: 0,
      out: expect.stringContaining('acknowledged gadgets-have-owner: Gadget gadget') as unknown,
    });
  });

  it('is listed in SARIF, with its result', () => {
    expect(JSON.parse(command('sarif').out)).toMatchObject({
      runs: [
        {
          tool: {
            driver: {
              rules: expect.arrayContaining([expect.objectContaining({ id: 'gadgets-have-owner' })]) as unknown,
            },
          },
          results: [{ ruleId: 'gadgets-have-owner', level: 'error' }],
        },
      ],
    });
  });

  it('knows a kind that the others do not', () => {
    expect(check([gadget], {}, rules).notChecked).toEqual([]);
    expect(check([gadget]).notChecked).toEqual([gadget]);
  });

  it('may be named in options for that set, and only there', () => {
    expect(requireOptions('guardrails', { acknowledgements }, rules)).toEqual({ acknowledgements });
    expect(() => requireOptions('guardrails', { acknowledgements }, RULES)).toThrow('there is no such rule');
    expect(check([gadget], { acknowledgements }).findings.map(({ message }) => message)).toEqual([
      'there is no rule gadgets-have-owner',
    ]);
  });
});
